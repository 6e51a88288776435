import { describe, expect, it } from 'vitest';
import type { SqlParameters, SqlValue } from '../../pipeline/engine/engine.ts';
import type { Opened } from './contract.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** BLOBs may come as any Uint8Array; what counts is what is in them. */
const comparable = (value: SqlValue | undefined): unknown =>
  value instanceof Uint8Array ? { bytes: [...value] } : value;

/** A value, the SQL that says what the engine must have understood, and what that gives. */
const parameters: readonly [string, SqlParameters[string], string, SqlValue][] = [
  ['a whole number', 3, "$x = 3 and typeof($x) in ('INTEGER', 'BIGINT')", true],
  ['a whole number beyond 32 bits', 3e9, '$x = 3000000000', true],
  ['a fraction', 0.1, '$x = 0.1::double', true],
  ['the largest BIGINT', 2n ** 63n - 1n, '$x::varchar', '9223372036854775807'],
  ['the smallest BIGINT', -(2n ** 63n), '$x::varchar', '-9223372036854775808'],
  ['true', true, '$x is true', true],
  ['null', null, '$x is null', true],
  ['an empty text, which is not null', '', "$x = '' and $x is not null", true],
  ['a quote and a statement in a text', "'; drop table t; --", 'length($x)', 19],
  ['text beyond the BMP', 'é漢😀', '$x = concat(chr(233), chr(28450), chr(128512))', true],
  ['a NUL inside a text', 'a\0b', 'length($x)', 3],
  ['bytes that are no UTF-8', bytes(0, 255, 195, 40), 'hex($x)', '00FFC328'],
  ['no bytes at all', bytes(), 'octet_length($x)', 0],
];

/** What SQL says, and what JavaScript must see. */
const conversions: readonly [string, unknown][] = [
  ['9007199254740991::bigint', 9007199254740991],
  ['9007199254740992::bigint', 9007199254740992n],
  ['(-9223372036854775807 - 1)::bigint', -(2n ** 63n)],
  ['18446744073709551615::ubigint', 2n ** 64n - 1n],
  ['170141183460469231731687303715884105727::hugeint', 2n ** 127n - 1n],
  ["'1.5'::decimal(4,2)", 1.5],
  ["'-0.0001'::decimal(18,4)", -0.0001],
  ["'99999999999.9999'::decimal(18,4)", 99999999999.9999],
  // Between 2^39 and 2^40 a double steps by more than 0.0001.
  ["'900719925474.0987'::decimal(18,4)", '900719925474.0987'],
  ["'-99999999999999.9999'::decimal(18,4)", '-99999999999999.9999'],
  ["'12345678901234567890.1234'::decimal(38,4)", '12345678901234567890.1234'],
  ['0.1::double + 0.2::double', 0.30000000000000004],
  ["'nan'::double", Number.NaN],
  ["'-infinity'::double", Number.NEGATIVE_INFINITY],
  ["date '2024-02-29'", '2024-02-29'],
  ["date '1969-12-31'", '1969-12-31'],
  ["date '0001-01-01'", '0001-01-01'],
  ["timestamp '2024-02-29 23:59:59'", '2024-02-29T23:59:59Z'],
  ["timestamp '2024-02-29 23:59:59.25'", '2024-02-29T23:59:59.250Z'],
  // Milliseconds are cut, not rounded into the next second, before 1970 as after it.
  ["timestamp '2024-02-29 23:59:59.999999'", '2024-02-29T23:59:59.999Z'],
  ["timestamp '1969-12-31 23:59:59.999999'", '1969-12-31T23:59:59.999Z'],
  ["timestamp '1900-01-01 00:00:00.001'", '1900-01-01T00:00:00.001Z'],
  ["timestamp_s '2024-02-29 23:59:59'", '2024-02-29T23:59:59Z'],
  ["timestamp_ms '2024-02-29 23:59:59.25'", '2024-02-29T23:59:59.250Z'],
  ["timestamp_ns '1969-12-31 23:59:59.999999999'", '1969-12-31T23:59:59.999Z'],
  ["timestamp 'infinity'", 'infinity'],
  ["date '-infinity'", '-infinity'],
  ["'\\x00\\xFF'::blob", { bytes: [0, 255] }],
  ['true', true],
  ['null', null],
  ['[1, null, 3]', [1, null, 3]],
  ['[]', []],
  ["{'a': 1, 'b': [date '2024-01-01']}", { a: 1, b: ['2024-01-01'] }],
  ["map {'k': 9007199254740993::bigint}", [['k', 9007199254740993n]]],
];

