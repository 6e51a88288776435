import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../contract/errors.ts';
import type { HostLogger } from '../logger.ts';
import {
  asRefusal,
  RefusedRequest,
  refuseSocket,
  securityHeaders,
  sendRefusal,
  type Refusal,
} from './answer.ts';
import {
  requireBearer,
  requireHost,
  requireOrigin,
  requireSubprotocolToken,
  type Gate,
} from './gate.ts';
import type { RpcSockets } from './rpc-sockets.ts';
import type { StaticFiles } from './static-files.ts';
import type { Uploads } from './uploads.ts';

interface Front {
  readonly gate: () => Gate;
  readonly files: StaticFiles;
  readonly uploads: Uploads | null;
  readonly sockets: RpcSockets;
  readonly logger: HostLogger;
}

const seconds = 1000;

async function route(front: Front, request: IncomingMessage, response: ServerResponse) {
  const gate = front.gate();
  requireHost(request, gate);
  const isUpload = request.method === 'PUT' && request.url?.startsWith('/files/') === true;
  if (!isUpload || front.uploads === null) return front.files.answer(request, response);
  requireOrigin(request, gate);
  requireBearer(request, gate);
  return front.uploads.answer(request, response);
}

function refusalOf(error: unknown, logger: HostLogger): Refusal {
  const refusal = asRefusal(error);
  if (refusal.error.code === 'INTERNAL') logger.error('A request failed', error);
  // Who has not shown a token is not listened to any longer than it takes to say so.
  const stranger = refusal.status === 401 || refusal.status === 403;
  return stranger ? { ...refusal, headers: { ...refusal.headers, Connection: 'close' } } : refusal;
}

function requestListener(front: Front): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders(front.gate().port))) {
      response.setHeader(name, value);
    }
    route(front, request, response).catch((error: unknown) => {
      if (response.destroyed || response.headersSent) response.destroy();
      else sendRefusal(response, refusalOf(error, front.logger));
    });
  };
}

interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

function upgrade(front: Front, { request, socket, head }: Upgrade): void {
  socket.on('error', () => socket.destroy());
  const gate = front.gate();
  try {
    requireHost(request, gate);
    requireOrigin(request, gate);
    requireSubprotocolToken(request, gate);
    if (request.url !== '/rpc') {
      const error = new AppError('REQUEST_INVALID', { problem: 'sockets are answered at /rpc' });
      throw new RefusedRequest({ status: 404, error });
    }
    front.sockets.accept(request, socket, head);
  } catch (error) {
    refuseSocket(socket, gate.port, refusalOf(error, front.logger));
  }
}

/** The HTTP server of a host, not yet listening: the page's files, uploads, and sockets that pass the gate. */
export function httpFront(front: Front): Server {
  const listener = requestListener(front);
  const server = createServer(
    // An upload of gigabytes may take its time; a connection on which nothing moves may not.
    { headersTimeout: 10 * seconds, requestTimeout: 3600 * seconds, keepAliveTimeout: 5 * seconds },
    listener,
  );
  server.setTimeout(60 * seconds);
  server.on('checkContinue', listener);
  server.on('upgrade', (request, socket, head) => upgrade(front, { request, socket, head }));
  server.on('clientError', (_, socket) => {
    const error = new AppError('REQUEST_INVALID', { problem: 'it is not proper HTTP' });
    refuseSocket(socket, front.gate().port, { status: 400, error });
  });
  return server;
}
