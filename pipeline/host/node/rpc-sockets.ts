import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { HostLogger } from '../logger.ts';
import type { HostRouter } from '../router.ts';
import { serveChannel, type Channel } from '../serve-channel.ts';
import { subprotocol } from './gate.ts';

interface RpcSocketOptions {
  readonly router: HostRouter;
  readonly logger: HostLogger;
  readonly heartbeatMilliseconds: number;
  readonly maximumMessageBytes: number;
}

const goingAway = 1001;
const closeGrace = 500;

function arrayBuffer(data: RawData): ArrayBuffer {
  if (data instanceof ArrayBuffer) return data;
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
  return new Uint8Array(bytes).buffer;
}

function socketChannel(socket: WebSocket): Channel {
  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        socket.send(message, (error) => (error == null ? resolve() : reject(error)));
      }),
    onMessage: (listener) =>
      socket.on('message', (data: RawData, isBinary: boolean) =>
        listener(isBinary ? arrayBuffer(data) : Buffer.from(arrayBuffer(data)).toString('utf8')),
      ),
    onClose: (listener) => socket.on('close', listener),
  };
}

/** The WebSockets of a host, past the gate: answers calls on them and drops those whose other side is gone. */
export class RpcSockets {
  readonly #options: RpcSocketOptions;
  readonly #server: WebSocketServer;
  readonly #awaited = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: RpcSocketOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.maximumMessageBytes,
      perMessageDeflate: false,
      // Two frames of one packet in one tick: oRPC would see a call's abort before the call, and lose it.
      allowSynchronousEvents: false,
      handleProtocols: () => subprotocol,
    });
    this.#heartbeat = setInterval(() => this.#beat(), options.heartbeatMilliseconds).unref();
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (accepted) => this.#serve(accepted));
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    const closing = [...this.#server.clients].map(async (socket) => {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.close(goingAway, 'The host was closed');
      const impatience = setTimeout(() => socket.terminate(), closeGrace);
      await closed;
      clearTimeout(impatience);
    });
    await Promise.all(closing);
  }

  #serve(socket: WebSocket): void {
    const { router, logger } = this.#options;
    // Malformed frames, or more than the limit: ws closes the socket with the right code by itself.
    socket.on('error', () => {});
    socket.on('pong', () => this.#awaited.delete(socket));
    serveChannel(router, socketChannel(socket), logger);
  }

  #beat(): void {
    for (const socket of this.#server.clients) {
      if (this.#awaited.has(socket)) {
        socket.terminate();
      } else {
        this.#awaited.add(socket);
        socket.ping();
      }
    }
  }
}
