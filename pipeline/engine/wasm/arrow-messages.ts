import {
  type Batch,
  batchType,
  Column,
  type DataType,
  type Schema,
  Table,
  tableToIPC,
  Type,
} from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import { decodePieces } from './arrow-values.ts';
import { uniqueNames } from './column-names.ts';

/** What ends an Arrow IPC stream: a continuation and a length of 0. */
export const endMark = (): Uint8Array => Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

export const END_BYTES = 8;

function streamOf(schema: Schema, columns: Column<unknown>[]): Uint8Array {
  const bytes = tableToIPC(new Table(schema, columns), { format: 'stream' });
  if (bytes === null) throw new AppError('INTERNAL', { problem: 'Arrow gave no bytes' });
  return bytes;
}

function schemaMessage(schema: Schema): Uint8Array {
  const none = schema.fields.map(({ type }) => new Column<unknown>([], type));
  return streamOf(schema, none).subarray(0, -END_BYTES);
}

const isDictionary = (type: DataType): boolean =>
  type.typeId === Type.Dictionary ||
  ('children' in type && type.children.some((child) => isDictionary(child.type)));

/** Whether the schema announces dictionaries, which the messages of a pending query leave out. */
export const hasDictionary = (header: Uint8Array): boolean =>
  decodePieces([header]).schema.fields.some(({ type }) => isDictionary(type));

/** The schema message with names that tell columns apart. */
export function uniqueHeader(header: Uint8Array): Uint8Array {
  const { schema } = decodePieces([header]);
  const before = schema.fields.map(({ name }) => name);
  const names = uniqueNames(before);
  if (names.every((name, i) => name === before[i])) return header;
  const fields = schema.fields.map((field, i) => ({ ...field, name: names[i] ?? '' }));
  return schemaMessage({ ...schema, fields });
}

function nulls(validity: Uint8Array, rows: number): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if ((((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) count += 1;
  }
  return count;
}

/** The first rows of a batch, over the same buffers. */
function head(batch: Batch<unknown>, rows: number): Batch<unknown> {
  const make = batchType(batch.type) as new (options: object) => Batch<unknown>;
  const nullCount = batch.nullCount === 0 ? 0 : nulls(batch.validity, rows);
  const { type, validity, values, offsets, sizes, children } = batch;
  return new make({ type, validity, values, offsets, sizes, children, length: rows, nullCount });
}

export const rowsOf = (header: Uint8Array, piece: Uint8Array): number =>
  decodePieces([header, piece]).numRows;

/** A record batch message with no more than its first rows. */
export function firstRows(header: Uint8Array, piece: Uint8Array, rows: number): Uint8Array {
  const { schema, children } = decodePieces([header, piece]);
  const columns = children.map(
    ({ data, type }) =>
      new Column<unknown>(
        data.map((batch) => head(batch, rows)),
        type,
      ),
  );
  return streamOf(schema, columns).subarray(schemaMessage(schema).length, -END_BYTES);
}

/** A whole stream, with its schema and dictionaries, cut after so many rows; without its end mark. */
export function firstStreamRows(stream: Uint8Array, rows: number): Uint8Array {
  const { schema, children } = decodePieces([stream]);
  const columns = children.map(({ data, type }) => {
    let left = rows;
    const kept: Batch<unknown>[] = [];
    for (const batch of data) {
      if (left <= 0) break;
      kept.push(left < batch.length ? head(batch, left) : batch);
      left -= batch.length;
    }
    return new Column<unknown>(kept, type);
  });
  return streamOf(schema, columns).subarray(0, -END_BYTES);
}

const MAGIC_BYTES = 6;

/** The stream that lies within an Arrow IPC file, between its magic words and before its footer. */
export function streamOfFile(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const footer = view.getInt32(file.length - MAGIC_BYTES - 4, true);
  return file.subarray(8, file.length - MAGIC_BYTES - 4 - footer);
}
