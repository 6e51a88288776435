import type { DuckDBDataChunk } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { RawVector } from './raw-vector.ts';

const WIDTH = 8;

/** A column of DOUBLE of a chunk, as it lies in memory as long as the chunk does; null where it may have a NULL. */
export function doublesOf(chunk: DuckDBDataChunk, column: number): Float64Array | null {
  const vector = new RawVector(bindings.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount);
  if (vector.validity !== null) return null;
  const bytes = vector.data(WIDTH);
  return new Float64Array(bytes.buffer, bytes.byteOffset, chunk.rowCount);
}
