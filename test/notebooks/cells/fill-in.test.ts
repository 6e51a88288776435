import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameProblem, sqlWords } from '../../../pipeline/notebooks/cells/cell-name.ts';
import { fillInSql, references } from '../../../pipeline/notebooks/cells/fill-in.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => connection.closeSync());

const rows = async (sql: string): Promise<unknown[][]> =>
  (await connection.runAndReadAll(sql)).getRowsJson();

const hostile = [
  "' or 1=1 --",
  "'; drop table a; --",
  "\\' or 1=1 --",
  '" or ""="',
  '$$ || $$',
  '/* */ -- \n x',
  "''''",
  '\\',
  "\\\\'",
  '{{k}}',
  '\r\n\t\u0001\u2028\u{1F680}',
  '',
  ' ',
  "e'\\''",
];
const anyText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  fc
    .array(fc.constantFrom("'", '"', '\\', '$', '-', '/*', '*/', '\n', ';', '{{', '}}', 'a'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);

describe('a text that is filled into SQL', () => {
  test('is selected as it was given, whatever it holds, as DuckDB reads the query', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const sql = fillInSql(
          `select {{t}}, '<{{t}}>', e'<\\'{{t}}\\n>', /* {{nobody}} ' */ 'a''{{t}}''', 1 as "c{{t}}" -- {{nobody}} '
           where {{t}}={{t}} and 'x' <> {{ t }}||'.'`,
          { t: text },
        );
        const reader = await connection.runAndReadAll(sql);
        expect(reader.getRowsJson()).toEqual([
          [text, `<${text}>`, `<'${text}\n>`, `a'${text}'`, 1],
        ]);
        expect(reader.columnNames().at(-1)).toBe(`c${text}`);
      }),
      { numRuns: 300 },
    );
  });

  test('never leaves its place, wherever in a query its place is', async () => {
    const frames = [
      'select {{t}}',
      "select 'a'{{t}}",
      "select {{t}}'a'",
      'select {{t}}{{t}}',
      'select e{{t}}',
      'select x{{t}}',
      'select 1e{{t}}',
      "select e'a'\n{{t}}",
      "select e'a' -- c\n {{t}}",
      "select e'a'\n'{{t}}'",
      "select 1e'a{{t}}'",
      'select $${{t}}$$',
      'select $a${{t}}$a$',
      'select 5-{{t}}',
      'select "{{t}}"',
      "select [{{t}}, '{{t}}']",
      'select /* /* {{t}} */ {{t}} */ {{t}}',
      "select 'a' || {{t}} -- '\r || {{t}}",
    ];
    await connection.run('create or replace table canary as select 1 as a');
    const ends = ["'", "\\'", "\\\\'", '"', '\\"', '$$', '$a$', '*/', '\n', ''];
    const attacks = ends.map((end) => `${end} union all select 424242::varchar --`);
    for (const frame of frames) {
      for (const text of [...attacks, ...hostile]) {
        let found: unknown[][];
        try {
          found = await rows(`select * from (${fillInSql(frame, { t: text })}\n) limit 10`);
        } catch {
          // A query that DuckDB refuses gives nothing away.
          continue;
        }
        expect([frame, text, found.length, found.flat().includes('424242')]).toEqual([
          frame,
          text,
          1,
          false,
        ]);
      }
    }
    expect(await rows('select * from canary')).toEqual([[1]]);
  });

  test('is refused where SQL cannot hold it', () => {
    expect(() => fillInSql('select {{t}}', { t: 'a\0b' })).toThrow('holds a NUL');
    expect(() => fillInSql('select {{t}}', { t: '\ud800' })).toThrow('half a letter');
    expect(() => fillInSql('select $${{t}}$$', { t: 'a$' })).toThrow('holds "$"');
  });
});

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, min: -1e7, max: 1e7 }),
  fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 })).map(([n, places]) => n / 10 ** places),
  fc.maxSafeInteger(),
);

describe('a number that is filled into SQL', () => {
  test('is the same number in DuckDB', async () => {
    await fc.assert(
      fc.asyncProperty(anyNumber, async (value) => {
        const [[direct, text, less] = []] = await rows(
          fillInSql("select cast({{n}} as double), '{{n}}', 0-{{n}} = -cast({{n}} as double)", {
            n: value,
          }),
        );
        expect([Number(direct), Number(text), less]).toEqual([value + 0, value + 0, true]);
      }),
      {
        numRuns: 500,
        examples: [[0.000054404595641232236], [-0.1], [1e21], [123456.789], [5e-324]],
      },
    );
    expect(fillInSql('select 5-{{n}}, a limit {{k}}', { n: -3, k: 5 })).toBe(
      'select 5-(-3), a limit 5',
    );
    expect(() => fillInSql('{{n}}', { n: Number.NaN })).toThrow('no finite number');
  });

  test('glues to nothing', () => {
    expect(fillInSql('a{{k}} {{k}}b {{k}}{{k}} {{k}}.5 t.{{t}}', { k: 5, t: 'x' })).toBe(
      "a 5 5 b 5 5 5 .5 t.'x'",
    );
    expect(fillInSql('select {{b}}', { b: true })).toBe('select true');
  });
});

describe('names in double braces', () => {
  test('are found once each, in any context but comments', () => {
    expect(
      references(
        `select {{a}}, '{{ b }}', "{{c}}", $\${{d}}$$, {{a}} -- {{e}}\n/* {{f}} /* */ {{g}} */, '{{not this}}'`,
      ),
    ).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are told where no input has them, with the nearest', () => {
    expect(() => fillInSql('select {{regoin}}', { region: 'a', k: 1 })).toThrow(
      '{{regoin}} is no input of this notebook. Did you mean "region"?',
    );
    expect(() => fillInSql('select {{__proto__}}', {})).toThrow(
      '{{__proto__}} is no input of this notebook.',
    );
    expect(() => fillInSql('select {{ k | upper }}', { k: 1 })).toThrow(
      'is not the name of an input in double braces',
    );
    expect(fillInSql("select '{{ k | upper }}', {{K}}", { k: 1 })).toBe(
      "select '{{ k | upper }}', 1",
    );
  });

  test('may be no word that DuckDB reserves, and these are the ones that it does', async () => {
    const words = await rows(
      "select keyword_name from duckdb_keywords() where keyword_category in ('reserved', 'type_function') order by 1",
    );
    expect([...sqlWords].toSorted()).toEqual(words.flat().map(String).toSorted());
    expect(nameProblem('SELECT')).toContain('word of SQL');
    expect(nameProblem('top_customers')).toBeNull();
  });
});
