import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ingestFile } from '../../../pipeline/sources/files/node/ingest-file.ts';
import {
  preset,
  type TemporaryWorkspace,
  temporaryWorkspace,
  transactions,
} from '../../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(async () => {
  workspace = await temporaryWorkspace();
});
afterEach(() => workspace.remove());

const line = (id: string): string => `{"customer_id":"${id}","timestamp":"2024-01-01","amount":1}`;
const landed = async (): Promise<(string | null)[]> => {
  const rows = await workspace.connection.rows<{ id: string | null }>(
    `select regexp_extract(decode(value), '"customer_id":"(.*?)"', 1) as id from raw.records order by all`,
  );
  return rows.map(({ id }) => id);
};

test('the same content lands once, also under another name; for another preset it is another source', async () => {
  const content = `${line('a')}\n${line('b')}\n`;
  await workspace.ingest('one.ndjson', content);
  const again = await workspace.ingest('one.ndjson', content);
  const renamed = await workspace.ingest('folder/two.ndjson', content);
  expect([again, renamed].map(({ records, note }) => [records, note])).toEqual([
    [0, 'its content landed before'],
    [0, 'its content landed before'],
  ]);
  const orders = await workspace.ingest('one.ndjson', content, { compiled: preset('orders') });
  expect(orders.records).toBe(2);
});

