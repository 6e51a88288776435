import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawRequest, type RawAnswer } from '../helpers/raw-request.ts';
import { servedHost, type ServedHost } from '../helpers/served-host.ts';

const script = `console.log(${JSON.stringify('Σ strata '.repeat(500))});\n`;
const hashedName = '/assets/index-DiwrgTda.js';

let served: ServedHost;
beforeAll(async () => {
  served = await servedHost();
  const page = join(served.folder, 'page');
  await mkdir(join(page, 'assets'));
  await mkdir(join(served.folder, 'page-of-another'));
  await writeFile(join(served.folder, 'page-of-another', 'secret.txt'), 'the secret');
  await writeFile(join(page, hashedName), script);
  await writeFile(join(page, 'plain name.css'), 'a{}');
  await writeFile(join(page, '.hidden'), 'the secret');
  await writeFile(join(page, 'ready.js'), script);
  await writeFile(join(page, 'ready.js.gz'), gzipSync('made by the build'));
  await symlink(join(served.folder, 'secret.txt'), join(page, 'link.txt'));
  await symlink(served.folder, join(page, 'linked'));
  await symlink(join(served.folder, 'page-of-another'), join(page, 'neighbour'));
});
afterAll(() => served.close());

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<RawAnswer> {
  return rawRequest({ port: served.port, path, headers, method });
}

describe('the files of the page', () => {
  test('are served with their types, the index at the root', async () => {
    const [index, asset, css] = await Promise.all([
      get('/'),
      get(hashedName),
      get('/plain%20name.css?v=1'),
    ]);
    expect([index.status, index.headers['content-type'], index.text]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html><title>Strata</title>',
    ]);
    expect([asset.headers['content-type'], asset.text]).toEqual([
      'text/javascript; charset=utf-8',
      script,
    ]);
    expect([css.headers['content-type'], css.text]).toEqual(['text/css; charset=utf-8', 'a{}']);
  });

  test('are kept for ever where their name is their content, and asked for again elsewhere', async () => {
    const [asset, index] = await Promise.all([get(hashedName), get('/')]);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(index.headers['cache-control']).toBe('no-cache');
    const again = await get('/', { 'If-None-Match': index.headers.etag ?? '' });
    expect([again.status, again.bytes.byteLength]).toEqual([304, 0]);
    await writeFile(join(served.folder, 'page', 'index.html'), 'another page');
    const changed = await get('/', { 'If-None-Match': index.headers.etag ?? '' });
    expect([changed.status, changed.text]).toEqual([200, 'another page']);
  });

  test('are compressed for those who take it, by the build or on the way', async () => {
    const offers = ['gzip', 'deflate, gzip;q=0.5', 'identity', 'gzip;q=0, br', 'x-gzip-not'];
    const answers = await Promise.all(
      offers.map((offer) => get(hashedName, { 'Accept-Encoding': offer })),
    );
    expect(answers.map((answer) => answer.headers['content-encoding'])).toEqual([
      'gzip',
      'gzip',
      undefined,
      undefined,
      undefined,
    ]);
    const [zipped, , whole] = answers;
    expect(gunzipSync(zipped?.bytes ?? '').toString('utf8')).toBe(script);
    expect(zipped?.bytes.byteLength).toBeLessThan((whole?.bytes.byteLength ?? 0) / 10);
    expect([zipped?.headers.vary, zipped?.headers.etag === whole?.headers.etag]).toEqual([
      'Accept-Encoding',
      false,
    ]);
    const ready = await get('/ready.js', { 'Accept-Encoding': 'gzip' });
    expect(gunzipSync(ready.bytes).toString('utf8')).toBe('made by the build');
  });

  test('answer HEAD as GET without the body, and no other method', async () => {
    const head = await get(hashedName, {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.bytes.byteLength]).toEqual([
      200,
      String(Buffer.byteLength(script)),
      0,
    ]);
    const others = ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'];
    const answers = await Promise.all(others.map((method) => get('/', {}, method)));
    expect(answers.map((answer) => [answer.status, answer.headers.allow])).toEqual(
      others.map(() => [405, 'GET, HEAD']),
    );
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e/secret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '/assets/..%c0%afsecret.txt',
    '/../page-of-another/secret.txt',
    '//secret.txt',
    '/.hidden',
    '/.%68idden',
    '/link.txt',
    '/linked/secret.txt',
    '/neighbour/secret.txt',
    '/index.html%00.txt',
    '/index.html/',
    '/assets',
    '/assets/',
    '/C:/secret.txt',
    '/index.html::$DATA',
    '/%',
    'http://127.0.0.1/index.html',
    '*',
  ])('do not include %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(answer.text).not.toMatch(/the secret|strata-host-/);
  });
});
