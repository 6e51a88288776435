import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../../../contract/errors.ts';
import type { Connection } from '../../../engine/engine.ts';
import { interruptible } from '../../../engine/interruptible.ts';
import { withRoom } from '../../../engine/with-room.ts';
import type { CompiledMapping } from '../../../mapping/mapping.ts';
import type { RecordFormat } from '../../../mapping/record-sql.ts';
import {
  defaultEffects,
  type IngestReport,
  type LandingEffects,
  insertSource,
  keepMapping,
  MAPPING_CHANGED,
  nextBatchId,
  nextSourceId,
  nextRow,
  noteOf,
  recordBatch,
  storeOffsets,
} from '../../landing.ts';
import type { FileFormat } from '../detect-format.ts';
import { knownContents, rememberContent } from './known-content.ts';
import { type ResumePoint, resumePoint } from './resume-point.ts';
import { type Landed, type Landing, landLines, landParquet, landSplit } from './land-records.ts';
import { isText, type OpenedFile, openFile } from './open-file.ts';
import { type Survey, surveyFile } from './survey-file.ts';

export interface IngestFileOptions {
  readonly path: string;
  readonly compiled: CompiledMapping;
  readonly format?: FileFormat;
  readonly signal?: AbortSignal;
  readonly onProgress?: (records: number) => void;
  readonly effects?: LandingEffects;
}

function recordFormat(file: OpenedFile): RecordFormat {
  if (file.header !== null) {
    return { kind: 'csv', delimiter: file.header.delimiter, header: file.header.names };
  }
  return { kind: 'json', lines: file.format === 'ndjson' };
}

function requireFields(file: OpenedFile, compiled: CompiledMapping): void {
  if (file.header === null) return;
  const { names } = file.header;
  const twice = compiled.reads.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const missing = [
    ...compiled.needs.filter((name) => !names.includes(name)),
    ...twice.map((name) => `${name} (which stands there more than once)`),
  ];
  if (missing.length === 0) return;
  throw new AppError('FILE_FIELDS', {
    path: file.path,
    mapping: compiled.mapping.name,
    missing: missing.join(', '),
    found: file.header.names.slice(0, 20).join(', '),
  });
}

/** DuckDB's line reader and the survey disagree, as with blank lines or bytes that are no UTF-8: split here instead. */
class NotPlain extends Error {}

async function landFast(landing: Landing, found: Promise<Survey>): Promise<Landed> {
  const { file } = landing;
  // Both cores work: DuckDB lands the lines while their survey, which may refuse them, is still under way.
  // The statement is awaited first: a survey that fails must not roll back under a running insert.
  const records = await landLines(landing).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'SQL_INVALID') return -1;
    throw error;
  });
  const { lines } = await found;
  const header = file.header === null ? 0 : file.header.firstLine - 1;
  if (!lines.plain || records !== Math.max(0, lines.lines - header)) throw new NotPlain();
  // DuckDB reads to wherever the end is by then.
  if ((await stat(file.path)).size !== file.size) throw new NotPlain();
  return { records, next: lines.lines + 1, firstPosition: header + 1 };
}

interface Plan {
  readonly file: OpenedFile;
  readonly found: Promise<Survey>;
  /** A known source that this file continues, and from where. */
  readonly resume: ResumePoint | undefined;
  readonly options: IngestFileOptions;
}

/** Lands everything in one transaction, by the way given. */
async function commit(
  connection: Connection,
  plan: Plan,
  land: (landing: Landing) => Promise<Landed>,
): Promise<IngestReport> {
  const { file, found, resume, options } = plan;
  const now = (options.effects ?? defaultEffects).now();
  const name = basename(file.path);
  const landed = async (): Promise<IngestReport> => {
    const sourceId = resume?.sourceId ?? (await nextSourceId(connection));
    const batchId = await nextBatchId(connection);
    const { signal, onProgress = () => undefined } = options;
    const firstRow = await nextRow(connection);
    const { records, next, ...positions } = await land({
      connection,
      file,
      batchId,
      sourceId,
      signal,
      onProgress,
    });
    signal?.throwIfAborted();
    const { digest, bytes } = await found;
    if (resume?.sourceId === undefined) {
      await insertSource(connection, {
        sourceId,
        source: { kind: 'file', name, identity: digest, file: file.path },
        mapping: options.compiled.mapping,
        format: recordFormat(file),
        now,
      });
    }
    const changed = await keepMapping(connection, sourceId, options.compiled.mapping);
    const landedBytes = bytes - (resume?.bytes ?? 0);
    if (records > 0) {
      const bytes = landedBytes;
      await recordBatch(connection, {
        batchId,
        sourceId,
        records,
        bytes,
        firstRow,
        now,
        ...positions,
      });
    }
    const offset = { partition: 0, nextOffset: BigInt(next), bytes, digest };
    await storeOffsets(connection, { sourceId, offsets: [offset], now });
    await rememberContent(connection, { sourceId, bytes, digest, nextLine: next });
    const note = noteOf(changed ? MAPPING_CHANGED : undefined);
    return { source: name, records, batches: records > 0 ? 1 : 0, bytes: landedBytes, ...note };
  };
  return withRoom(connection, () => connection.transaction(landed));
}

async function landFile(connection: Connection, plan: Plan): Promise<IngestReport> {
  const { file, found, resume } = plan;
  if (file.format === 'parquet') {
    return commit(connection, plan, landParquet).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'SQL_INVALID') throw error;
      const problem = String(error.details['problem']).split('\n', 1)[0] ?? '';
      throw new AppError('FILE_UNREADABLE', { path: file.path, problem }, { cause: error });
    });
  }
  if (file.format === 'json' || resume !== undefined) {
    return commit(connection, plan, (landing) => landSplit(landing, resume));
  }
  try {
    return await commit(connection, plan, (landing) => landFast(landing, found));
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    return commit(connection, plan, (landing) => landSplit(landing));
  }
}

const nothing = (file: OpenedFile, note: string): IngestReport => ({
  source: basename(file.path),
  records: 0,
  batches: 0,
  bytes: 0,
  note,
});

async function landUnknown(
  connection: Connection,
  file: OpenedFile,
  options: IngestFileOptions,
): Promise<IngestReport> {
  const known = await knownContents(connection, options.compiled.mapping.name);
  const found = surveyFile(file, known, options.signal);
  // Whoever awaits it gets the error; until then it must not count as unhandled.
  found.catch(() => undefined);
  // Only where some content of at most this size has landed may the file be known: then look before landing.
  const unpacked = file.gzip && isText(file);
  const mayBeKnown = known.some(({ bytes }) => unpacked || bytes <= file.size);
  if (!mayBeKnown) return landFile(connection, { file, found, resume: undefined, options });
  const { match, bytes } = await found;
  if (bytes === 0) return nothing(file, 'the file is empty');
  if (match?.bytes === bytes) return nothing(file, 'its content landed before');
  const resume = match === undefined ? undefined : await resumePoint(connection, file, match);
  return landFile(connection, { file, found, resume, options });
}

/**
 * Lands a file's records in raw, in one transaction, exactly once: content that landed before is known by its
 * SHA-256, and of a text file that has grown only what is new is read.
 */
export async function ingestFile(
  connection: Connection,
  options: IngestFileOptions,
): Promise<IngestReport> {
  const file = await openFile(resolve(options.path), options.format);
  if (file.size === 0) return nothing(file, 'the file is empty');
  requireFields(file, options.compiled);
  return interruptible(connection, { signal: options.signal, what: 'The ingest' }, () =>
    landUnknown(connection, file, options),
  );
}