export function valueContract(opened: Opened): void {
  describe('parameters', () => {
    it.each(parameters)('takes %s', async (_name, value, sql, expected) => {
      const rows = await opened.connection.rows(`select ${sql} as seen`, { x: value });
      expect(rows).toEqual([{ seen: expected }]);
    });

    it.each(parameters)('gives %s back as it came', async (_name, value) => {
      const [row] = await opened.connection.rows('select $x as back', { x: value });
      expect(comparable(row?.['back'])).toEqual(comparable(value));
    });

    it('refuses a BIGINT that does not fit instead of wrapping it round', async () => {
      const refused = opened.connection.rows('select $x as x', { x: 2n ** 64n });
      await expect(refused).rejects.toMatchObject({ code: 'SQL_INVALID' });
    });
  });

  describe('rows', () => {
    it.each(conversions)('gives %s as JavaScript can hold it', async (sql, expected) => {
      const [row] = await opened.connection.rows(`select ${sql} as x`);
      expect(comparable(row?.['x'])).toEqual(expected);
    });

    it('keeps every row, in order, of a result of many chunks', async () => {
      const rows = await opened.connection.rows('select i from range(10000) r(i) order by i desc');
      expect(rows).toEqual(Array.from({ length: 10_000 }, (_, i) => ({ i: 9999 - i })));
    });

    it('tells two columns of one name apart and takes __proto__ for a name', async () => {
      const [row] = await opened.connection.rows('select 1 as a, 2 as a, 3 as "__proto__"');
      expect(Object.values(row ?? {})).toEqual([1, 2, 3]);
      expect(Object.hasOwn(row ?? {}, '__proto__')).toBe(true);
    });

    it('tells a wrong statement as SQL_INVALID, whatever words are in it', async () => {
      for (const sql of ['select checksum from (select 1 as a)', "select error('disk full')"]) {
        await expect(opened.connection.rows(sql)).rejects.toMatchObject({ code: 'SQL_INVALID' });
      }
    });
  });

  describe('run', () => {
    it('gives the number of rows that the last of several statements changed', async () => {
      const changed = await opened.connection.run(
        'create table t (i integer); insert into t values (1), (2), (3); delete from t where i > 1',
      );
      expect(changed).toBe(2);
    });
  });

  describe('numbers and strings', () => {
    it('gives numeric columns of every width as doubles, NULL as NaN', async () => {
      const result = await opened.connection.numbers(
        `select (i % 100)::tinyint as a, i as b, i::hugeint as c, (i / 4)::decimal(18,4) as d,
           case when i % 3 > 0 then i end as e, i % 2 = 0 as f,
           i / 3 as g, case when i <> 2500 then i / 7 end as h
         from range(5000) r(i) order by i`,
      );
      const index = Array.from({ length: 5000 }, (_, i) => i);
      expect(result.rows).toBe(5000);
      expect(result.columns).toEqual({
        a: Float64Array.from(index, (i) => i % 100),
        b: Float64Array.from(index),
        c: Float64Array.from(index),
        d: Float64Array.from(index, (i) => i / 4),
        e: Float64Array.from(index, (i) => (i % 3 > 0 ? i : Number.NaN)),
        f: Float64Array.from(index, (i) => (i % 2 === 0 ? 1 : 0)),
        g: Float64Array.from(index, (i) => i / 3),
        // One NULL in the second of three chunks.
        h: Float64Array.from(index, (i) => (i === 2500 ? Number.NaN : i / 7)),
      });
    });

    it('gives empty columns for no rows', async () => {
      const result = await opened.connection.numbers('select 1 as a where false');
      expect(result).toEqual({ rows: 0, columns: { a: new Float64Array() } });
    });

    it.each(["select '5' as a", "select 'x' as a where false", "select date '2024-01-01' as a"])(
      'refuses what is no number, even if it looks like one or is empty: %s',
      async (sql) => {
        const refused = opened.connection.numbers(sql);
        await expect(refused).rejects.toMatchObject({ code: 'FEATURE_UNUSABLE' });
      },
    );

    it('gives a text column with its NULLs', async () => {
      const strings = await opened.connection.strings(
        "select case when i % 2 = 0 then 'é' || i end from range(3000) r(i) order by i",
      );
      expect(strings).toEqual(
        Array.from({ length: 3000 }, (_, i) => (i % 2 === 0 ? `é${i}` : null)),
      );
      expect(await opened.connection.strings("select 'a' where false")).toEqual([]);
    });
  });
}
