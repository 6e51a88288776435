import { describe, expect, it } from 'vitest';
import type { Opened } from './contract.ts';

const cases: readonly [sql: string, names: string[]][] = [
  ['select 1', []],
  ['from t', ['t']],
  ['select t.i, o.i from s.t left join other o using ("i") order by 2 desc, 1', ['other', 's.t']],
  ['select * from s.t natural left join other', ['other', 's.t']],
  ["select columns('i') from other o asof join s.t on o.i >= t.i", ['other', 's.t']],
  ['select a from s.t, t', ['s.t', 't']],
  ['select s.t.i, x.* from memory.s.t as x', ['memory.s.t']],
  ['select t.* exclude (i) from missing.t -- , s.t', ['missing.t']],
  ['select * from missing . t /* s.t */ x', ['missing.t']],
  [
    'with c as (select * from s.t), d as (from c) select * from d, (from other) o, s.missing c2',
    ['other', 's.missing', 's.t'],
  ],
  ['with recursive r(n) as (select 1 union all select n + 1 from r, s.t) select * from r', ['s.t']],
  ["select (select max(i) from s.t), 's.x' from other where i in (from t)", ['other', 's.t', 't']],
  ['from "odd name"."left", "a""b", "it\'s"."X"', ['"a""b"', '"it\'s".X', '"odd name"."left"']],
  ['create table made as select * from s.t', ['s.t']],
  ['select * from range(3), duckdb_tables()', []],
  ['with t as (from s.t) from t', ['s.t']],
  ['select t.i from s.t as t, missing m where t.i > 1', ['missing', 's.t']],
];

export function tableNamesContract(opened: Opened): void {
  describe('tableNames', () => {
    it.each(cases)('of %s', async (sql, names) => {
      const { connection } = opened;
      await connection.run(
        'create schema s; create table s.t (i integer); create table other (i integer)',
      );
      expect(await connection.tableNames(sql)).toEqual(names);
      const made = await connection.rows('select table_name from duckdb_tables() order by 1');
      expect(made).toEqual([{ table_name: 'other' }, { table_name: 't' }]);
    });

    it('of a view are those that it reads', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer); create view v as from t');
      expect(await connection.tableNames('select * from v')).toEqual(['t']);
    });

    it.each([
      'selec 1',
      'select * from',
      'select 1; select 2',
      '',
      'select $x from t',
      'select f(1)',
    ])('refuses what is not one statement that could run: %s', async (sql) => {
      await opened.connection.run('create table t (i integer)');
      const refused = opened.connection.tableNames(sql);
      await expect(refused).rejects.toMatchObject({ code: 'SQL_INVALID' });
    });
  });
}
