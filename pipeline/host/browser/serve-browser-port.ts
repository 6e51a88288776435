import type { HostLogger } from '../logger.ts';
import type { HostRouter } from '../router.ts';
import { serveChannel } from '../serve-channel.ts';

/** Serves a router over a browser's message port, and starts it. The port lives as long as the worker. */
export function serveBrowserPort(port: MessagePort, router: HostRouter, logger: HostLogger): void {
  serveChannel(
    router,
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) =>
        port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (typeof data === 'string' || data instanceof ArrayBuffer) listener(data);
          else if (data instanceof Uint8Array) listener(data.slice().buffer);
          else logger.error('A message of an unknown kind was ignored', typeof data);
        }),
      onClose: () => {},
    },
    logger,
  );
  port.start();
}
