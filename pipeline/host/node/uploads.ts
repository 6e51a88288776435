import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../contract/errors.ts';
import { RefusedRequest } from './answer.ts';
import { uploadName } from './upload-name.ts';

interface UploadOptions {
  readonly directory: string;
  readonly maximumBytes: number;
}

function tooLarge(name: string, maximumBytes: number): RefusedRequest {
  const problem = `it is larger than ${maximumBytes} bytes`;
  return new RefusedRequest({
    status: 413,
    error: new AppError('UPLOAD_FAILED', { name, problem }),
  });
}

/** The request's bytes; the request itself stays open when they are refused, so that it can be answered. */
async function* atMost(
  request: IncomingMessage,
  maximumBytes: number,
  refuse: () => Error,
): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const piece = chunk as Buffer;
    bytes += piece.byteLength;
    if (bytes > maximumBytes) throw refuse();
    yield piece;
  }
}

function writeError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return new AppError('DISK_FULL', { path }, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError('PERMISSION_DENIED', { path }, { cause: error });
  }
  if (error instanceof Error && 'syscall' in error && 'path' in error) {
    return new AppError('FILE_UNWRITABLE', { path, problem: error.message }, { cause: error });
  }
  return error;
}

/** Takes files of the page into one folder. A file is there whole under its name, or not at all. */
export class Uploads {
  readonly #options: UploadOptions;
  readonly #active = new Map<string, Promise<void>>();

  constructor(options: UploadOptions) {
    this.#options = options;
  }

  /** Answers `PUT /files/NAME`, already let through the gate, with the path the file has now. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = uploadName((request.url ?? '').slice('/files/'.length));
    const { maximumBytes, directory } = this.#options;
    if (Number(request.headers['content-length'] ?? 0) > maximumBytes) {
      throw tooLarge(name, maximumBytes);
    }
    const key = name.toLowerCase();
    if (this.#active.has(key)) {
      const error = new AppError('UPLOAD_FAILED', { name, problem: 'it is being sent already' });
      throw new RefusedRequest({ status: 409, error });
    }
    const path = join(directory, name);
    const receiving = this.#receive(request, response, path).finally(() =>
      this.#active.delete(key),
    );
    this.#active.set(key, receiving);
    await receiving;
    const body = JSON.stringify({ path });
    response.writeHead(201, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
    });
    response.end(body);
  }

  /** Waits until nothing is being written any more; the sockets must be closed already. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#active.values());
  }

  async #receive(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { directory, maximumBytes } = this.#options;
    const part = `${path}.part`;
    try {
      await mkdir(directory, { recursive: true });
      // What a killed host left; exclusive creation then never follows a link.
      await rm(part, { force: true });
      if (request.headers.expect !== undefined) response.writeContinue();
      const bytes = atMost(request, maximumBytes, () => tooLarge(basename(path), maximumBytes));
      await pipeline(bytes, createWriteStream(part, { flags: 'wx', mode: 0o600 }));
      await rename(part, path);
    } catch (error) {
      // What went wrong first says more than what goes wrong in tidying up after it.
      await rm(part, { force: true }).catch(() => {});
      throw writeError(error, path);
    }
  }
}
