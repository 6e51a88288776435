import { bool, decimal128, nullType } from '@uwdata/flechette';
import type { DataType, TypedArrayConstructor } from '@uwdata/flechette';
import { ArrowWriter, ValuesWriter } from './arrow-writer.ts';
import type { ColumnParts } from './arrow-writer.ts';
import type { RawVector } from './raw-vector.ts';

/** Types whose bytes are the same in DuckDB and in Arrow. */
export class FixedWriter extends ValuesWriter {
  readonly #width: number;
  readonly #array: TypedArrayConstructor;

  constructor(type: DataType & { values: TypedArrayConstructor }, width: number) {
    super(type);
    this.#width = width;
    this.#array = type.values;
  }

  protected appendValues(source: RawVector, from: number, count: number): void {
    const width = this.#width;
    this.values.append(source.data(width).subarray(from * width, (from + count) * width));
  }

  /** flechette's batches count elements, not bytes, so it wants the type's own array. */
  protected override parts(): ColumnParts {
    const bytes = this.values.view();
    const View = this.#array;
    return {
      values: new View(
        bytes.buffer as ArrayBuffer,
        bytes.byteOffset,
        bytes.byteLength / View.BYTES_PER_ELEMENT,
      ),
    };
  }
}

/** A byte a row in DuckDB, a bit a row in Arrow. */
export class BooleanWriter extends ValuesWriter {
  #bits = 0;

  constructor() {
    super(bool());
  }

  protected appendValues(source: RawVector, from: number, count: number): void {
    const data = source.data(1);
    const missing = Math.ceil((this.#bits + count) / 8) - this.values.length;
    if (missing > 0) {
      const { bytes, at } = this.values.grow(missing);
      bytes.fill(0, at, at + missing);
    }
    const target = this.values.view();
    for (let row = from; row < from + count; row++) {
      const bit = this.#bits++;
      if (data[row] === 1) target[bit >> 3] = (target[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  protected override clearValues(): void {
    super.clearValues();
    this.#bits = 0;
  }
}

const DECIMAL_BYTES = 16;

/** DuckDB keeps a DECIMAL in 2, 4, 8 or 16 bytes by its width; Arrow's Decimal128 always takes 16. */
export class DecimalWriter extends ValuesWriter {
  readonly #width: 2 | 4 | 8;

  constructor(precision: number, scale: number, width: 2 | 4 | 8) {
    super(decimal128(precision, scale));
    this.#width = width;
  }

  protected appendValues(source: RawVector, from: number, count: number): void {
    const data = source.data(this.#width);
    const { bytes, at } = this.values.grow(count * DECIMAL_BYTES);
    const target = new Int32Array(bytes.buffer, at, count * 4);
    const narrow =
      this.#width === 2
        ? new Int16Array(data.buffer, data.byteOffset, source.rows)
        : new Int32Array(data.buffer, data.byteOffset, (source.rows * this.#width) / 4);
    for (let i = 0; i < count; i++) {
      const wide = this.#width === 8;
      const low = narrow[wide ? (from + i) * 2 : from + i] ?? 0;
      const high = wide ? (narrow[(from + i) * 2 + 1] ?? 0) : low >> 31;
      target[i * 4] = low;
      target[i * 4 + 1] = high;
      target[i * 4 + 2] = high >> 31;
      target[i * 4 + 3] = high >> 31;
    }
  }
}

/** A column of type NULL: rows without buffers. */
export class NullWriter extends ArrowWriter {
  readonly byteLength = 0;

  constructor() {
    super(nullType());
  }

  protected appendValues(): void {}

  protected parts(): ColumnParts {
    return {};
  }

  protected clearValues(): void {}
}
