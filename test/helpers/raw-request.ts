import { request, type IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

interface RawRequest {
  readonly port: number;
  readonly method?: string;
  /** Sent as it stands, never normalised. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | Readable;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

/** One HTTP request, or upgrade, with exactly these headers; the answer of an accepted upgrade has no body. */
export function rawRequest({ port, body, ...options }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent: false, ...options });
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      const nothing = { bytes: Buffer.alloc(0), text: '' };
      resolve({ status: response.statusCode ?? 0, headers: response.headers, ...nothing });
    });
    sent.on('response', (response) => {
      const { statusCode = 0, headers } = response;
      const answer = buffer(response).then((bytes) => {
        return { status: statusCode, headers, bytes, text: bytes.toString('utf8') };
      });
      resolve(answer);
    });
    if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) sent.end(body);
    else body.pipe(sent);
  });
}
