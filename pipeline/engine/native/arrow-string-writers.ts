import { DuckDBVector } from '@duckdb/node-api';
import type { DuckDBType } from '@duckdb/node-api';
import { utf8 } from '@uwdata/flechette';
import type { DataType } from '@uwdata/flechette';
import { ValuesWriter } from './arrow-writer.ts';
import type { ColumnParts } from './arrow-writer.ts';
import { GrowableBytes } from './growable-bytes.ts';
import { INLINE_BYTES, STRING_WIDTH } from './raw-vector.ts';
import type { RawVector } from './raw-vector.ts';

const WORDS = STRING_WIDTH / 4;

/** Bytes of each row behind 32-bit offsets: what Arrow's Utf8 and Binary have in common. */
abstract class BytesWriter extends ValuesWriter {
  readonly #offsets = new GrowableBytes();

  constructor(type: DataType) {
    super(type);
    this.#offsets.appendInt32(0);
  }

  protected override parts(): ColumnParts {
    const offsets = this.#offsets.view();
    return {
      ...super.parts(),
      offsets: new Int32Array(offsets.buffer, offsets.byteOffset, offsets.byteLength / 4),
    };
  }

  protected override clearValues(): void {
    super.clearValues();
    this.#offsets.clear();
    this.#offsets.appendInt32(0);
  }

  /** Closes a row: its bytes are those appended to `values` since the row before. */
  protected endRow(): void {
    this.#offsets.appendInt32(this.values.length);
  }
}

/** VARCHAR and BLOB, whose bytes are copied as they are. */
export class StringWriter extends BytesWriter {
  protected appendValues(source: RawVector, from: number, count: number): void {
    const data = source.data(STRING_WIDTH);
    const words = source.words(STRING_WIDTH);
    const someNull = source.validity !== null;
    for (let row = from; row < from + count; row++) {
      if (!someNull || source.isValid(row)) {
        const length = words[row * WORDS] ?? 0;
        if (length > INLINE_BYTES) this.values.append(source.longString(row, length));
        else this.#appendInline(data, row * STRING_WIDTH + 4, length);
      }
      this.endRow();
    }
  }

  #appendInline(data: Uint8Array, start: number, length: number): void {
    const { bytes, at } = this.values.grow(length);
    for (let i = 0; i < length; i++) bytes[at + i] = data[start + i] ?? 0;
  }
}

/** Bytes of strings that a range of a VARCHAR or BLOB vector holds, in place or not. */
export function stringBytes(source: RawVector): number {
  const words = source.words(STRING_WIDTH);
  let sum = 0;
  for (let row = 0; row < source.rows; row++) {
    if (source.isValid(row)) sum += words[row * WORDS] ?? 0;
  }
  return sum;
}

/** Types that Arrow lacks, or that readers disagree about, as DuckDB's text of them. Slow: a value object each. */
export class TextWriter extends BytesWriter {
  readonly #duckType: DuckDBType;
  readonly #encoder = new TextEncoder();

  constructor(duckType: DuckDBType) {
    super(utf8());
    this.#duckType = duckType;
  }

  protected appendValues(source: RawVector, from: number, count: number): void {
    const vector = DuckDBVector.create(source.vector, source.rows, this.#duckType);
    for (let row = from; row < from + count; row++) {
      const value = vector.getItem(row);
      if (value !== null) this.values.append(this.#encoder.encode(String(value)));
      this.endRow();
    }
  }
}
