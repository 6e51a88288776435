import bindings from '@duckdb/node-bindings';
import type { Vector } from '@duckdb/node-bindings';

/** A DuckDB string_t holds up to this many bytes in place, longer ones behind a pointer. */
export const INLINE_BYTES = 12;

/** Bytes of one string_t: its length, then 12 bytes in place, or 4 of prefix and a pointer. */
export const STRING_WIDTH = 16;

const RUN_BYTES = 1024 * 1024;

/**
 * The bytes of one vector of a chunk, asked of DuckDB once and on demand. They are valid only as long as the chunk is, whose
 * memory they may be; long strings are read through DuckDB's own pointers.
 */
export class RawVector {
  readonly vector: Vector;
  readonly rows: number;
  #data: Uint8Array | undefined;
  #words: Uint32Array | undefined;
  #run: { start: number; end: number; bytes: Uint8Array } = {
    start: 0,
    end: 0,
    bytes: new Uint8Array(0),
  };
  #validity: Uint8Array | null | undefined;
  readonly #children = new Map<number, RawVector>();

  constructor(vector: Vector, rows: number) {
    this.vector = vector;
    this.rows = rows;
  }

  /** The values, `width` bytes each; what stands where a value is NULL means nothing. */
  data(width: number): Uint8Array {
    this.#data ??= bindings.vector_get_data(this.vector, this.rows * width);
    return this.#data;
  }

  /** The same bytes as 32-bit words. */
  words(width: number): Uint32Array {
    if (this.#words === undefined) {
      const data = this.data(width);
      this.#words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    }
    return this.#words;
  }

  /** One bit a row, set where there is a value; null where there are no NULLs at all. */
  get validity(): Uint8Array | null {
    if (this.#validity === undefined) {
      const bytes = Math.ceil(this.rows / 64) * 8;
      // The binding's type does not say so, but it gives null for a vector without NULLs.
      this.#validity = bindings.vector_get_validity(this.vector, bytes) as Uint8Array | null;
    }
    return this.#validity;
  }

  isValid(row: number): boolean {
    const validity = this.validity;
    return validity === null || (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
  }

  /** The bytes of a string_t that is too long to stand in place. */
  longString(row: number, length: number): Uint8Array {
    const address = this.#address(row);
    if (address < this.#run.start || address + length > this.#run.end) this.#readRun(row, length);
    const at = address - this.#run.start;
    return this.#run.bytes.subarray(at, at + length);
  }

  /** An address of user space is below 2^53, so a number holds it. */
  #address(row: number): number {
    const words = this.words(STRING_WIDTH);
    return (words[row * 4 + 2] ?? 0) + (words[row * 4 + 3] ?? 0) * 0x1_0000_0000;
  }

  /**
   * Reads the string of `row` and those of the next rows that lie right behind it in one call.
   * A gap of less than 8 bytes, which alignment leaves, is read along: it shares its pages with its two neighbours.
   */
  #readRun(row: number, length: number): void {
    const start = this.#address(row);
    const words = this.words(STRING_WIDTH);
    let end = start + length;
    for (let next = row + 1; next < this.rows && end - start < RUN_BYTES; next++) {
      const size = words[next * 4] ?? 0;
      if (!this.isValid(next) || size <= INLINE_BYTES) continue;
      const address = this.#address(next);
      if (address < end || address - end >= 8) break;
      end = address + size;
    }
    const data = this.data(STRING_WIDTH);
    const pointer = data.byteOffset + row * STRING_WIDTH + 8;
    const bytes = bindings.get_data_from_pointer(data.buffer as ArrayBuffer, pointer, end - start);
    this.#run = { start, end, bytes };
  }

  listChild(): RawVector {
    return this.#child(0, () => [
      bindings.list_vector_get_child(this.vector),
      bindings.list_vector_get_size(this.vector),
    ]);
  }

  arrayChild(length: number): RawVector {
    return this.#child(0, () => [bindings.array_vector_get_child(this.vector), this.rows * length]);
  }

  structChild(index: number): RawVector {
    return this.#child(index, () => [
      bindings.struct_vector_get_child(this.vector, index),
      this.rows,
    ]);
  }

  #child(index: number, make: () => [Vector, number]): RawVector {
    let child = this.#children.get(index);
    if (child === undefined) {
      child = new RawVector(...make());
      this.#children.set(index, child);
    }
    return child;
  }
}