describe('of a file that has grown only what is new lands', () => {
  const ends: readonly [string, string, string][] = [
    ['whose last line had ended', '\n', ''],
    ['whose last line had not ended', '', '\n'],
    ['whose last line had not ended, with CRLF', '', '\r\n'],
  ];
  test.each(ends)('%s', async (_, had, added) => {
    const first = `${line('a')}\n${line('b')}${had}`;
    await workspace.ingest('log.ndjson', first);
    const grown = `${first}${added}${line('c')}`;
    expect((await workspace.ingest('log.ndjson', grown)).records).toBe(1);
    expect((await workspace.ingest('copy.ndjson', `${grown}\n${line('d')}\n`)).records).toBe(1);
    expect(await landed()).toEqual(['a', 'b', 'c', 'd']);
    expect((await workspace.raw(1)).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });

  test('a CSV whose header was there first', async () => {
    await workspace.ingest('log.csv', 'customer_id,timestamp,amount');
    await workspace.ingest(
      'log.csv',
      'customer_id,timestamp,amount\na,2024-01-01,1\n"b\nc",2024-01-01,1\n',
    );
    await workspace.ingest(
      'log.csv',
      'customer_id,timestamp,amount\na,2024-01-01,1\n"b\nc",2024-01-01,1\nd,2024-01-01,1',
    );
    expect(await workspace.raw(1)).toEqual([
      { position: 2, text: 'a,2024-01-01,1' },
      { position: 3, text: '"b\nc",2024-01-01,1' },
      { position: 5, text: 'd,2024-01-01,1' },
    ]);
    await workspace.transform();
    await workspace.expectConserved();
  });
});

test('an older state of a file that has grown since lands nothing', async () => {
  const states = ['a', 'b', 'c'].map((_, i, ids) =>
    ids
      .slice(0, i + 1)
      .map((id) => `${line(id)}\n`)
      .join(''),
  );
  for (const state of states) await workspace.ingest('log.ndjson', state);
  for (const [i, state] of states.entries()) await workspace.ingest(`backup${i}.ndjson`, state);
  expect(await landed()).toEqual(['a', 'b', 'c']);
});

test('what was added to an older state than the newest lands, and nothing else', async () => {
  await workspace.ingest('log.ndjson', `${line('a')}\n`);
  await workspace.ingest('log.ndjson', `${line('a')}\n${line('b')}\n`);
  await workspace.ingest('fork.ndjson', `${line('a')}\n${line('c')}\n`);
  expect(await landed()).toEqual(['a', 'b', 'c']);
  await workspace.transform();
  await workspace.expectConserved();
});

test('a line that was cut off when it was read is read again when it is whole, and no other', async () => {
  const text = `${line('a')}\n${line('b')}\n${line('c')}`;
  for (const cut of ['', '\r']) {
    const folder = cut === '' ? 'lf' : 'cr';
    await workspace.ingest(`${folder}.ndjson`, `${folder}\n${text.slice(0, -9)}${cut}`);
    await workspace.ingest(
      `${folder}.ndjson`,
      `${folder}\n${text.slice(0, -9)}${cut}${text.slice(-9)}\n${line('d')}`,
    );
    expect((await workspace.raw()).map(({ position }) => position)).toEqual([4, 5]);
    const again = await workspace.ingest(
      `${folder}.ndjson`,
      `${folder}\n${text.slice(0, -9)}${cut}${text.slice(-9)}\n${line('d')}\n${line('e')}`,
    );
    expect(again.records).toBe(1);
  }
  await workspace.transform();
  await workspace.expectConserved();
});

test('a changed file of the same size, and one cut short, are new content', async () => {
  await workspace.ingest('log.ndjson', `${line('a')}\n${line('b')}\n`);
  expect((await workspace.ingest('log.ndjson', `${line('a')}\n${line('x')}\n`)).records).toBe(2);
  expect((await workspace.ingest('log.ndjson', `${line('a')}\n`)).records).toBe(1);
});

test('two gzip members are one content, and the whole of it lands once', async () => {
  const content = Buffer.concat([gzipSync(`${line('a')}\n`), gzipSync(`${line('b')}\n`)]);
  await workspace.ingest('log.ndjson.gz', content);
  await workspace.ingest('again.ndjson.gz', content);
  expect(await landed()).toEqual(['a', 'b']);
});

test('a file that grew is read by the mapping of today, and so is what waits', async () => {
  const fields = { customer_id: 'customer_id', occurred_at: 'timestamp' };
  const before = transactions({ ...fields, amount: 'amount' });
  const after = transactions({ ...fields, amount: 'total' });
  const record = (n: number): string => `c${n},2024-01-01,${n},${n * 100}\n`;
  let text = 'customer_id,timestamp,amount,total\n';
  const grow = async (n: number, compiled: typeof before): Promise<string | undefined> => {
    text += record(n);
    return (await workspace.ingest('log.csv', text, { compiled })).note;
  };
  expect(await grow(1, before)).toBeUndefined();
  await workspace.transform();
  expect(await grow(2, before)).toBeUndefined();
  expect(await grow(3, after)).toContain('the mapping changed');
  expect(await grow(4, after)).toBeUndefined();
  await workspace.transform();
  expect((await workspace.fates()).map(({ amount }) => Number(amount))).toEqual([1, 200, 300, 400]);
  await workspace.expectConserved();
});

/** Bytes that this process has read so far, as Linux counts them. */
const bytesRead = (): number =>
  Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

test.skipIf(!existsSync('/proc/self/io'))(
  'a cancelled ingest of a file that may be known reads no further',
  async () => {
    const path = workspace.file('log.ndjson', `${line('a')}\n`);
    const options = { path, compiled: preset('bank') };
    await ingestFile(workspace.connection, options);
    // Zeros that take no room on the disk, but long to read.
    const size = 40 * 2 ** 30;
    truncateSync(path, size);
    const before = bytesRead();
    const abort = new AbortController();
    const cancelled = ingestFile(workspace.connection, { ...options, signal: abort.signal });
    const ended = expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    await setTimeout(200);
    abort.abort();
    await ended;
    expect(bytesRead() - before).toBeLessThan(size / 4);
  },
);

test('lines stand at their positions also where somebody let DuckDB forget their order', async () => {
  const customer = (n: number): string => `c${n}${'x'.repeat(60)}`;
  const content = Array.from({ length: 400_000 }, (_, i) => `${line(customer(i + 1))}\n`);
  await workspace.connection.run('set preserve_insertion_order = false');
  await workspace.ingest('log.ndjson', content.join(''));
  const [moved] = await workspace.connection.rows<{ n: number }>(
    `select count(*) as n from raw.records
     where regexp_extract(decode(value), ':"c([0-9]+)', 1)::integer <> position`,
  );
  expect(moved?.n).toBe(0);
});

test('a cancelled ingest lands nothing and can be done again', async () => {
  const path = workspace.file(
    'log.csv',
    `customer_id,timestamp,amount\n${'"a\nb",2024-01-01,1\n'.repeat(100_000)}`,
  );
  const abort = new AbortController();
  const options = { path, compiled: preset('bank') };
  const cancelled = ingestFile(workspace.connection, {
    ...options,
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await landed()).toEqual([]);
  expect((await ingestFile(workspace.connection, options)).records).toBe(100_000);
});

test('what is added while a file is read lands the next time, once', async () => {
  // A blank line keeps the file from the quick way, which is done before anything could be added.
  const ids = Array.from({ length: 60_000 }, (_, i) => `a${i}`);
  const first = `\n${ids.map((id) => `${line(id)}\n`).join('')}`;
  const path = workspace.file('live.ndjson', first.slice(0, -10));
  const options = { path, compiled: preset('bank') };
  let added = false;
  await ingestFile(workspace.connection, {
    ...options,
    onProgress: () => {
      if (!added) appendFileSync(path, `${first.slice(-10)}${line('b')}\n`);
      added = true;
    },
  });
  expect((await landed()).length).toBe(1 + ids.length);
  await ingestFile(workspace.connection, options);
  await ingestFile(workspace.connection, options);
  // The last line stands there as it was when it was cut off, too.
  const all = (await landed()).filter((id) => id !== '');
  expect(new Set(all)).toEqual(new Set([...ids, 'b']));
  expect(all.length).toBe(ids.length + 2);
});
