import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shareChoices } from '../../../pipeline/contract/notebook.ts';
import type { Connection, Engine } from '../../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import { treatedQuery } from '../../../pipeline/notebooks/share/treated-query.ts';

let engine: Engine;
let connection: Connection;

const table = {
  name: 'silver.people',
  columns: [
    { name: 'customer_id', type: 'VARCHAR' },
    { name: 'E-Mail "x"', type: 'VARCHAR' },
    { name: 'born', type: 'DATE' },
    { name: 'income', type: 'DECIMAL(18,4)' },
    { name: 'region', type: 'VARCHAR' },
  ],
};

beforeAll(async () => {
  engine = await openNativeEngine(':memory:');
  connection = await engine.connect();
  await connection.run(`create schema silver;
    create table silver.people (customer_id varchar, "E-Mail ""x""" varchar, born date, income decimal(18,4), region varchar);
    insert into silver.people values
      ('c1', 'ann@example.org', date '1980-05-17', 41234.5, 'north'),
      ('c2', null, null, 0, 'north'),
      ('c3', 'bob@mail.example.com', date '1999-12-31', -987.1, 'south')`);
});

afterAll(async () => {
  connection.close();
  await engine.close();
});

async function leaving(choices: object, salt = 'pepper'): Promise<object[]> {
  const query = treatedQuery(table, shareChoices.parse(choices), salt);
  return query === null ? [] : connection.rows(query.sql);
}

describe('what leaves of a table', () => {
  test('is all of it unless something else was chosen, under the same names', async () => {
    const rows = await leaving({});
    expect(rows).toHaveLength(3);
    expect(Object.keys(rows[0] ?? {})).toEqual(table.columns.map(({ name }) => name));
  });

  test('has neither values nor names of dropped columns, and is nothing where all are dropped', async () => {
    const drop = { 'silver.people.E-Mail "x"': 'drop', 'silver.people.customer_id': 'drop' };
    const [row = {}] = await leaving({ columns: drop });
    expect(Object.keys(row)).toEqual(['born', 'income', 'region']);
    const all = table.columns.map(({ name }) => [`silver.people.${name}`, 'drop']);
    expect(await leaving({ columns: Object.fromEntries(all) })).toEqual([]);
  });

  test('has hashes that keep equal values equal within an export and not between two; a missing value stays missing', async () => {
    const columns = { 'silver.people.customer_id': 'hash', 'silver.people.E-Mail "x"': 'hash' };
    const first = (await leaving({ columns })) as Record<string, string | null>[];
    const again = (await leaving({ columns })) as Record<string, string | null>[];
    const other = (await leaving({ columns }, 'salt')) as Record<string, string | null>[];
    expect(again).toEqual(first);
    expect(first.map((row) => row['E-Mail "x"'] === null)).toEqual([false, true, false]);
    expect(new Set(first.map(({ customer_id }) => customer_id)).size).toBe(3);
    expect(first[0]?.['customer_id']).toMatch(/^[0-9a-f]{16}$/);
    expect(other[0]?.['customer_id']).not.toBe(first[0]?.['customer_id']);
  });

  test('has only the rough size of what is generalised', async () => {
    const columns = Object.fromEntries(
      table.columns.map(({ name }) => [`silver.people.${name}`, 'generalise']),
    );
    const rows = (await leaving({ columns })) as Record<string, unknown>[];
    expect(rows.map((row) => [row['E-Mail "x"'], Number(row['income']), row['region']])).toEqual([
      ['@example.org', 40_000, 'n…'],
      [null, 0, 'n…'],
      ['@mail.example.com', -1000, 's…'],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/05-17|12-31|ann|bob/);
  });

  test('is groups with counts and means where it was aggregated, without those of too few', async () => {
    const drop = {
      'silver.people.E-Mail "x"': 'drop',
      'silver.people.customer_id': 'drop',
      'silver.people.born': 'drop',
    };
    const rows = await leaving({ columns: drop, aggregated: ['silver.people'], minimumCount: 2 });
    expect(rows).toEqual([{ region: 'north', income: 20_617.25, rows: 2 }]);
  });
});

describe('what could slip past a treatment', () => {
  async function odd(select: string, choices: object): Promise<Record<string, unknown>[]> {
    await connection.run(`create or replace table silver.odd as ${select}`);
    const columns = await connection.rows<{ name: string; type: string }>(
      `select column_name as name, data_type as type from duckdb_columns() where table_name = 'odd'`,
    );
    const parsed = shareChoices.parse(choices);
    const query = treatedQuery({ name: 'silver.odd', columns }, parsed, 'pepper');
    return query === null ? [] : connection.rows(query.sql);
  }
  const generalise = { columns: { 'silver.odd.v': 'generalise' } };

  test.each([
    ["'ann@example.org, call +49 30 901820'", 'a…'],
    ["'ann@example.org bob@example.com'", 'a…'],
    [String.raw`E'ann@example.org\nbob'`, 'a…'],
    ["'x@y'", 'x…'],
    ["''", '…'],
    ["{'mail': 'ann@example.org'}", '{…'],
    ["['ann@example.org']", '[…'],
    ["interval '37 days'", '3…'],
    ["'nan'::double", Number.NaN],
    ["timestamptz '2024-05-17 10:00:00+00'", '2024-05-01'],
  ])('%s becomes %s', async (value, expected) => {
    expect(await odd(`select ${value} as v`, generalise)).toEqual([{ v: expected }]);
  });

  test('names in another case are the same column and the same table', async () => {
    const choices = { columns: { 'Silver.ODD.V': 'drop' }, aggregated: ['SILVER.odd'] };
    expect(await odd('select 1 as v, 2 as w', choices)).toEqual([{ w: 2, rows: 1 }]);
  });

  test('groups of few stay out though the column that counts them is dropped or treated', async () => {
    const select = "select * from (values ('a', 2), ('b', 9)) as t(label, customers)";
    for (const treatment of ['drop', 'hash', 'generalise', 'keep']) {
      const columns = { 'silver.odd.customers': treatment };
      const rows = await odd(select, { columns, minimumCount: 5 });
      expect(rows.map(({ label }) => label)).toEqual(['b']);
    }
  });

  test('a column called rows stands beside the number of rows', async () => {
    expect(await odd("select 'x' as rows, 3 as w", { aggregated: ['silver.odd'] })).toEqual([
      { rows: 'x', w: 3, rows_2: 1 },
    ]);
  });
});
