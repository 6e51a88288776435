import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../pipeline/engine/engine.ts';
import type { Opened } from './contract.ts';

const ROWS = 5000;
const index = Array.from({ length: ROWS }, (_, i) => i);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
/** NULLs fall differently in every chunk of 2,048. */
const some = <T>(make: (i: number) => T): (T | null)[] =>
  index.map((i) => ((i * 7919) % 13 < 3 || i === 2048 ? null : make(i)));
const isNull = '(i * 7919) % 13 < 3 or i = 2048';

/** A column, and what SQL alone says must then be in it; `i` runs from 0. */
const cases: readonly [string, ColumnData, string, string][] = [
  [
    'VARCHAR',
    { type: 'VARCHAR', values: some((i) => (i % 5 === 0 ? '' : `${i} is longer than twelve é😀`)) },
    'varchar',
    "case when i % 5 = 0 then '' else i || ' is longer than twelve ' || chr(233) || chr(128512) end",
  ],
  [
    'BLOB',
    { type: 'BLOB', values: some((i) => text(`bytes ${i} ${'x'.repeat(i % 40)}`)) },
    'blob',
    "('bytes ' || i || ' ' || repeat('x', i % 40))::blob",
  ],
  [
    'BIGINT',
    {
      type: 'BIGINT',
      values: some((i) => 9_007_199_254_740_993n * (i % 2 === 0 ? -1n : 1n) + BigInt(i)),
    },
    'bigint',
    '9007199254740993 * (case when i % 2 = 0 then -1 else 1 end) + i',
  ],
  [
    'INTEGER',
    { type: 'INTEGER', values: some((i) => i - 2_147_483_648) },
    'integer',
    'i - 2147483648',
  ],
  ['DOUBLE', { type: 'DOUBLE', values: some((i) => i / 8 - 100) }, 'double', 'i / 8.0 - 100'],
  [
    'TIMESTAMP',
    { type: 'TIMESTAMP', values: some((i) => BigInt(i - 2500) * 86_399_999_999n) },
    'timestamp',
    'make_timestamp((i - 2500) * 86399999999)',
  ],
  [
    'HEADERS',
    {
      type: 'HEADERS',
      values: some((i) =>
        Array.from({ length: i % 3 }, (_, n) => ({
          key: `k${i}`,
          value: n === 0 ? text(`${i}`) : null,
        })),
      ),
    },
    'struct("key" varchar, "value" blob)[]',
    `[{'key': 'k' || i, 'value': i::varchar::blob}, {'key': 'k' || i, 'value': null}][1:i % 3]`,
  ],
];

export function appendContract(opened: Opened): void {
  const count = async (table: string): Promise<unknown> =>
    (await opened.connection.rows(`select count(*) as n from ${table}`))[0]?.['n'];

  describe('append', () => {
    it.each(cases)('puts every %s where it belongs', async (_name, column, type, truth) => {
      const { connection } = opened;
      await connection.run(`create table t (i bigint, x ${type})`);
      await connection.append('t', [{ type: 'BIGINT', values: index.map(BigInt) }, column]);
      const wrong = await connection.rows(
        `select t.i, t.x from t
         where x is distinct from (case when ${isNull} then null else (${truth})::${type} end) order by i limit 3`,
      );
      expect(wrong).toEqual([]);
      expect(
        await connection.rows('select count(*) as n, count(distinct i) as d, count(x) as x from t'),
      ).toEqual([
        {
          n: ROWS,
          d: ROWS,
          x: Array.from(column.values as readonly unknown[]).filter((value) => value !== null)
            .length,
        },
      ]);
    });

    it('keeps adding to the same table, in a schema of its own name', async () => {
      const { connection } = opened;
      await connection.run('create schema own; create table own.t (i integer)');
      for (const values of [[1], [], [2, 3]]) {
        await connection.append('own.t', [{ type: 'INTEGER', values }]);
      }
      expect(await connection.rows('select i from own.t order by i')).toEqual([
        { i: 1 },
        { i: 2 },
        { i: 3 },
      ]);
    });

    it('takes typed arrays as they lie, also parts of others and beside columns with NULL', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer, d double, t varchar, n double)');
      const long = Float64Array.from({ length: ROWS + 7 }, (_, i) => (i - 7) / 3);
      const shifted = Int32Array.from({ length: ROWS + 3 }, (_, i) => 3 - i);
      long[7 + 5] = Number.NaN;
      long[7 + 6] = -0;
      await connection.append('t', [
        { type: 'INTEGER', values: shifted.subarray(3) },
        { type: 'DOUBLE', values: long.subarray(7) },
        { type: 'VARCHAR', values: index.map((i) => (i % 3 === 0 ? null : `row ${i}`)) },
        { type: 'DOUBLE', values: index.map((i) => (i % 4 === 0 ? null : i)) },
      ]);
      const wrong = await connection.rows(
        `select * from t where t is distinct from (case when -i % 3 <> 0 then concat('row ', -i) end)
           or n is distinct from (case when -i % 4 <> 0 then -i end)
           or (-i not in (5, 6) and d is distinct from -i::double / 3) limit 3`,
      );
      expect(wrong).toEqual([]);
      const { columns } = await connection.numbers(
        'select d from t where i in (-5, -6) order by i desc',
      );
      expect(columns['d']).toEqual(Float64Array.of(Number.NaN, -0));
      expect(await count('t')).toBe(ROWS);
    });

    it('leaves nothing in a transaction that is rolled back, everything in one that commits', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer)');
      const column: ColumnData = { type: 'INTEGER', values: index };
      const failed = connection.transaction(async () => {
        await connection.append('t', [column]);
        expect(await count('t')).toBe(ROWS);
        throw new Error('stop here');
      });
      await expect(failed).rejects.toThrow('stop here');
      expect(await count('t')).toBe(0);
      await connection.transaction(() => connection.append('t', [column]));
      expect(await count('t')).toBe(ROWS);
    });

    it.each<[string, ColumnData[]]>([
      [
        'a NULL that the table refuses, in its last row',
        [{ type: 'INTEGER', values: [...index, null] }],
      ],
      ['a number that does not fit', [{ type: 'INTEGER', values: [...index, 3e9] }]],
      [
        'more columns than the table has',
        [
          { type: 'INTEGER', values: [1] },
          { type: 'INTEGER', values: [1] },
        ],
      ],
      [
        'columns of different length',
        [
          { type: 'INTEGER', values: [1] },
          { type: 'INTEGER', values: [] },
        ],
      ],
    ])('refuses %s and appends none of it', async (_name, columns) => {
      await opened.connection.run('create table t (i integer not null)');
      await expect(opened.connection.append('t', columns)).rejects.toMatchObject({
        code: 'SQL_INVALID',
      });
      expect(await count('t')).toBe(0);
    });

    it('refuses a table that is not there', async () => {
      const refused = opened.connection.append('nowhere.t', [{ type: 'INTEGER', values: [1] }]);
      await expect(refused).rejects.toMatchObject({ code: 'SQL_INVALID' });
    });
  });
}
