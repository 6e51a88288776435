import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asAppError } from '../../../pipeline/contract/errors.ts';
import { ingestFile } from '../../../pipeline/sources/files/node/ingest-file.ts';
import {
  codeOf,
  type Content,
  preset,
  type TemporaryWorkspace,
  temporaryWorkspace,
} from '../../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

const texts = async (): Promise<(string | null)[]> =>
  (await workspace.raw()).map(({ text }) => text);

async function count(table: string): Promise<number> {
  const [row] = await workspace.connection.rows<{ n: number }>(
    `select count(*) as n from ${table}`,
  );
  return row?.n ?? -1;
}

describe('JSON', () => {
  const values: readonly [string, string, string[]][] = [
    ['an array', '[{"a":1},\n {"b":[1,{"c":"]}"}]} ,2]', ['{"a":1}', '{"b":[1,{"c":"]}"}]}', '2']],
    [
      'pretty-printed objects',
      '{\n "a": 1\n}\n{\n "b": "\\"}"\n}',
      ['{\n "a": 1\n}', '{\n "b": "\\"}"\n}'],
    ],
    ['a nested array', '[[1,2],[],null,"x"]', ['[1,2]', '[]', 'null', '"x"']],
    ['a cut off element', '[{"a":3},{"b"', ['{"a":3}', '{"b"']],
    ['what follows the end', '[{"a":4}] tail', ['{"a":4}', 'tail']],
    ['a bracket too many', '[{"a":5}]]', ['{"a":5}', ']']],
    ['an unclosed string', '[{"a":"6}, {"b":1}]', ['{"a":"6}, {"b":1}]']],
  ];
  test.each(values)(
    'every value is a record, whole and malformed ones: %s',
    async (name, text, expected) => {
      await workspace.ingest(`${name}.json`, text, { format: 'json' });
      expect(await texts()).toEqual(expected);
    },
  );

  test('a record split over chunks of a gigantic array comes out whole', async () => {
    const objects = Array.from(
      { length: 30_000 },
      (_, i) => `{"a":"${'é]"'.replaceAll('"', '\\"').repeat(i % 50)}${i}"}`,
    );
    await workspace.ingest('large.json', `[${objects.join(',\n')}]`);
    expect(await texts()).toEqual(objects.map((text) => Buffer.from(text).toString('latin1')));
  });
});

describe('Parquet', () => {
  const write = (name: string, sql: string): Promise<number> => {
    mkdirSync(join(workspace.folder, name, '..'), { recursive: true });
    return workspace.connection.run(
      `copy (${sql}) to '${join(workspace.folder, name)}' (format parquet)`,
    );
  };
  const land = (name: string) =>
    ingestFile(workspace.connection, {
      path: join(workspace.folder, name),
      compiled: preset('bank'),
    });

  test('a row is a JSON object with exact numbers, in the order of the file', async () => {
    await write(
      'rows.parquet',
      `select i as customer_id, cast(i as decimal(18,4)) / 10 * 0 + 99999999999999.9999::decimal(18,4) as amount,
         9007199254740993 as big, timestamp '2024-01-01 10:00:00' as timestamp, null as category from range(3000) t(i)`,
    );
    expect((await land('rows.parquet')).records).toBe(3000);
    const rows = await workspace.raw();
    expect(rows.map(({ position }) => position)).toEqual(
      Array.from({ length: 3000 }, (_, i) => i + 1),
    );
    expect(JSON.parse(rows[7]?.text ?? '')).toMatchObject({
      customer_id: 7,
      timestamp: '2024-01-01 10:00:00',
    });
    expect(rows[7]?.text).toContain('"big":9007199254740993');
  });

  test('neither a column called r nor a folder called year=2024 changes a row', async () => {
    await write('year=2024/r.parquet', "select 'c' as customer_id, 7 as r");
    await land('year=2024/r.parquet');
    expect(await texts()).toEqual(['{"customer_id":"c","r":7}']);
  });

  test('a file that is none, or half of one, is refused and leaves nothing', async () => {
    const before = [await count('raw.records'), await count('ops.sources')];
    const codes = [
      await codeOf(() => workspace.ingest('text.parquet', 'customer_id,amount\n')),
      await codeOf(() => workspace.ingest('half.parquet', 'PAR1 and then something else')),
    ];
    expect(codes).toEqual(['FILE_UNREADABLE', 'FILE_UNREADABLE']);
    expect([await count('raw.records'), await count('ops.sources')]).toEqual(before);
  });
});

