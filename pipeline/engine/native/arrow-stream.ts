import { DuckDBTypeId } from '@duckdb/node-api';
import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { Column, field, Table, tableToIPC, Version } from '@uwdata/flechette';
import type { Schema } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import { stringBytes } from './arrow-string-writers.ts';
import { arrowWriterFor } from './arrow-writer-for.ts';
import type { ArrowWriter } from './arrow-writer.ts';
import { RawVector } from './raw-vector.ts';

const BATCH_ROWS = 65_536;
const BATCH_BYTES = 4 * 1024 * 1024;

/** The mark that ends an Arrow stream: a continuation and a length of 0. */
const END_BYTES = 8;

export interface ArrowStreamOptions {
  /** Stops after this many rows. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Columns that fill up with chunks and are emptied into Arrow messages. */
class BatchBuilder {
  readonly #writers: readonly ArrowWriter[];
  readonly #schema: Schema;
  readonly #strings: readonly number[];
  readonly #prologue: Uint8Array;
  rows = 0;

  constructor(result: DuckDBResult) {
    const types = result.columnTypes();
    this.#writers = types.map(arrowWriterFor);
    this.#strings = [...types.keys()].filter((i) => {
      const id = types[i]?.typeId;
      return id === DuckDBTypeId.VARCHAR || id === DuckDBTypeId.BLOB;
    });
    const names = result.deduplicatedColumnNames();
    this.#schema = {
      version: Version.V5,
      endianness: 0,
      fields: this.#writers.map((writer, i) => field(names[i] ?? '', writer.type)),
      metadata: null,
    };
    this.#prologue = this.#encode([]);
  }

  get isFull(): boolean {
    if (this.rows >= BATCH_ROWS) return true;
    return this.#writers.reduce((sum, writer) => sum + writer.byteLength, 0) >= BATCH_BYTES;
  }

  schemaMessage(): Uint8Array {
    return this.#prologue.subarray(0, -END_BYTES);
  }

  endMark(): Uint8Array {
    return this.#prologue.subarray(-END_BYTES);
  }

  /** Rows that are taken over at once: fewer than the chunk has only where they are large. */
  stepRows(vectors: readonly RawVector[], rows: number): number {
    const bytes = this.#strings.reduce((sum, i) => {
      const vector = vectors[i];
      return vector === undefined ? sum : sum + stringBytes(vector);
    }, 0);
    return bytes <= BATCH_BYTES ? rows : Math.max(1, Math.floor((rows * BATCH_BYTES) / bytes));
  }

  append(vectors: readonly RawVector[], from: number, count: number): void {
    for (const [index, vector] of vectors.entries()) {
      this.#writers[index]?.append(vector, from, count);
    }
    this.rows += count;
  }

  /** The rows so far as one record batch message; the schema and the end mark around it are cut away. */
  flush(): Uint8Array {
    const stream = this.#encode(this.#writers);
    for (const writer of this.#writers) writer.clear();
    this.rows = 0;
    return stream.subarray(this.#prologue.length - END_BYTES, -END_BYTES);
  }

  #encode(filled: readonly ArrowWriter[]): Uint8Array {
    const columns = this.#writers.map(
      (writer) => new Column(filled.length === 0 ? [] : [writer.batch()], writer.type),
    );
    const bytes = tableToIPC(new Table(this.#schema, columns), { format: 'stream' });
    if (bytes === null) throw new AppError('INTERNAL', { problem: 'Arrow gave no bytes' });
    return bytes;
  }
}

function vectorsOf(chunk: DuckDBDataChunk): RawVector[] {
  const rows = chunk.rowCount;
  return Array.from(
    { length: chunk.columnCount },
    (_, i) => new RawVector(bindings.data_chunk_get_vector(chunk.chunk, i), rows),
  );
}

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
}

/**
 * A result as an Arrow IPC stream: the schema, record batches of up to 65,536 rows or about 4 MB, the end mark.
 * Nothing is held but one batch and one chunk. Types that Arrow readers do not share are text; see arrow-writer-for.ts.
 * Throws CANCELLED once `signal` is aborted; stopping a statement that is at work is the caller's interrupt.
 */
export async function* arrowStream(
  result: DuckDBResult,
  options: ArrowStreamOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY, signal } = options;
  const builder = new BatchBuilder(result);
  yield builder.schemaMessage();
  for (let left = limit; left > 0;) {
    assertNotAborted(signal);
    const chunk = await result.fetchChunk();
    assertNotAborted(signal);
    if (chunk === null || chunk.rowCount === 0) break;
    const vectors = vectorsOf(chunk);
    const rows = Math.min(left, chunk.rowCount);
    const step = builder.stepRows(vectors, chunk.rowCount);
    for (let from = 0; from < rows; from += step) {
      builder.append(vectors, from, Math.min(step, rows - from));
      if (builder.isFull) yield builder.flush();
    }
    // Read from the chunk itself after its last row: it must not be collected while its pointers are followed.
    left -= chunk.rowCount;
  }
  if (builder.rows > 0) yield builder.flush();
  yield builder.endMark();
}
