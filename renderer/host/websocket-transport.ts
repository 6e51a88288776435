import { RPCLink } from '@orpc/client/websocket';
import type { Dial, DialResult } from './transport.ts';

/** The close code of a host that answered the handshake only to say no. */
const policyViolation = 1008;
/** A black hole of a network never answers a handshake at all. */
const patience = 10_000;

/** A browser does not say why a handshake failed; whether the host still serves its page tells the two cases apart. */
async function whyClosed(code: number): Promise<DialResult> {
  if (code === policyViolation || code === 4401) return { kind: 'refused' };
  try {
    const answer = await fetch(location.pathname, {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    return { kind: answer.ok ? 'refused' : 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}

function socketAddress(): string {
  const address = new URL('/rpc', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/** Dials the host that served this page. The token travels as a subprotocol: a browser can set no header here. */
export function webSocketDial(token: string): Dial {
  return () =>
    new Promise((resolve) => {
      const socket = new WebSocket(socketAddress(), ['strata', `strata.${token}`]);
      const timer = setTimeout(() => socket.close(), patience);
      const ended = new Promise<void>((settle) => {
        socket.addEventListener('close', () => settle(), { once: true });
      });
      // After `ended` in the order of listeners: what RPCLink rejects on closing is then known to be lost.
      const link = new RPCLink({ websocket: socket });
      const closedEarly = (event: CloseEvent): void => {
        clearTimeout(timer);
        resolve(whyClosed(event.code));
      };
      socket.addEventListener('close', closedEarly, { once: true });
      socket.addEventListener(
        'open',
        () => {
          clearTimeout(timer);
          socket.removeEventListener('close', closedEarly);
          resolve({ kind: 'open', wire: { link, ended, close: () => socket.close() } });
        },
        { once: true },
      );
    });
}
