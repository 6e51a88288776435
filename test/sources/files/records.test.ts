import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LineSurvey } from '../../../pipeline/sources/files/line-survey.ts';
import { LONGEST_LINE } from '../../../pipeline/sources/files/node/land-records.ts';
import { type FileRecord, LineSplitter } from '../../../pipeline/sources/files/split-records.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import {
  type Content,
  latin,
  type TemporaryWorkspace,
  temporaryWorkspace,
} from '../../helpers/workspace.ts';
import { twinRecords } from './twin-records.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

const HEADER = 'customer_id,timestamp,amount\n';

/** Whether the quick way may be taken. */
function isPlain(content: Content, delimiter?: string): boolean {
  const survey = new LineSurvey({ delimiter, longest: LONGEST_LINE });
  survey.add(Buffer.from(content));
  survey.finish();
  return survey.plain;
}

const spellings: readonly [string, Content][] = [
  ['a byte order mark', '\uFEFF{"a":1}\n{"b":1}\n'],
  ['CRLF', '{"a":2}\r\n{"b":2}\r\n'],
  ['mixed line ends', '{"a":3}\r\n{"b":3}\n{"c":3}\r\n'],
  ['a lone CR', '{"a":4}\r{"b":4}\n{"c":4}\r'],
  ['blank lines', '\n\n{"a":5}\n\n{"b":5}\n\n'],
  ['lines of space', '  \n{"a":6}\n\t\n'],
  ['no line end at the end', '{"a":7}\n{"b":7}'],
  ['quotes that a CSV reader would take', '{"a":"8\n"b":8"}\n'],
  ['NUL bytes', '{"a":"\0"}\n\0\n'],
  ['bytes that are no UTF-8', Buffer.from('{"a":"\xff\xfe"}\n\xc3(\n\xed\xa0\x80\n', 'latin1')],
  ['line separators that are none here', '{"a":"\u2028\u2029\u0085"}\n\v\f\n'],
  [
    'the bytes that the quick reader is told as marks',
    '{"a":9}\n\u0003\u0004\n\u0001\u0002\n\\N\nNULL\n',
  ],
  ['a byte order mark and nothing else', '\uFEFF'],
  ['a byte order mark twice', '\uFEFF\uFEFF{"a":10}\n'],
];

describe('a line of a file stands in raw byte by byte under its line number', () => {
  test.each(spellings)('%s', async (name, content) => {
    const expected = twinRecords(latin(content));
    const plainly = await workspace.ingest(`${name}.ndjson`, content);
    const rows = plainly.records === 0 ? [] : await workspace.raw();
    await workspace.ingest(`${name}.ndjson.gz`, gzipSync(Buffer.from(content)));
    const zipped = plainly.records === 0 ? [] : await workspace.raw();
    expect({ rows, zipped }).toEqual({ rows: expected, zipped: expected });
  });

  test('a record of 5 MB, in NDJSON and in CSV', async () => {
    const long = 'x,é'.repeat(1_300_000);
    const json = `{"a":"${long}"}\n{"b":1}\n`;
    await workspace.ingest('long.ndjson', json);
    expect(await workspace.raw()).toEqual(twinRecords(latin(json)));
    const csv = `${HEADER}c1,2024-01-01,"${long}"\nc2,2024-01-01,5\n`;
    await workspace.ingest('long.csv', csv);
    expect(await workspace.raw()).toEqual(twinRecords(latin(csv), ',').slice(1));
  });
});

const tables: readonly [string, Content][] = [
  [
    'quoted line breaks',
    `${HEADER}"a\nb",2024-01-01,1\r\n"c\r\nd",2024-01-01,2\nlast,2024-01-01,3`,
  ],
  ['stray quotes', `${HEADER}5" pipe,2024-01-01,"1\n2"\nli"ne"s,2024-01-01,2\n`],
  ['even quotes that yet span lines', `${HEADER}5" pipe,"multi\nli"ne"s,2024-01-01,2"\n`],
  ['doubled quotes', `${HEADER}"say ""hi""",2024-01-01,1\n"""\n""",2024-01-01,2\n`],
  ['a quote never closed', `${HEADER}a,2024-01-01,1\n"b,2024-01-01,2\nc,2024-01-01,3\n`],
  [
    'a header in quotes with a line break',
    `"customer_id",timestamp,amount,"no\nte"\na,2024-01-01,1,x\n`,
  ],
];

test.each(tables)('CSV records are found as RFC 4180 says: %s', async (name, content) => {
  await workspace.ingest(`${name}.csv`, content);
  expect(await workspace.raw()).toEqual(twinRecords(latin(content), ',').slice(1));
});

const alphabets = [
  ['a', 'b', ' ', ',', '\n'],
  ['a', ',', '"', '\n'],
  ['a', '""', ',"', '",', '\n', 'x"y'],
  ['a', ',', '\r\n'],
  ['é', '\u2028', '\0', '\u0001', ',', '\n', '"a"'],
  ['a', '"', ',', '\n', '\r\n', '\r', '\xff', '\ufeff', '\n\n'],
];

test('files at random land as the slow twin reads them, whichever way they are read', async () => {
  const random = createRandom(20_240_101);
  const ways = { plain: 0, split: 0 };
  for (let i = 0; i < 180; i++) {
    const alphabet = alphabets[i % alphabets.length] ?? [];
    const length = random.integer(40);
    const tokens = Array.from({ length }, () => alphabet[random.integer(alphabet.length)] ?? '');
    const delimiter = i % 4 === 0 ? undefined : ',';
    const start = `${delimiter === undefined ? '' : HEADER}first${i}\n`;
    const bytes = Buffer.concat([
      Buffer.from(start),
      ...tokens.map((token) => Buffer.from(token, token === '\xff' ? 'latin1' : 'utf8')),
    ]);
    ways[isPlain(bytes, delimiter) ? 'plain' : 'split']++;
    const twin = twinRecords(latin(bytes), delimiter);
    const name = delimiter === undefined ? `r${i}.ndjson` : `r${i}.csv`;
    await workspace.ingest(name, bytes);
    expect({ i, rows: await workspace.raw() }).toEqual({
      i,
      rows: delimiter === undefined ? twin : twin.slice(1),
    });
  }
  expect(ways.plain).toBeGreaterThan(30);
  expect(ways.split).toBeGreaterThan(30);
});

test('how a file is cut into chunks changes no record, also where a quoted field is too long to be one', () => {
  const quoted = 'q\n'.repeat(600_000);
  const bytes = Buffer.from(`a,"${quoted}",1\nb,"two\nlines",2\n"${'z""\n'.repeat(1000)}",3\nc\n`);
  const split = (size: number): string[] => {
    const splitter = new LineSplitter({ delimiter: ',' });
    const records: string[] = [];
    const take = (found: readonly FileRecord[]): void => {
      for (const { position, bytes: record } of found) {
        records.push(`${position} ${latin(record.subarray(0, 40))} ${record.length}`);
      }
    };
    for (let at = 0; at < bytes.length; at += size) {
      take(splitter.push(bytes.subarray(at, at + size)));
    }
    take(splitter.finish());
    return records;
  };
  const whole = split(bytes.length);
  expect(whole.length).toBeGreaterThan(600_000);
  for (const size of [262_144, 1 << 20, 1_048_577, 1_200_003]) expect(split(size)).toEqual(whole);
});
