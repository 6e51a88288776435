import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../pipeline/host/node/server.ts';
import { hostFixture } from '../helpers/host-fixture.ts';
import { rawRequest } from '../helpers/raw-request.ts';
import { openSocket, servedHost, type ServedHost } from '../helpers/served-host.ts';

let served: ServedHost;
beforeAll(async () => {
  served = await servedHost();
});
afterAll(() => served.close());

type Headers = Record<string, string | undefined>;

/** A proper WebSocket handshake with some headers changed, or left out where undefined. */
async function handshake(changed: Headers = {}, path = '/rpc') {
  const { port, token } = served;
  const proper: Headers = {
    Host: `127.0.0.1:${port}`,
    Origin: `http://127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': `strata, strata.${token}`,
  };
  const headers = Object.entries({ ...proper, ...changed }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return rawRequest({ port, path, headers: Object.fromEntries(headers) });
}

/** Sends bytes as they are and gives everything that comes back until the host ends the connection. */
async function bytes(sent: string): Promise<string> {
  const socket = connect(served.port, '127.0.0.1', () => socket.write(sent));
  return text(socket);
}

const port = (): number => served.port;
const token = (): string => served.token;

const csp = (port: number): string =>
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; font-src 'self' data:; " +
  `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}; ` +
  "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const begin = (options: object) =>
  serve({ workbench: hostFixture().workbench, staticDirectory: served.folder, ...options });

describe('the WebSocket gate', () => {
  test('lets the page in under both names of the host and answers with the plain subprotocol', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const host = `${name}:${served.port}`;
      const answer = await handshake({ Host: host, Origin: `http://${host}` });
      expect([answer.status, answer.headers['sec-websocket-protocol']]).toEqual([101, 'strata']);
      expect(JSON.stringify(answer.headers)).not.toContain(served.token);
    }
  });

  test.each<[string, () => Headers]>([
    ['a foreign origin', () => ({ Origin: 'http://evil.example' })],
    ['no origin', () => ({ Origin: undefined })],
    ['an opaque origin', () => ({ Origin: 'null' })],
    ['another port of this machine', () => ({ Origin: `http://127.0.0.1:${port() + 1}` })],
    ['another scheme', () => ({ Origin: `https://127.0.0.1:${port()}` })],
    [
      'an origin that only starts like ours',
      () => ({ Origin: `http://127.0.0.1:${port()}.evil.example` }),
    ],
    ['an origin with a path', () => ({ Origin: `http://127.0.0.1:${port()}/` })],
    ['a foreign name bound to this address', () => ({ Host: `evil.example:${port()}` })],
    ['a host without its port', () => ({ Host: '127.0.0.1' })],
    ['another loopback address', () => ({ Host: `127.0.0.2:${port()}` })],
    ['a name with a dot at its end', () => ({ Host: `localhost.:${port()}` })],
  ])('refuses %s with 403', async (_, changed) => {
    const answer = await handshake(changed());
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      expect.objectContaining({ code: 'ORIGIN_REFUSED' }),
    ]);
  });

  test.each<[string, () => string | undefined]>([
    ['no subprotocol', () => undefined],
    ['the subprotocol without a token', () => 'strata'],
    ['an empty token', () => 'strata, strata.'],
    ['a token without the subprotocol', () => `strata.${token()}`],
    ['a wrong token', () => `strata, strata.${'A'.repeat(43)}`],
    ['a token cut short', () => `strata, strata.${token().slice(0, -1)}`],
    ['a token with something after it', () => `strata, strata.${token()}A`],
    ['one guess among several', () => `strata, strata.${'A'.repeat(43)}, strata.${token()}`],
  ])('refuses %s with 401', async (_, protocols) => {
    const answer = await handshake({ 'Sec-WebSocket-Protocol': protocols() });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      401,
      expect.objectContaining({ code: 'UNAUTHORISED' }),
    ]);
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(answer.headers.connection).toBe('close');
  });

  test('does not look for a token in the address, nor at another path', async () => {
    const none = { 'Sec-WebSocket-Protocol': 'strata' };
    expect((await handshake(none, `/rpc?token=${served.token}`)).status).toBe(401);
    expect((await handshake({}, '/')).status).toBe(404);
  });

  test('ends a refused connection even if the other side would keep it', async () => {
    const answer = await bytes(
      `GET /rpc HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  });
});

describe('every answer', () => {
  test.each([
    ['the page', 'GET', '/', 200],
    ['nothing there', 'GET', '/nothing', 404],
    ['a method that is not answered', 'POST', '/', 405],
    ['a preflight', 'OPTIONS', '/', 405],
    ['an upload without a token', 'PUT', '/files/a.csv', 403],
  ])('carries the security headers: %s', async (_, method, path, status) => {
    const answer = await rawRequest({ port: served.port, method, path });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-security-policy': csp(served.port),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('to something that is not HTTP is a refusal with the same headers', async () => {
    const answer = await bytes('this is not HTTP\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(csp(served.port));
  });

  test('to a foreign name is a refusal, also for plain files', async () => {
    const foreign = { Host: `evil.example:${served.port}` };
    const answer = await rawRequest({ port: served.port, headers: foreign });
    expect([answer.status, answer.text]).toEqual([403, expect.not.stringContaining('<title>')]);
    const twice = await bytes(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nHost: evil\r\nConnection: close\r\n\r\n`,
    );
    expect(twice).toMatch(/^HTTP\/1\.1 40[03] /);
  });
});

describe('a host that is starting', () => {
  test('listens on the loopback address only and has a token of 256 random bits', async () => {
    expect(served.url).toBe(`http://127.0.0.1:${served.port}/`);
    expect(Buffer.from(served.token, 'base64url').byteLength).toBe(32);
    const second = await begin({});
    expect(second.token).not.toBe(served.token);
    await second.close();
    const outside = connect(served.port, '127.0.0.2');
    const [error] = (await once(outside, 'error')) as [{ code: string }];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('refuses other addresses, weak tokens and impossible ports', async () => {
    for (const options of [
      { host: '0.0.0.0' },
      { host: '::' },
      { token: 'short' },
      { port: 70_000 },
    ]) {
      await expect(begin(options)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    }
    const missing = { staticDirectory: `${served.folder}/none` };
    await expect(begin(missing)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(begin({ port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port} on this machine is taken by another program.`,
    });
    other.close();
  });

  test('cancels its own job when it closes, and waits for it', async () => {
    const { workbench } = hostFixture();
    let ended = false;
    workbench.job = async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended = true;
      return 'wound down';
    };
    const host = await begin({ workbench });
    host.jobs.start({ kind: 'run' });
    await host.close();
    expect(ended).toBe(true);
  });
});

test('the token stays out of everything the host logs', async () => {
  const socket = await openSocket(served);
  socket.send('{');
  await handshake({ Origin: 'http://evil.example' });
  const logged = served.host.logged.map(({ message, error }) => `${message} ${String(error)}`);
  expect(logged.join('\n')).not.toContain(served.token);
  socket.terminate();
});
