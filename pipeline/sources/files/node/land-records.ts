import type { Connection } from '../../../engine/engine.ts';
import { JsonSplitter } from '../json-splitter.ts';
import { type FileRecord, LineSplitter, type RecordSplitter } from '../split-records.ts';
import { type OpenedFile, readContent } from './open-file.ts';
import { quotedText } from '../../../engine/sql-quoting.ts';

export interface Landing {
  readonly connection: Connection;
  readonly file: OpenedFile;
  readonly batchId: number;
  readonly sourceId: number;
  readonly onProgress: (records: number) => void;
  readonly signal: AbortSignal | undefined;
}

export interface Landed {
  readonly records: number;
  /** The position that a record after these would have. */
  readonly next: number;
  /** The first record's position, where the log leaves positions to follow from rows. */
  readonly firstPosition?: number;
}

/** Longer lines go through the splitter; DuckDB's reader would need its buffers widened for them. */
export const LONGEST_LINE = 1_000_000;

/** Small enough that even a file of some megabytes is read on all cores; it must hold some of the longest lines. */
const BUFFER_BYTES = 8 << 20;

/** Two control characters that no text holds: DuckDB then sees one column, the line. */
const NO_DELIMITER = "'\u0001\u0002'";

/** No line holds a line feed, so none is taken for NULL. */
const NEVER_A_LINE = "e'\\n'";

/** DuckDB takes these as patterns; within brackets they stand for themselves. */
const literalPath = (path: string): string => quotedText(path.replaceAll(/[*?[]/g, '[$&]'));

/** Positions follow from rows, so the rows have to come as they stand in the file. */
async function keepOrder(connection: Connection): Promise<void> {
  await connection.run('set preserve_insertion_order = true');
}

/**
 * DuckDB reads lines in order and in parallel; only for files that a LineSurvey finds plain. Numbering them here would
 * put it all on one core, so a line's number follows from its row.
 */
export async function landLines(landing: Landing): Promise<number> {
  const { connection, file, batchId, sourceId } = landing;
  await keepOrder(connection);
  const skipped = file.header === null ? 0 : file.header.firstLine - 1;
  return connection.run(
    `insert into raw.record_log
     select ${batchId}, ${sourceId}, 0, null, null, null, encode(line), null
     from read_csv(${literalPath(file.path)}, columns = {'line': 'VARCHAR'}, delim = ${NO_DELIMITER}, quote = '',
       escape = '', comment = '', header = false, skip = ${skipped}, auto_detect = false,
       nullstr = ${NEVER_A_LINE}, max_line_size = ${LONGEST_LINE + 2}, buffer_size = ${BUFFER_BYTES}, hive_partitioning = false, compression = '${file.gzip ? 'gzip' : 'none'}')`,
  );
}

/** An alias that no column has, as `to_json` would take a column of that name for the row. */
const ROW = '"\u0001row"';

/** Parquet has no text of its own: a record is the row as DuckDB writes it in JSON. */
export async function landParquet(landing: Landing): Promise<Landed> {
  const { connection, file, batchId, sourceId } = landing;
  await keepOrder(connection);
  const records = await connection.run(
    `insert into raw.record_log
     select ${batchId}, ${sourceId}, 0, null, null, null, encode(to_json(${ROW})::varchar), null
     from read_parquet(${literalPath(file.path)}, hive_partitioning = false) ${ROW}`,
  );
  return { records, next: records + 1, firstPosition: 1 };
}

const APPEND_RECORDS = 20_480;
const APPEND_BYTES = 16 << 20;

function splitterFor(file: OpenedFile, firstLine: number | undefined): RecordSplitter {
  if (file.format === 'json') return new JsonSplitter();
  return new LineSplitter({
    ...(file.header === null ? {} : { delimiter: file.header.delimiter }),
    ...(firstLine === undefined ? {} : { firstLine }),
  });
}

async function append(landing: Landing, records: readonly FileRecord[]): Promise<void> {
  const { connection, batchId, sourceId } = landing;
  const nulls = records.map(() => null);
  await connection.append('raw.record_log', [
    { type: 'BIGINT', values: records.map(() => BigInt(batchId)) },
    { type: 'INTEGER', values: records.map(() => sourceId) },
    { type: 'INTEGER', values: records.map(() => 0) },
    { type: 'BIGINT', values: records.map(({ position }) => BigInt(position)) },
    { type: 'TIMESTAMP', values: nulls },
    { type: 'BLOB', values: nulls },
    { type: 'BLOB', values: records.map(({ bytes }) => bytes) },
    { type: 'HEADERS', values: nulls },
  ]);
}

/** Where to go on in a file that grew. */
export interface Resume {
  readonly bytes: number;
  readonly line: number;
}

/** Finds the records here, whatever the bytes hold: quoted line breaks, blank lines, text that is no UTF-8. */
export async function landSplit(landing: Landing, resume?: Resume): Promise<Landed> {
  const { file, onProgress, signal } = landing;
  const splitter = splitterFor(file, resume?.line);
  let header = file.header !== null && resume === undefined;
  let pending: FileRecord[] = [];
  let bytes = 0;
  let landed = 0;
  const take = async (records: FileRecord[], last: boolean): Promise<void> => {
    if (header && records.length > 0) {
      records.shift();
      header = false;
    }
    for (const record of records) bytes += record.bytes.length;
    pending = pending.length === 0 ? records : pending.concat(records);
    if (!last && pending.length < APPEND_RECORDS && bytes < APPEND_BYTES) return;
    signal?.throwIfAborted();
    await append(landing, pending);
    landed += pending.length;
    pending = [];
    bytes = 0;
    onProgress(landed);
  };
  const start = resume === undefined ? {} : { start: resume.bytes };
  for await (const chunk of readContent(file, { ...start, signal }))
    await take(splitter.push(chunk), false);
  await take(splitter.finish(), true);
  return { records: landed, next: splitter.next };
}
