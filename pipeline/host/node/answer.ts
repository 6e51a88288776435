import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { asAppError, type AppError, type ErrorCode } from '../../contract/errors.ts';
import { hostNames } from './gate.ts';
import { pageHeaders } from './page-headers.ts';

/** An error with the HTTP status that says the same. */
export interface Refusal {
  readonly status: number;
  readonly error: AppError;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sent with every answer, whatever it is: the page may open sockets to this host and nothing else. */
export const securityHeaders = (port: number): Record<string, string> =>
  pageHeaders(hostNames(port).map((name) => `ws://${name}`));

const statuses: Partial<Record<ErrorCode, number>> = {
  UNAUTHORISED: 401,
  ORIGIN_REFUSED: 403,
  REQUEST_INVALID: 400,
  UPLOAD_FAILED: 400,
  DISK_FULL: 507,
};

/** Carries a refusal whose status its code alone does not tell. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.error.message);
    this.name = 'RefusedRequest';
    this.refusal = refusal;
  }
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof RefusedRequest) return error.refusal;
  const known = asAppError(error);
  return { status: statuses[known.code] ?? 500, error: known };
}

function refusalBody({ error }: Refusal): string {
  return JSON.stringify({ code: error.code, message: error.message, next: error.next });
}

function refusalHeaders(refusal: Refusal, body: string): Record<string, string | number> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...refusal.headers,
  };
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const body = refusalBody(refusal);
  response.writeHead(refusal.status, refusalHeaders(refusal, body)).end(body);
}

/** Refuses where there is no response object yet: an upgrade, or a request that could not be parsed. Closes the socket. */
export function refuseSocket(socket: Duplex, port: number, refusal: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = refusalBody(refusal);
  const headers = {
    Connection: 'close',
    ...securityHeaders(port),
    ...refusalHeaders(refusal, body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}\r\n`;
  socket.once('finish', () => socket.destroy());
  socket.end(`${status}${lines.join('')}\r\n${body}`);
}
