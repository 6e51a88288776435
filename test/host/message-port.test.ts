import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { expect, test } from 'vitest';
import { serveMessagePort } from '../../pipeline/host/node/message-port.ts';
import {
  eventually,
  hostFixture,
  type HostClient,
  type HostFixture,
} from '../helpers/host-fixture.ts';
import { sampleStatus } from '../helpers/scripted-workbench.ts';
import { hostContract, type OpenWire } from './contract.ts';

function clientOf(port: MessagePort): HostClient {
  port.start();
  return createORPCClient<HostClient>(new RPCLink({ port }));
}

function connectTo(host: HostFixture, opened: MessagePort[]): OpenWire {
  const { port1, port2 } = new MessageChannel();
  opened.push(port1);
  serveMessagePort(port2, host.router, host.logger);
  return {
    client: clientOf(port1),
    end: async (side) => {
      const closed = once(port1, 'close');
      (side === 'page' ? port1 : port2).close();
      await closed;
    },
  };
}

hostContract('over a message port', () => {
  const host = hostFixture();
  const opened: MessagePort[] = [];
  return Promise.resolve({
    host,
    connect: () => Promise.resolve(connectTo(host, opened)),
    close: () => Promise.resolve(opened.forEach((port) => port.close())),
  });
});

test('messages that make no sense are logged and do not take a port host down', async () => {
  const host = hostFixture();
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(port2, host.router, host.logger);
  const nonsense: unknown[] = ['{', '{"i":1}', 7, null, { i: 1 }, new Uint8Array([255, 1]), ''];
  for (const message of nonsense) port1.postMessage(message);
  expect(await eventually(() => host.logged.length >= nonsense.length)).toBe(true);
  expect(await clientOf(port1).workspace.status()).toEqual(sampleStatus);
  port1.close();
});

test('a call that was cut off is logged without what stood in it', async () => {
  const host = hostFixture();
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(port2, host.router, host.logger);
  port1.postMessage('{"name":"n","value":"canary');
  port1.postMessage('{"value":canary}');
  expect(await eventually(() => host.logged.length === 2)).toBe(true);
  expect(host.logged.map(({ message, error }) => `${message} ${String(error)}`).join()).not.toMatch(
    /canary/,
  );
  port1.close();
});

test('a port in the manner of Electron, which hands events to on(), is served as well', async () => {
  const host = hostFixture();
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(
    {
      postMessage: (message) => port2.postMessage(message),
      start: () => port2.start(),
      close: () => port2.close(),
      on: (event: string, listener: (value?: unknown) => void) =>
        port2.on(event as 'message', (data: unknown) =>
          listener(event === 'message' ? { data, ports: [] } : undefined),
        ),
    },
    host.router,
    host.logger,
  );
  expect(await clientOf(port1).workspace.status()).toEqual(sampleStatus);
  port1.close();
});
