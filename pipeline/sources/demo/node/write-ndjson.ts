import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '../../../contract/errors.ts';
import { countRecord, emptyTally, type Tally } from '../faults.ts';
import type { GeneratedRecord } from '../generate.ts';

export interface WriteNdjsonOptions {
  /** Ends in .gz to be compressed. An existing file is replaced when the new one is whole. */
  readonly path: string;
  readonly records: Iterable<GeneratedRecord>;
  /** Looked at about every 256 KiB. */
  readonly signal?: AbortSignal;
  /** Called with the records written so far, as often and at the end. */
  readonly onProgress?: (records: number) => void;
}

export interface NdjsonSummary {
  readonly records: number;
  /** Before compression. */
  readonly bytes: number;
  readonly tally: Tally;
}

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;
const tombstone = new TextEncoder().encode('null');

interface Progress {
  records: number;
  bytes: number;
}

function stopIfAborted({ signal, path }: WriteNdjsonOptions): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED', { what: `Writing ${path}` });
}

/** One line a record; a tombstone is the line `null`, which a reader takes for one. */
function* lines(options: WriteNdjsonOptions, progress: Progress, tally: Tally): Generator<Buffer> {
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  for (const { value, fault } of options.records) {
    const line = value ?? tombstone;
    if (used > 0 && used + line.length + 1 > chunk.length) {
      yield chunk.subarray(0, used);
      options.onProgress?.(progress.records);
      stopIfAborted(options);
      chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      used = 0;
    }
    if (line.length + 1 > chunk.length) chunk = Buffer.allocUnsafe(line.length + 1);
    chunk.set(line, used);
    chunk[used + line.length] = NEWLINE;
    used += line.length + 1;
    progress.records += 1;
    progress.bytes += line.length + 1;
    countRecord(tally, fault);
  }
  stopIfAborted(options);
  if (used > 0) yield chunk.subarray(0, used);
  options.onProgress?.(progress.records);
}

function asWriteError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return new AppError('DISK_FULL', { path }, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError('PERMISSION_DENIED', { path }, { cause: error });
  }
  if (typeof code === 'string') {
    return new AppError('FILE_UNWRITABLE', { path, problem: error.message }, { cause: error });
  }
  return error;
}

/** Writes records beside the target and renames at the end, so that a file is whole or not there. */
export async function writeNdjson(options: WriteNdjsonOptions): Promise<NdjsonSummary> {
  const { path } = options;
  const partial = `${path}.${process.pid}.partial`;
  const progress: Progress = { records: 0, bytes: 0 };
  const tally = emptyTally();
  const source = Readable.from(lines(options, progress, tally), {
    objectMode: true,
    highWaterMark: 1,
  });
  const target = createWriteStream(partial, { flush: true });
  try {
    if (path.endsWith('.gz')) await pipeline(source, createGzip(), target);
    else await pipeline(source, target);
    await rename(partial, path);
  } catch (error) {
    target.destroy();
    if (!target.closed) await once(target, 'close');
    await rm(partial, { force: true });
    throw asWriteError(error, path);
  }
  return { ...progress, tally };
}
