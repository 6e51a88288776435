import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';
import { RefusedRequest } from './answer.ts';
import { contentType } from './content-type.ts';
import { insideRoot, staticPath } from './static-path.ts';

const compressed = promisify(gzip);

/** Vite's build names what it writes to assets/ after its content: `name-HASH.ext`. */
const hashed = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;
const smallest = 1024;

function isText(type: string): boolean {
  return /^text\/|json|svg|wasm/.test(type);
}

function takesGzip(request: IncomingMessage): boolean {
  const accepted = (request.headers['accept-encoding'] ?? '').split(',');
  return accepted.some((offer) => {
    const [coding, ...parameters] = offer
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    return coding === 'gzip' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/** A compressed copy that the build wrote beside the file, unless the file is newer. */
async function readyMade(root: string, path: string): Promise<Buffer | null> {
  const copy = await insideRoot(root, `${path}.gz`);
  if (copy === null) return null;
  const [copied, original] = await Promise.all([stat(copy), stat(path)]);
  return copied.isFile() && copied.mtimeMs >= original.mtimeMs ? await readFile(copy) : null;
}

async function gzipped(root: string, path: string): Promise<Buffer> {
  return (await readyMade(root, path)) ?? (await compressed(await readFile(path), { level: 4 }));
}

/** Answers GET and HEAD from one folder. What was compressed is kept, so that a reload does not compress again. */
export class StaticFiles {
  readonly #root: string;
  readonly #zipped = new Map<string, Promise<Buffer>>();

  private constructor(root: string) {
    this.#root = root;
  }

  /** Throws FILE_NOT_FOUND where there is no such folder. */
  static async open(directory: string): Promise<StaticFiles> {
    try {
      return new StaticFiles(await realpath(directory));
    } catch (cause) {
      throw new AppError('FILE_NOT_FOUND', { path: directory }, { cause });
    }
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw onlyReading();
    const requestPath = (request.url ?? '').split('?', 1)[0] ?? '';
    const path = await staticPath(this.#root, requestPath);
    const found = path === null ? null : await stat(path);
    if (path === null || found?.isFile() !== true) throw nothingHere();
    const type = contentType(path);
    const zip = isText(type) && found.size >= smallest && takesGzip(request);
    const version = `${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}`;
    const etag = `"${version}${zip ? '-gzip' : ''}"`;
    const headers = {
      'Content-Type': type,
      ETag: etag,
      Vary: 'Accept-Encoding',
      'Cache-Control': hashed.test(requestPath)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const body = zip ? await this.#zip(path, version) : await readFile(path);
    const coding = zip ? { 'Content-Encoding': 'gzip' } : {};
    response.writeHead(200, { ...headers, ...coding, 'Content-Length': body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  #zip(path: string, version: string): Promise<Buffer> {
    const key = `${path}\n${version}`;
    const known = this.#zipped.get(key);
    if (known !== undefined) return known;
    const fresh = gzipped(this.#root, path);
    this.#zipped.set(key, fresh);
    fresh.catch(() => this.#zipped.delete(key));
    return fresh;
  }
}

function onlyReading(): RefusedRequest {
  const error = new AppError('REQUEST_INVALID', { problem: 'only GET and HEAD are answered here' });
  return new RefusedRequest({ status: 405, error, headers: { Allow: 'GET, HEAD' } });
}

function nothingHere(): RefusedRequest {
  const error = new AppError('REQUEST_INVALID', { problem: 'there is nothing at this address' });
  return new RefusedRequest({ status: 404, error });
}
