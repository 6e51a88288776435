import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '../../contract/errors.ts';

export interface Gate {
  readonly port: number;
  readonly token: string;
}

/** The subprotocol that both sides speak; a browser offers its token beside it as `strata.<token>`. */
export const subprotocol = 'strata';

function only(values: string[] | undefined): string | null {
  return values?.length === 1 ? (values[0] ?? null) : null;
}

/** The names under which this host is reached; any other in `Host` is a foreign name bound to this machine's address. */
export function hostNames(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

export function requireHost(request: IncomingMessage, { port }: Gate): void {
  const host = only(request.headersDistinct['host']);
  if (host === null || !hostNames(port).includes(host)) {
    throw new AppError('ORIGIN_REFUSED', {
      problem: 'it was sent to another name than this host has',
    });
  }
}

export function requireOrigin(request: IncomingMessage, { port }: Gate): void {
  const origin = only(request.headersDistinct['origin']);
  if (origin === null || !hostNames(port).some((name) => origin === `http://${name}`)) {
    throw new AppError('ORIGIN_REFUSED', { problem: 'its Origin is missing or foreign' });
  }
}

/** Compares digests, so that the time it takes says nothing of the token, not even its length. */
function isToken(offered: string, token: string): boolean {
  const [a, b] = [offered, token].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

export function requireBearer(request: IncomingMessage, { token }: Gate): void {
  const offered = /^Bearer ([\w-]+)$/i.exec(only(request.headersDistinct['authorization']) ?? '');
  if (offered?.[1] === undefined || !isToken(offered[1], token)) throw new AppError('UNAUTHORISED');
}

export function requireSubprotocolToken(request: IncomingMessage, { token }: Gate): void {
  const header = only(request.headersDistinct['sec-websocket-protocol']) ?? '';
  const offers = header.split(',').map((offer) => offer.trim());
  const prefix = `${subprotocol}.`;
  const tokens = offers.filter((offer) => offer.startsWith(prefix));
  const offered = only(tokens)?.slice(prefix.length);
  if (!offers.includes(subprotocol) || offered === undefined || !isToken(offered, token)) {
    throw new AppError('UNAUTHORISED');
  }
}
