import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryWorkspace, temporaryWorkspace } from '../../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(async () => {
  workspace = await temporaryWorkspace();
});
afterEach(() => workspace.remove());

const line = (id: string): string => `{"customer_id":"${id}","timestamp":"2024-01-01","amount":1}`;

describe('what gzip packs is known by what it says', () => {
  const grown: readonly [string, (text: string, more: string) => Uint8Array][] = [
    ['packed anew', (text, more) => gzipSync(text + more)],
    ['as a member added', (text, more) => Buffer.concat([gzipSync(text), gzipSync(more)])],
  ];
  test.each(grown)('of a file that has grown only what is new lands, %s', async (_, pack) => {
    const more = `${line('b')}\n${line('c')}\n`;
    await workspace.ingest('log.ndjson.gz', gzipSync(`${line('a')}\n`));
    expect(await workspace.ingest('log.ndjson.gz', pack(`${line('a')}\n`, more))).toMatchObject({
      records: 2,
      bytes: more.length,
    });
    const rows = [1, 2, 3].map((n) => ({ position: n, text: line('abc'.charAt(n - 1)) }));
    expect(await workspace.raw(1)).toEqual(rows);
  });

  test('a last line that had not ended, where the packed pieces end between its bytes', async () => {
    const pieces = ['customer_id,timestamp,amount\r\na,2024-01-01,1', '\r', '\nb,2024-01-01,2'];
    await workspace.ingest('log.csv.gz', gzipSync(pieces[0] ?? ''));
    const packed = Buffer.concat(pieces.map((piece) => gzipSync(piece)));
    expect((await workspace.ingest('log.csv.gz', packed)).records).toBe(1);
    expect(await workspace.raw(1)).toEqual([
      { position: 2, text: 'a,2024-01-01,1' },
      { position: 3, text: 'b,2024-01-01,2' },
    ]);
  });

  test('the same content lands once, packed and plain, and grows from one to the other', async () => {
    const [first, second] = [`${line('a')}\n`, `${line('b')}\n`];
    const records: number[] = [];
    for (const [name, content] of [
      ['log.ndjson', first],
      ['log.ndjson.gz', gzipSync(first)],
      ['log.ndjson.gz', gzipSync(first + second)],
      ['log.ndjson', first + second],
      ['log.ndjson.gz', gzipSync(first + second, { level: 1 })],
    ] as const) {
      records.push((await workspace.ingest(name, content)).records);
    }
    expect(records).toEqual([1, 0, 1, 0, 0]);
    const rows = [1, 2].map((n) => ({ position: n, text: line('ab'.charAt(n - 1)) }));
    expect(await workspace.raw(1)).toEqual(rows);
  });
});
