// The one file that knows two generations of Electron. Typed against the one that is shipped; what Electron 9, on which
// the tests run where no newer binary can be had, lacks is found out by looking.
import * as electron from 'electron';
import { spawn } from 'node:child_process';
import { createReadStream, promises, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentType } from '../pipeline/host/node/content-type.ts';
import { staticPath } from '../pipeline/host/node/static-path.ts';
import { fromRelayed, type FromHost, type ToHost, toRelayed } from './host-messages.ts';

/** Electron as it may be: anything newer than version 9 can be absent. */
const found: Partial<typeof electron> = electron;

/** A process of our own that is sent plain messages and answers with such. */
export interface HelperProcess<Sent extends object, Received> {
  readonly pid: number | undefined;
  send(message: Sent): void;
  onMessage(listener: (message: Received) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export interface HostHandle extends HelperProcess<ToHost, FromHost> {
  readonly kind: 'utilityProcess' | 'node-child';
  /** Hands a page's port over; where that cannot be, its messages are relayed through this process. */
  attach(id: string, port: electron.MessagePortMain): void;
}

export interface ForkedModule {
  /** What the system's list of processes calls it. */
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  /** A Node of our own choosing, where there is no utilityProcess: Electron 9 itself is Node 12. */
  readonly node: string;
}

export function forkHelper<Sent extends object, Received>(
  module: ForkedModule,
): HelperProcess<Sent, Received> {
  const { utilityProcess } = found;
  return utilityProcess === undefined
    ? nodeHelper(module)
    : utilityHelper(forkUtility(utilityProcess, module));
}

export function forkHost(module: ForkedModule): HostHandle {
  const { utilityProcess } = found;
  if (utilityProcess === undefined) return relayingHost(nodeHelper(module));
  const child = forkUtility(utilityProcess, module);
  return {
    ...utilityHelper<ToHost, FromHost>(child),
    kind: 'utilityProcess',
    get pid() {
      return child.pid;
    },
    attach: (id, port) => child.postMessage({ kind: 'port', id }, [port]),
  };
}

function forkUtility(
  utilityProcess: typeof electron.utilityProcess,
  { name, path, args }: ForkedModule,
): electron.UtilityProcess {
  const options = { serviceName: name, stdio: 'inherit' } as const;
  const child = utilityProcess.fork(unpacked(path), [...args], options);
  // Without a listener a fault of V8 in the child would be thrown here; its exit is told as any other.
  (child as NodeJS.EventEmitter).on('error', (type: unknown) => {
    process.stderr.write(`strata: the process "${name}" reports ${String(type)}\n`);
  });
  return child;
}

const utilityHelper = <Sent extends object, Received>(
  child: electron.UtilityProcess,
): HelperProcess<Sent, Received> => ({
  get pid() {
    return child.pid;
  },
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
  send: (message) => child.postMessage(message),
  onMessage: (listener) => child.on('message', listener),
  onExit: (listener) => child.on('exit', listener),
  kill: () => child.kill(),
});

/** Native modules and child processes cannot be read from inside an asar archive; the host is packed beside it. */
const unpacked = (path: string): string =>
  path.replace(/\bapp\.asar(?=[/\\])/, 'app.asar.unpacked');

function nodeHelper<Sent extends object, Received>({
  path,
  args,
  node,
}: ForkedModule): HelperProcess<Sent, Received> {
  const environment = { ...process.env };
  delete environment['ELECTRON_RUN_AS_NODE'];
  delete environment['NODE_OPTIONS'];
  const child = spawn(node, [unpacked(path), ...args], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid,
    // A channel that closed says so by "exit"; what is sent meanwhile is lost with it.
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = (code: number | null): void => {
        if (!told) listener(code);
        told = true;
      };
      child.on('exit', tell);
      child.on('error', () => tell(null));
    },
    kill: () => child.kill(),
  };
}

function relayingHost(helper: HelperProcess<ToHost, FromHost>): HostHandle {
  const ports = new Map<string, electron.MessagePortMain>();
  const send = (message: ToHost): void => helper.send(message);
  return {
    ...helper,
    kind: 'node-child',
    attach: (id, port) => {
      ports.set(id, port);
      send({ kind: 'port', id });
      port.on('message', ({ data }) => send({ kind: 'relay', id, data: toRelayed(data) }));
      port.on('close', () => {
        ports.delete(id);
        send({ kind: 'relay-closed', id });
      });
      port.start();
    },
    onMessage: (listener) => {
      helper.onMessage((message) => {
        if (message.kind === 'relay') ports.get(message.id)?.postMessage(fromRelayed(message.data));
        else listener(message);
      });
    },
  };
}

/** The file of a folder that an address names, or null: nothing outside the folder, nothing hidden, no folder. */
export async function fileAt(folder: string, address: string): Promise<string | null> {
  let name: string;
  try {
    name = new URL(address).pathname;
  } catch {
    return null;
  }
  const path = await staticPath(realpathSync.native(folder), name);
  return path !== null && statSync(path).isFile() ? path : null;
}

/** Answers a scheme's addresses from a folder, every answer with these headers. */
export function serveFolder(
  scheme: string,
  folder: string,
  headers: Readonly<Record<string, string>>,
): void {
  const { protocol } = electron;
  const headersOf = (path: string): Record<string, string> => ({
    ...headers,
    'Content-Type': contentType(path),
  });
  if (typeof protocol.handle === 'function') {
    protocol.handle(scheme, async ({ url }) => {
      const path = await fileAt(folder, url);
      if (path === null) return new Response('not found', { status: 404, headers: { ...headers } });
      return new Response(await promises.readFile(path), { headers: headersOf(path) });
    });
    return;
  }
  const old = protocol as unknown as OldProtocol;
  old.registerStreamProtocol(scheme, async ({ url }, answer) => {
    const path = await fileAt(folder, url);
    if (path === null) answer({ statusCode: 404, headers: { ...headers } });
    else answer({ statusCode: 200, headers: headersOf(path), data: createReadStream(path) });
  });
}

interface OldProtocol {
  registerStreamProtocol(
    scheme: string,
    handler: (
      request: { url: string },
      answer: (response: {
        statusCode: number;
        headers: Record<string, string>;
        data?: NodeJS.ReadableStream;
      }) => void,
    ) => void | Promise<void>,
  ): void;
}

/** No window opens another; the listener learns what was wanted. */
export function denyNewWindows(
  contents: electron.WebContents,
  onDenied: (url: string) => void,
): void {
  if (typeof contents.setWindowOpenHandler === 'function') {
    contents.setWindowOpenHandler(({ url }) => {
      onDenied(url);
      return { action: 'deny' };
    });
    return;
  }
  (contents as NodeJS.EventEmitter).on('new-window', (event: electron.Event, url: string) => {
    event.preventDefault();
    onDenied(url);
  });
}

/** Nothing that a page could ask for is granted. */
export function denyPermissions(session: electron.Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler?.(() => false);
}

/** The address of the page, or of the frame within it, that sent a message. */
export function senderUrl(event: electron.IpcMainEvent | electron.IpcMainInvokeEvent): string {
  const { senderFrame } = event as { senderFrame?: electron.WebFrameMain | null };
  if (senderFrame === null) return '';
  return senderFrame === undefined ? event.sender.getURL() : senderFrame.url;
}

/** Electron 9 has none. */
export const safeStorage = (): Partial<electron.SafeStorage> | undefined => found.safeStorage;

/** Where crashes are written to; they stay on this machine. */
export function keepCrashReports(): string {
  electron.crashReporter.start({ submitURL: 'https://localhost/', uploadToServer: false });
  try {
    return electron.app.getPath('crashDumps');
  } catch {
    // Electron 9 keeps them somewhere of its own.
    return join(electron.app.getPath('userData'), 'Crashpad');
  }
}
