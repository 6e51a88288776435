import { EventEmitter } from 'node:events';
import type { ServablePort } from '../pipeline/host/node/message-port.ts';
import { fromRelayed, type FromHost, type ToHost, toRelayed } from './host-messages.ts';

type Instruction = Exclude<ToHost, { kind: 'port' | 'relay' | 'relay-closed' }>;

/** The shell, as a host process sees it. */
export interface ParentChannel {
  send(message: FromHost): void;
  onInstruction(listener: (message: Instruction) => void): void;
  onPort(listener: (port: ServablePort) => void): void;
  /** The shell is gone, whichever way. */
  onGone(listener: () => void): void;
}

/** Electron's utility process has this in place of a plain child's `process.send`. */
interface ParentPort {
  postMessage(message: FromHost): void;
  on(
    event: 'message',
    listener: (event: { data: ToHost; ports: readonly ServablePort[] }) => void,
  ): void;
}

export function parentChannel(): ParentChannel {
  const { parentPort } = process as { parentPort?: ParentPort };
  return parentPort === undefined ? childChannel() : utilityChannel(parentPort);
}

function utilityChannel(parentPort: ParentPort): ParentChannel {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    send: (message) => parentPort.postMessage(message),
    onInstruction: (listener) =>
      parentPort.on('message', ({ data }) => {
        if (data.kind === 'close' || data.kind === 'secret') listener(data);
      }),
    onPort: (listener) =>
      parentPort.on('message', ({ data, ports: [port] }) => {
        if (data.kind === 'port' && port !== undefined) listener(port);
      }),
    // Electron ends its utility processes itself.
    onGone: () => undefined,
  };
}

/** A port whose messages come and go as JSON among those of the parent. */
class RelayedPort extends EventEmitter implements ServablePort {
  readonly #id: string;

  constructor(id: string) {
    super();
    this.#id = id;
  }

  postMessage(data: unknown): void {
    send({ kind: 'relay', id: this.#id, data: toRelayed(data) });
  }

  start(): void {}

  close(): void {
    this.emit('close');
  }
}

function send(message: FromHost): void {
  if (process.connected) process.send?.(message);
}

const nothing = (): void => undefined;

function childChannel(): ParentChannel {
  const ports = new Map<string, RelayedPort>();
  let onPort: (port: ServablePort) => void = nothing;
  let onInstruction: (message: Instruction) => void = nothing;
  process.on('message', (message: ToHost) => {
    switch (message.kind) {
      case 'port': {
        const port = new RelayedPort(message.id);
        ports.set(message.id, port);
        onPort(port);
        return;
      }
      case 'relay':
        ports.get(message.id)?.emit('message', { data: fromRelayed(message.data) });
        return;
      case 'relay-closed':
        ports.get(message.id)?.close();
        ports.delete(message.id);
        return;
      case 'secret':
      case 'close':
        onInstruction(message);
    }
  });
  return {
    send,
    onInstruction: (listener) => {
      onInstruction = listener;
    },
    onPort: (listener) => {
      onPort = listener;
    },
    onGone: (listener) => process.on('disconnect', listener),
  };
}
