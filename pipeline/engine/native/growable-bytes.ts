import { AppError } from '../../contract/errors.ts';

const FIRST_CAPACITY = 1024;

/** Arrow's 32-bit offsets reach no further. */
const LAST_OFFSET = 0x7fff_ffff;

/** Bytes that grow at the end and keep their room when cleared. */
export class GrowableBytes {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Makes room for `count` more bytes at the end and gives the whole array and where they start. */
  grow(count: number): { bytes: Uint8Array; at: number } {
    const at = this.#length;
    const needed = at + count;
    if (needed > LAST_OFFSET) {
      throw new AppError('SQL_INVALID', {
        problem: 'one batch of a column holds more than 2 GB; select fewer or shorter values',
      });
    }
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
    }
    this.#length = needed;
    return { bytes: this.#bytes, at };
  }

  append(source: Uint8Array): void {
    const { bytes, at } = this.grow(source.length);
    bytes.set(source, at);
  }

  appendInt32(value: number): void {
    const { bytes, at } = this.grow(4);
    bytes[at] = value;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value >> 16;
    bytes[at + 3] = value >> 24;
  }

  /** What was appended since the last clear; valid until the next append. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    // A single huge value must not hold its room for the rest of a long result.
    if (this.#bytes.length > 64 * 1024 * 1024) this.#bytes = new Uint8Array(FIRST_CAPACITY);
  }
}
