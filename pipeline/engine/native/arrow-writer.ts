import { batchType } from '@uwdata/flechette';
import type { Batch, DataType, TypedArray } from '@uwdata/flechette';
import { ArrowValidity } from './arrow-validity.ts';
import { GrowableBytes } from './growable-bytes.ts';
import type { RawVector } from './raw-vector.ts';

/** What one Arrow column of a batch consists of, as flechette's batches take it. */
export interface ColumnParts {
  readonly values?: TypedArray;
  readonly offsets?: Int32Array;
  readonly children?: Batch<unknown>[];
}

/** Collects rows of DuckDB vectors into the buffers of one Arrow column. */
export abstract class ArrowWriter {
  readonly type: DataType;
  readonly #validity = new ArrowValidity();

  constructor(type: DataType) {
    this.type = type;
  }

  get rows(): number {
    return this.#validity.rows;
  }

  append(source: RawVector, from: number, count: number): void {
    this.#validity.append(source, from, count);
    if (count > 0) this.appendValues(source, from, count);
  }

  /** The rows since the last clear, over buffers that are reused after it. */
  batch(): Batch<unknown> {
    // flechette names its constructors by type, so their own type is `any`; this is their one signature.
    const make = batchType(this.type) as new (options: object) => Batch<unknown>;
    return new make({
      length: this.rows,
      nullCount: this.#validity.nullCount,
      type: this.type,
      validity: this.#validity.bitmap(),
      ...this.parts(),
    });
  }

  clear(): void {
    this.#validity.clear();
    this.clearValues();
  }

  /** Bytes of values held, to know when a batch is large enough. */
  abstract get byteLength(): number;
  protected abstract appendValues(source: RawVector, from: number, count: number): void;
  protected abstract parts(): ColumnParts;
  protected abstract clearValues(): void;
}

/** A column that is one buffer of values. */
export abstract class ValuesWriter extends ArrowWriter {
  protected readonly values = new GrowableBytes();

  get byteLength(): number {
    return this.values.length;
  }

  protected parts(): ColumnParts {
    return { values: this.values.view() };
  }

  protected clearValues(): void {
    this.values.clear();
  }
}
