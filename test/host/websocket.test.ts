import { once } from 'node:events';
import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { eventually, type HostClient } from '../helpers/host-fixture.ts';
import { sampleStatus } from '../helpers/scripted-workbench.ts';
import { openSocket, servedHost, type ServedHost } from '../helpers/served-host.ts';
import { hostContract, type OpenWire } from './contract.ts';

function clientOf(socket: WebSocket): HostClient {
  const websocket = socket as unknown as ConstructorParameters<typeof RPCLink>[0]['websocket'];
  socket.binaryType = 'arraybuffer';
  return createORPCClient<HostClient>(new RPCLink({ websocket }));
}

async function connectTo(served: ServedHost): Promise<OpenWire> {
  const socket = await openSocket(served);
  return {
    client: clientOf(socket),
    end: async (side) => {
      const closed = once(socket, 'close');
      if (side === 'page') socket.terminate();
      else await served.close();
      await closed;
    },
  };
}

hostContract('over a WebSocket', async () => {
  const served = await servedHost();
  return { host: served.host, connect: () => connectTo(served), close: () => served.close() };
});

describe('the sockets of a host', () => {
  let served: ServedHost;
  afterEach(() => served.close());

  test('a call and its abort in one packet do not leave the query running', async () => {
    served = await servedHost();
    const socket = await openSocket(served);
    const { _socket: tcp } = socket as unknown as { _socket: { cork(): void; uncork(): void } };
    tcp.cork();
    socket.send(JSON.stringify({ i: '1', p: { u: '/sql/run', b: { json: { sql: 'select 1' } } } }));
    socket.send(JSON.stringify({ i: '1', t: 4 }));
    tcp.uncork();
    const { sqlSignals } = served.host.workbench;
    expect(await eventually(() => sqlSignals[0]?.aborted === true)).toBe(true);
  });

  test('frames that make no sense are logged, and one beyond 32 MB ends its socket only', async () => {
    served = await servedHost();
    const { host } = served;
    const [rude, polite] = [await openSocket(served), await openSocket(served)];
    for (const frame of ['{', '[]', Buffer.from([255, 255]), '{"i":"1","p":{"u":"/jobs"}}']) {
      rude.send(frame);
    }
    expect(await eventually(() => host.logged.length >= 3)).toBe(true);
    rude.send(Buffer.alloc(33 * 1024 * 1024));
    const [code] = (await once(rude, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await clientOf(polite).workspace.status()).toEqual(sampleStatus);
  });

  test('a socket whose other side no longer answers pings is dropped, with its watchers', async () => {
    served = await servedHost({ heartbeatMilliseconds: 150 });
    const { host } = served;
    host.workbench.job = () => new Promise(() => {});
    const { id } = host.jobs.start({ kind: 'run' });
    const [dead, alive] = [await openSocket(served), await openSocket(served)];
    const clients = [dead, alive].map(clientOf);
    for (const client of clients) {
      const events = await client.jobs.watch({ id });
      events.next().catch(() => {});
    }
    expect(await eventually(() => host.jobs.watchers === 2)).toBe(true);
    dead.pause();
    expect(await eventually(() => host.jobs.watchers === 1)).toBe(true);
    expect(await clients[1]?.workspace.status()).toEqual(sampleStatus);
    expect([dead.readyState, alive.readyState]).toEqual([dead.OPEN, alive.OPEN]);
    dead.resume();
    await once(dead, 'close');
  });

  test('closing the host ends connections that never said anything, and may be done twice', async () => {
    served = await servedHost();
    const silent = connect(served.port, '127.0.0.1');
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    await served.close();
    await ended;
    await served.close();
  });
});
