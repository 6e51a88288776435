import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

const good =
  '{"customer_id":"c","timestamp":"2024-01-01","amount":1.5,"tags":["a",{"x":null}],"ok":true}';

/** The language's own reader is strict: what it refuses is malformed. */
function expectedOutcome(text: string): string {
  if (/^[ \t\r]*(null)?[ \t\r]*$/.test(text)) return 'ignored';
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? 'formed'
      : 'not_an_object';
  } catch {
    return 'malformed_json';
  }
}

async function outcomes(texts: readonly string[]): Promise<string[]> {
  await workspace.ingest(`f${texts.length}.ndjson`, texts.join('\n'));
  await workspace.transform();
  const fates = await workspace.fates();
  const known = new Set(['ignored', 'malformed_json', 'not_an_object']);
  return fates.map(({ outcome }) => (known.has(outcome) ? outcome : 'formed'));
}

test('JSON is what RFC 8259 says and nothing more', async () => {
  const texts = [
    ...[good, ` \t${good}\r`, '\t{}', '{}', '[]', '1', '"x"', 'true', 'null', ' null ', ''],
    ...[
      '{}}',
      '{}{}',
      '{} x',
      '{"a":1,}',
      '{"a":[1,]}',
      '{,}',
      '{"a" 1}',
      '{a:1}',
      "{'a':1}",
      '{"a":1',
      '{"a"}',
    ],
    ...[
      '{"a":NaN}',
      '{"a":nan}',
      '{"a":NAN}',
      '{"a":Nan}',
      '{"a":INF}',
      '{"a":inf}',
      '{"a":Inf}',
      '{"a":-Infinity}',
    ],
    ...[
      '{"a":"NaN, }"}',
      '{"a":"x,]"}',
      '{"a":"\\"NaN"}',
      '{"info":"Nancy, }"}',
      '{"a,}":"inf"}',
      '{"a":"\\\\",}',
    ],
    ...[
      '{/*c*/"a":1}',
      '{"a":1}//c',
      '{"a":01}',
      '{"a":1.}',
      '{"a":.1}',
      '{"a":+1}',
      '{"a":1e}',
      '{"a":0x1}',
    ],
    ...[
      '{"a":"\\x"}',
      '{"a":"\\u12"}',
      '{"a":"\t"}',
      '{"a":"\u0001"}',
      '{"a":tru}',
      '{"a":True}',
      '{"a":undefined}',
    ],
    ...['\uFEFF{}', '{"a":"\\u0000"}', '{"a":"\u2028"}', '\u00a0{}', '{"\\u0061":1}', '{"":1}'],
  ];
  expect(await outcomes(texts)).toEqual(texts.map(expectedOutcome));
});

test('2,000 records with a character changed are told apart as the strict reader tells them', async () => {
  const random = createRandom(8259);
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    ' ',
    'NaN',
    'inf',
    '0',
    '.',
    '-',
    'e',
    "'",
    '/',
    'null',
    '\t',
  ];
  const texts = Array.from({ length: 2000 }, () => {
    const at = random.integer(good.length + 1);
    const piece = pieces[random.integer(pieces.length)] ?? '';
    return good.slice(0, at) + piece + good.slice(at + random.integer(3));
  });
  const expected = texts.map(expectedOutcome);
  const got = await outcomes(texts);
  expect(texts.filter((_, i) => got[i] !== expected[i])).toEqual([]);
  expect(new Set(expected)).toContain('formed');
  await workspace.expectConserved();
});

test('nesting 100,000 levels deep, a text of 5 MB and lone surrogates neither crash the run nor stop it', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const texts = [
    `{"customer_id":"deep","timestamp":"2024-01-01","amount":1,"x":${deep}}`,
    `{"customer_id":${deep},"timestamp":"2024-01-01","amount":1}`,
    '{"a":'.repeat(100_000),
    `{"customer_id":"big","timestamp":"2024-01-01","amount":1,"x":"${'é'.repeat(2_500_000)}"}`,
    '{"customer_id":"\\ud800","timestamp":"2024-01-01","amount":1}',
  ];
  await workspace.ingest('deep.ndjson', texts.join('\n'));
  await workspace.transform();
  const fates = await workspace.fates();
  expect(fates.map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'invalid_customer_id',
    'malformed_json',
    'accepted',
    'malformed_json',
  ]);
});

test('bytes that are no UTF-8 are quarantined as such, and kept as they are', async () => {
  const bytes = Buffer.from(`${good}\n${good.replace('"c"', '"c\xff"')}\n\xc0\xaf\n`, 'latin1');
  await workspace.ingest('bytes.ndjson', bytes);
  await workspace.transform();
  const fates = await workspace.fates();
  expect(fates.map(({ outcome }) => outcome)).toEqual(['accepted', 'invalid_utf8', 'invalid_utf8']);
  expect((await workspace.raw()).at(-1)?.text).toBe('\xc0\xaf');
});

test('of a key that stands there twice one value is taken, the same one each time', async () => {
  const twice = '{"customer_id":"c","timestamp":"2024-01-01","amount":1,"amount":2}';
  await workspace.ingest('twice.ndjson', `${twice}\n${twice}\n`);
  await workspace.transform();
  expect((await workspace.fates()).map(({ amount }) => amount)).toEqual(['1.0000', '1.0000']);
});
