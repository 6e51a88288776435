import { RPCLink } from '@orpc/client/message-port';
import { type Shell, shellPort } from '../../pipeline/contract/shell.ts';
import type { Dial, DialResult } from './transport.ts';

/** The shell starts a host that crashed; opening a large workspace can take a while. */
const PATIENCE = 60_000;

/** A port that can be told to have closed: a browser's own says nothing when this side, or a dead process, closes it. */
class ShellPort extends EventTarget {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.addEventListener('message', ({ data }) =>
      this.dispatchEvent(new MessageEvent('message', { data })),
    );
    port.start();
  }

  postMessage(data: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(data, transfer);
  }

  close(): void {
    this.#port.close();
    this.dispatchEvent(new Event('close'));
  }
}

function opened(port: MessagePort, onLost: (listener: () => void) => void): DialResult {
  const own = new ShellPort(port);
  const ended = new Promise<void>((settle) => {
    own.addEventListener('close', () => settle(), { once: true });
  });
  onLost(() => own.close());
  // What RPCLink rejects on closing comes after `ended` in the order of listeners, and is then known to be lost.
  const link = new RPCLink({ port: own as unknown as MessagePort });
  return { kind: 'open', wire: { link, ended, close: () => own.close() } };
}

const nothing = (): void => undefined;

/** Dials the workspace's host process by way of the desktop shell. */
export function portDial(shell: Shell): Dial {
  let lost = nothing;
  shell.onLost(() => lost());
  const onLost = (listener: () => void): void => {
    lost = listener;
  };
  return () =>
    new Promise((resolve) => {
      const settle = (result: DialResult): void => {
        removeEventListener('message', arrived);
        clearTimeout(timer);
        resolve(result);
      };
      const arrived = ({ source, data, ports: [port] }: MessageEvent): void => {
        if (source !== window || data !== shellPort || port === undefined) return;
        settle(opened(port, onLost));
      };
      addEventListener('message', arrived);
      const timer = setTimeout(() => settle({ kind: 'unreachable' }), PATIENCE);
      onLost(() => settle({ kind: 'unreachable' }));
      shell.connect();
    });
}
