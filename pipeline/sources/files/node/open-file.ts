import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { AppError } from '../../../contract/errors.ts';
import { fileError } from '../../../workspace/node/file-error.ts';
import { detectDelimiter, splitHeader } from '../csv-header.ts';
import { detectFormat, type FileFormat } from '../detect-format.ts';
import { LineSplitter } from '../split-records.ts';

export interface CsvHeader {
  readonly delimiter: string;
  readonly names: readonly string[];
  /** The line on which the first record starts. */
  readonly firstLine: number;
}

/** A file that was looked at: what it is and how its records are found. */
export interface OpenedFile {
  readonly path: string;
  readonly size: number;
  readonly gzip: boolean;
  readonly format: FileFormat;
  readonly header: CsvHeader | null;
}

const START_BYTES = 1 << 18;

async function readStart(path: string): Promise<{ size: number; bytes: Buffer }> {
  try {
    const info = await stat(path);
    if (!info.isFile()) {
      const problem = info.isDirectory() ? 'it is a folder' : 'it is no regular file';
      throw new AppError('FILE_UNREADABLE', { path, problem });
    }
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(START_BYTES, info.size));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return { size: info.size, bytes: buffer.subarray(0, bytesRead) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

function decompressStart(path: string, bytes: Buffer): Buffer {
  try {
    // The start of the file is cut off in the middle, which SYNC_FLUSH forgives.
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('FILE_UNREADABLE', { path, problem: `gzip: ${problem}` }, { cause: error });
  }
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export const withoutBom = (bytes: Buffer): Buffer =>
  bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : bytes;

function readHeader(path: string, start: Buffer): CsvHeader {
  const splitter = new LineSplitter({ delimiter: ',' });
  const [first] = [...splitter.push(withoutBom(start)), ...splitter.finish()];
  if (first?.bytes.length === withoutBom(start).length && start.length >= START_BYTES) {
    const problem = `its header goes on beyond ${START_BYTES} bytes`;
    throw new AppError('FILE_FORMAT', { path, problem });
  }
  const text = new TextDecoder().decode(first?.bytes);
  if (text.trim() === '') throw new AppError('FILE_FORMAT', { path, problem: 'it has no header' });
  const delimiter = detectDelimiter(text);
  return {
    delimiter,
    names: splitHeader(text, delimiter),
    firstLine: 2 + (text.match(/\n/g)?.length ?? 0),
  };
}

/** Looks at a file's first bytes; `format` is what the user says it is, if they do. */
export async function openFile(path: string, format?: FileFormat): Promise<OpenedFile> {
  const { size, bytes } = await readStart(path);
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const start = gzip ? decompressStart(path, bytes) : bytes;
  if (start.length === 0) {
    return { path, size, gzip, format: format ?? 'ndjson', header: null };
  }
  const found = format ?? detectFormat(path, start);
  const header = found === 'csv' ? readHeader(path, start) : null;
  return { path, size, gzip, format: found, header };
}

/** Records of text are lines, so that it can be told to have grown. */
export const isText = ({ format }: OpenedFile): boolean => format === 'csv' || format === 'ndjson';

export interface ReadContentOptions {
  /** Shown what a file is known by as it passes: text decompressed, anything else as it is stored. */
  readonly onBytes?: (chunk: Buffer) => void;
  /** The byte of the content, decompressed, with which to begin. */
  readonly start?: number;
  readonly signal?: AbortSignal | undefined;
  /** Each chunk's bytes may be overwritten by the next: only for callers that keep none of them. */
  readonly reuse?: boolean;
}

const CHUNK_BYTES = 1 << 20;

/** The bytes from `start` to the size that the file had when it was opened: what is added later belongs to the next time. */
async function* readStored(
  file: OpenedFile,
  start: number,
  reuse: boolean,
): AsyncGenerator<Buffer> {
  const handle = await open(file.path);
  try {
    let buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let at = start; at < file.size;) {
      const wanted = Math.min(CHUNK_BYTES, file.size - at);
      const { bytesRead } = await handle.read(buffer, 0, wanted, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
      if (!reuse) buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    }
  } finally {
    await handle.close();
  }
}

async function* readGzip(
  file: OpenedFile,
  start: number,
  onStored: ((chunk: Buffer) => void) | undefined,
): AsyncGenerator<Buffer> {
  const stored = Readable.from(readStored(file, 0, false), { objectMode: false });
  if (onStored !== undefined) stored.on('data', (chunk) => onStored(chunk as Buffer));
  const content = stored.pipe(createGunzip({ chunkSize: 1 << 18 }));
  stored.on('error', (error) => content.destroy(error));
  let skip = start;
  try {
    for await (const piece of content) {
      const chunk = piece as Buffer;
      if (skip < chunk.length) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  } finally {
    stored.destroy();
  }
}

/** The file's content, decompressed and without a byte order mark. Throws the signal's reason when it aborts. */
export async function* readContent(
  file: OpenedFile,
  { onBytes, start = 0, signal, reuse = false }: ReadContentOptions = {},
): AsyncGenerator<Buffer> {
  const byContent = isText(file);
  const onStored = byContent ? undefined : onBytes;
  let first = start === 0;
  try {
    const content = file.gzip ? readGzip(file, start, onStored) : readStored(file, start, reuse);
    for await (const chunk of content) {
      signal?.throwIfAborted();
      if (byContent || !file.gzip) onBytes?.(chunk);
      yield first ? withoutBom(chunk) : chunk;
      first = false;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(error, file.path);
  }
}
