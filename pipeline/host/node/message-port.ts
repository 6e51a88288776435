import type { HostLogger } from '../logger.ts';
import type { HostRouter } from '../router.ts';
import { serveChannel, type ChannelMessage } from '../serve-channel.ts';

interface PortEvent {
  readonly data: unknown;
}

/** What `MessagePort` of node:worker_threads and `MessagePortMain` of Electron share; the latter has no addEventListener. */
export interface ServablePort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  addEventListener?(type: 'message', listener: (event: object) => void): void;
}

function isChannelMessage(data: unknown): data is ChannelMessage {
  return typeof data === 'string' || data instanceof ArrayBuffer;
}

/** Bytes arrive as whatever view they were sent as; a view may share its buffer with others. */
function asChannelMessage(data: unknown): unknown {
  if (!ArrayBuffer.isView(data)) return data;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer;
}

function onData(port: ServablePort, listener: (data: unknown) => void): void {
  if (port.addEventListener === undefined) {
    port.on('message', (event) => listener((event as PortEvent).data));
  } else {
    port.addEventListener('message', (event) => listener((event as PortEvent).data));
  }
}

/** Serves a router over a message port, and starts it. Closing the port, from either side, ends every call. */
export function serveMessagePort(port: ServablePort, router: HostRouter, logger: HostLogger): void {
  serveChannel(
    router,
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) =>
        onData(port, (data) => {
          const message = asChannelMessage(data);
          if (isChannelMessage(message)) listener(message);
          else logger.error('A message of an unknown kind was ignored', typeof message);
        }),
      onClose: (listener) => port.on('close', listener),
    },
    logger,
  );
  port.start();
}