describe('a file that cannot be used', () => {
  const gzip = gzipSync(
    Buffer.from(Array.from({ length: 50_000 }, (_, i) => `{"a":${i * 7919}}`).join('\n')),
  );
  const flipped = Buffer.from(gzip);
  flipped[gzip.length >> 1] = (flipped[gzip.length >> 1] ?? 0) ^ 0x55;
  const bad: readonly [string, string, Content, string][] = [
    [
      'UTF-16',
      'a.csv',
      Buffer.from('\uFEFFcustomer_id,timestamp,amount\n', 'utf16le'),
      'FILE_FORMAT',
    ],
    ['a ZIP archive', 'b.csv', 'PK\u0003\u0004 and so on', 'FILE_FORMAT'],
    ['bytes of no known kind', 'c.dat', Buffer.from([1, 2, 3, 0, 255]), 'FILE_FORMAT'],
    ['CSV without a header', 'd.csv', '\n\n', 'FILE_FORMAT'],
    ['CSV without the fields of the mapping', 'e.csv', 'customer_id,amount\nc,1\n', 'FILE_FIELDS'],
    [
      'CSV that has a needed field twice',
      'f.csv',
      'customer_id,timestamp,amount,amount\nc,2024-01-01,1,2\n',
      'FILE_FIELDS',
    ],
    [
      'a header without an end',
      'g.csv',
      'customer_id,timestamp,amount,'.repeat(20_000),
      'FILE_FORMAT',
    ],
    [
      'no gzip after its mark',
      'h.csv.gz',
      Buffer.from([0x1f, 0x8b, 9, 9, 9, 9]),
      'FILE_UNREADABLE',
    ],
    ['gzip with a flipped byte', 'i.ndjson.gz', flipped, 'FILE_UNREADABLE'],
    ['gzip cut off in its checksum', 'j.ndjson.gz', gzip.subarray(0, -3), 'FILE_UNREADABLE'],
    ['gzip cut in half', 'k.ndjson.gz', gzip.subarray(0, gzip.length >> 1), 'FILE_UNREADABLE'],
    ['gzip cut off early', 'l.ndjson.gz', gzip.subarray(0, 60), 'FILE_UNREADABLE'],
  ];
  test.each(bad)('%s: one clear code, and nothing of it kept', async (_, name, content, code) => {
    const tables = ['raw.records', 'ops.sources', 'ops.batches', 'ops.offsets'];
    const before = await Promise.all(tables.map(count));
    expect(await codeOf(() => workspace.ingest(name, content))).toBe(code);
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  test('a folder and a missing file are told apart, by their names', async () => {
    const land = (path: string) =>
      ingestFile(workspace.connection, { path, compiled: preset('bank') }).then(String, asAppError);
    const missing = join(workspace.folder, 'not there.csv');
    expect(await land(workspace.folder)).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { path: workspace.folder },
    });
    expect(await land(missing)).toMatchObject({
      code: 'FILE_NOT_FOUND',
      details: { path: missing },
    });
  });

  test('an empty file, a header alone and an empty gzip land nothing and are no errors', async () => {
    const records = [
      await workspace.ingest('empty.csv', ''),
      await workspace.ingest('header.csv', 'customer_id,timestamp,amount'),
      await workspace.ingest('empty.ndjson.gz', gzipSync('')),
      await workspace.ingest('empty.json', ' [ ] '),
    ].map((report) => report.records);
    expect(records).toEqual([0, 0, 0, 0]);
  });

  test('a name with *, ? or [ is that file and no pattern', async () => {
    workspace.file('g1.ndjson', '{"wrong":1}\n');
    await workspace.ingest('g[1].ndjson', '{"right":1}\n');
    expect(await texts()).toEqual(['{"right":1}']);
    workspace.file('gx.ndjson', '{"wrong":2}\n');
    await workspace.ingest('g?.ndjson', '{"right":2}\n');
    expect(await texts()).toEqual(['{"right":2}']);
    await workspace.ingest('g*.ndjson', '{"right":3}\n');
    expect(await texts()).toEqual(['{"right":3}']);
  });
});
