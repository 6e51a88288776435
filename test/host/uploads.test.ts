import { readdir, readFile, symlink, writeFile, mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rawRequest, type RawAnswer } from '../helpers/raw-request.ts';
import { servedHost, type ServedHost } from '../helpers/served-host.ts';

const limit = 1_000_000;

let served: ServedHost;
beforeEach(async () => {
  served = await servedHost({ maximumUploadBytes: limit });
});
afterEach(() => served.close());

interface Put {
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | Readable;
}

function proper(): Record<string, string> {
  const { port, token } = served;
  return { Origin: `http://127.0.0.1:${port}`, Authorization: `Bearer ${token}` };
}

function put(
  encodedName: string,
  { headers = proper(), body = 'a,b\n1,2\n' }: Put = {},
): Promise<RawAnswer> {
  const path = `/files/${encodedName}`;
  return rawRequest({ port: served.port, method: 'PUT', path, headers, body });
}

function files(): Promise<string[]> {
  return readdir(served.filesDirectory).catch(() => []);
}

describe('an upload', () => {
  test('arrives whole under its name, and again in its place', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 31) & 255));
    const name = 'Umsätze 2011 (größer).csv';
    const path = join(served.filesDirectory, name);
    for (const body of [bytes, Buffer.from('another')]) {
      const answer = await put(encodeURIComponent(name), { body });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([201, { path }]);
      expect(Buffer.compare(await readFile(path), body)).toBe(0);
    }
    expect(await files()).toEqual([name]);
  });

  test('of a client that asks first is told to go on, and a stranger is not', async () => {
    const headers = { ...proper(), Expect: '100-continue', 'Content-Length': '5' };
    const asks = (given: Record<string, string>) =>
      new Promise<string>((resolve, reject) => {
        const path = '/files/a.csv';
        const sent = request({
          port: served.port,
          method: 'PUT',
          path,
          headers: given,
          agent: false,
        });
        sent.on('error', reject).on('continue', () => sent.end('12345'));
        sent.on('response', (response) => resolve(`${response.statusCode}`));
        sent.flushHeaders();
      });
    expect(await asks(headers)).toBe('201');
    expect(await asks({ ...headers, Authorization: 'Bearer guess' })).toBe('401');
    expect(await readFile(join(served.filesDirectory, 'a.csv'), 'utf8')).toBe('12345');
  });

  test('needs the token, the origin and the host of the page', async () => {
    const { port, token } = served;
    const tries: [Record<string, string>, number][] = [
      [{ ...proper(), Authorization: `Bearer ${'A'.repeat(43)}` }, 401],
      [{ ...proper(), Authorization: `Basic ${token}` }, 401],
      [{ Origin: `http://127.0.0.1:${port}` }, 401],
      [{ Authorization: `Bearer ${token}` }, 403],
      [{ ...proper(), Origin: 'http://evil.example' }, 403],
      [{ ...proper(), Host: `evil.example:${port}` }, 403],
    ];
    for (const [headers, status] of tries) {
      expect((await put('a.csv', { headers })).status).toBe(status);
    }
    expect((await put(`a.csv?token=${token}`, { headers: {} })).status).toBe(403);
    expect(await files()).toEqual([]);
  });

  test.each([
    '',
    '..',
    '.bashrc',
    '%2e%2e%2fescaped.csv',
    '..%5cescaped.csv',
    'sub/escaped.csv',
    'sub%2fescaped.csv',
    '%2fetc%2fescaped.csv',
    'a%00.csv',
    'a%0a.csv',
    'a%e2%80%aevsc.exe',
    '%ff.csv',
    '%',
    'C:a.csv',
    'a.csv:stream',
    'NUL.csv',
    'com1',
    'a.csv.',
    'a.csv%20',
    'a.part',
    'x'.repeat(201),
    encodeURIComponent('🛒'.repeat(90)),
    'a.csv?x=1',
  ])('named "%s" is refused', async (name) => {
    const answer = await put(name);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      { code: 'UPLOAD_FAILED', message: expect.any(String), next: expect.any(String) },
    ]);
    expect(await files()).toEqual([]);
    expect(await readdir(served.folder)).not.toContain('escaped.csv');
  });

  test('that breaks off leaves nothing', async () => {
    const headers = { ...proper(), 'Content-Length': '100000' };
    const path = '/files/a.csv';
    const sent = request({ port: served.port, method: 'PUT', path, headers, agent: false });
    sent.on('error', () => {});
    sent.write('the beginning');
    expect(await eventuallyFiles(['a.csv.part'])).toEqual(['a.csv.part']);
    sent.destroy();
    expect(await eventuallyFiles([])).toEqual([]);
    expect(served.host.logged).toEqual([]);
  });

  test('that is still coming when the host closes leaves nothing', async () => {
    const body = new PassThrough();
    const headers = { ...proper(), 'Transfer-Encoding': 'chunked' };
    const sending = put('a.csv', { headers, body }).catch((error: unknown) => error);
    body.write('the beginning');
    expect(await eventuallyFiles(['a.csv.part'])).toEqual(['a.csv.part']);
    const { filesDirectory } = served;
    const left = served.closeServer().then(() => readdir(filesDirectory));
    expect(await left).toEqual([]);
    expect(await sending).toBeInstanceOf(Error);
  });

  test('that is too large is refused, whether it says so before or not', async () => {
    const body = Buffer.alloc(limit + 1);
    const said = await put('a.csv', { body });
    const headers = { ...proper(), 'Transfer-Encoding': 'chunked' };
    const endless = new PassThrough();
    endless.write(body);
    const unsaid = await put('b.csv', { headers, body: endless });
    endless.end();
    for (const answer of [said, unsaid]) {
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        413,
        expect.objectContaining({ code: 'UPLOAD_FAILED' }),
      ]);
    }
    expect(await files()).toEqual([]);
    expect((await put('c.csv', { body: body.subarray(1) })).status).toBe(201);
  });

  test('does not meet another one of the same name', async () => {
    const body = new PassThrough();
    const first = put('a.csv', { body });
    body.write('first');
    await eventuallyFiles(['a.csv.part']);
    const second = await put('A.csv', { body: 'second' });
    expect(second.status).toBe(409);
    body.end();
    expect((await first).status).toBe(201);
    expect(await readFile(join(served.filesDirectory, 'a.csv'), 'utf8')).toBe('first');
  });

  test('does not write through what lies in its way', async () => {
    await mkdir(served.filesDirectory);
    const outside = join(served.folder, 'outside.csv');
    await writeFile(outside, 'untouched');
    await symlink(outside, join(served.filesDirectory, 'a.csv'));
    await symlink(outside, join(served.filesDirectory, 'a.csv.part'));
    expect((await put('a.csv', { body: 'new' })).status).toBe(201);
    expect(await readFile(outside, 'utf8')).toBe('untouched');
    expect(await readFile(join(served.filesDirectory, 'a.csv'), 'utf8')).toBe('new');
  });

  test('says so where the folder cannot be written', async () => {
    await writeFile(served.filesDirectory, 'a file where a folder should be');
    const answer = await put('a.csv');
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      500,
      { code: 'FILE_UNWRITABLE' },
    ]);
    expect(served.host.logged).toEqual([]);
  });
});

async function eventuallyFiles(expected: string[]): Promise<string[]> {
  let found = await files();
  for (let tries = 0; tries < 200 && found.join() !== expected.join(); tries++) {
    await setTimeout(10);
    found = await files();
  }
  return found;
}
