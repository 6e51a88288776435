import { RPCHandler } from '@orpc/server/websocket';
import type { HostLogger } from './logger.ts';
import type { HostRouter } from './router.ts';

export type ChannelMessage = string | ArrayBuffer;

/** A transport: send, receive, close. `send` resolves when the other side can take more, which holds a stream back. */
export interface Channel {
  send(message: string | ArrayBufferView<ArrayBuffer> | ArrayBuffer): void | Promise<void>;
  onMessage(listener: (message: ChannelMessage) => void): void;
  onClose(listener: () => void): void;
}

/**
 * Answers a router's procedures on a channel until it closes; then every call still under way is aborted.
 * oRPC's own port and socket adapters leave a malformed message as an unhandled rejection, or print it; here it is logged.
 */
export function serveChannel(router: HostRouter, channel: Channel, logger: HostLogger): void {
  const handler = new RPCHandler(router);
  const peer = {
    send: (message: Parameters<Channel['send']>[0]) => channel.send(message),
    addEventListener: () => {},
  } as unknown as Parameters<typeof handler.message>[0];
  let open = true;
  channel.onMessage((message) => {
    if (!open) return;
    handler.message(peer, message).catch((error: unknown) => {
      // V8 quotes bad JSON in what it says of it, and there may be a password in that.
      const told = error instanceof SyntaxError ? 'it is no JSON' : error;
      if (open) logger.error('A message could not be answered', told);
    });
  });
  channel.onClose(() => {
    open = false;
    handler.close(peer);
  });
}
