import { GrowableBytes } from './growable-bytes.ts';
import type { RawVector } from './raw-vector.ts';

const NO_BYTES = new Uint8Array(0);
const ALL_VALID = 0xff;

/** Arrow's validity bitmap of one column: every row is valid until a NULL clears its bit. */
export class ArrowValidity {
  readonly #bits = new GrowableBytes();
  #rows = 0;
  #nulls = 0;

  get nullCount(): number {
    return this.#nulls;
  }

  get rows(): number {
    return this.#rows;
  }

  append(source: RawVector, from: number, count: number): void {
    const { validity } = source;
    const end = from + count;
    for (let row = validity === null ? end : from; row < end;) {
      const eight = validity?.[row >> 3] ?? ALL_VALID;
      if (eight === ALL_VALID) {
        row = (row | 7) + 1;
        continue;
      }
      if (((eight >> (row & 7)) & 1) === 0) this.#setNull(this.#rows + row - from);
      row++;
    }
    this.#rows += count;
  }

  /** No bytes at all where there is no NULL, which Arrow allows. */
  bitmap(): Uint8Array {
    if (this.#nulls === 0) return NO_BYTES;
    this.#reach(this.#rows);
    return this.#bits.view();
  }

  clear(): void {
    this.#bits.clear();
    this.#rows = 0;
    this.#nulls = 0;
  }

  #setNull(row: number): void {
    this.#reach(row + 1);
    const bits = this.#bits.view();
    bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7));
    this.#nulls++;
  }

  #reach(rows: number): void {
    const missing = Math.ceil(rows / 8) - this.#bits.length;
    if (missing <= 0) return;
    const { bytes, at } = this.#bits.grow(missing);
    bytes.fill(ALL_VALID, at, at + missing);
  }
}
