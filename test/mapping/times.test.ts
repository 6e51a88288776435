import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preset, type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';
import { fatesOf } from './fates-of.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

const timeOf = (value: string): string => `{"customer_id":"c","timestamp":${value},"amount":1}`;

describe('times', () => {
  const read: Record<string, string> = {
    '"2024-01-01T10:00:00Z"': '2024-01-01 10:00:00',
    '"2024-01-01 10:00:00"': '2024-01-01 10:00:00',
    '"2024-01-01T10:00"': '2024-01-01 10:00:00',
    '"2024-01-01T10:00:00+02:00"': '2024-01-01 08:00:00',
    '"2024-01-01T10:00:00-0530"': '2024-01-01 15:30:00',
    '"2024-01-01T10:00:00+02"': '2024-01-01 08:00:00',
    '"2024-01-01T00:30:00.123456+01:00"': '2023-12-31 23:30:00.123456',
    '"2024-01-01 10:00:00 UTC"': '2024-01-01 10:00:00',
    '"2024-01-01"': '2024-01-01 00:00:00',
    '"2024-02-29"': '2024-02-29 00:00:00',
    '"1900-01-01"': '1900-01-01 00:00:00',
    '1704103200': '2024-01-01 10:00:00',
    '1704103200123': '2024-01-01 10:00:00.123',
    '1704103200123456': '2024-01-01 10:00:00.123456',
    '"1704103200"': '2024-01-01 10:00:00',
    '"1704103200123"': '2024-01-01 10:00:00.123',
  };
  const refused: Record<string, string> = {
    null: 'missing_occurred_at',
    '""': 'missing_occurred_at',
    '"2024-02-30"': 'invalid_occurred_at',
    '"2023-02-29"': 'invalid_occurred_at',
    '"2024-13-01"': 'invalid_occurred_at',
    '"2024-01-01T25:00:00Z"': 'invalid_occurred_at',
    '"2016-12-31T23:59:60Z"': 'invalid_occurred_at',
    '"2024-01-01 10:00:00 Europe/Berlin"': 'invalid_occurred_at',
    '"epoch"': 'invalid_occurred_at',
    '"Epoch"': 'invalid_occurred_at',
    '"infinity"': 'invalid_occurred_at',
    '"-infinity"': 'invalid_occurred_at',
    '"now"': 'invalid_occurred_at',
    '"yesterday"': 'invalid_occurred_at',
    '"01/02/2024"': 'invalid_occurred_at',
    true: 'invalid_occurred_at',
    '{"t":1}': 'invalid_occurred_at',
    '[2024]': 'invalid_occurred_at',
    '1.7e9': 'invalid_occurred_at',
    '-1': 'invalid_occurred_at',
    '12345': 'invalid_occurred_at',
    '"44-03-15 (BC)"': 'occurred_at_out_of_range',
    '"9999-12-31"': 'occurred_at_out_of_range',
    '"1899-12-31T23:59:59Z"': 'occurred_at_out_of_range',
    '99999999999999999': 'occurred_at_out_of_range',
  };

  test('are UTC whatever way they are written, and what is no time is none', async () => {
    const values = [...Object.keys(read), ...Object.keys(refused)];
    const fates = await fatesOf(workspace, timeOf, values);
    const times = await workspace.connection.rows<{ position: number; at: string }>(
      `select position, cast(occurred_at as varchar) as at from silver.transactions
       where source_id = (select max(source_id) from ops.sources)`,
    );
    const at = new Map(times.map((row) => [row.position, row.at]));
    const got = fates.map(({ position, outcome }) => [
      values[position - 1],
      outcome === 'accepted' ? at.get(position) : outcome,
    ]);
    expect(got).toEqual([...Object.entries(read), ...Object.entries(refused)]);
  });

  test('a day may be no word either, nor lie outside of what people live to see', async () => {
    const days = ['"2020-02-29"', '"infinity"', '"epoch"', '"0001-01-01"', '"2020-02-30"', 'null'];
    const lines = days.map((day, i) => `{"customer_id":"d${i}","signup_date":${day}}`);
    await workspace.ingest('days.ndjson', lines.join('\n'), { compiled: preset('demographics') });
    await workspace.transform();
    const rows = await workspace.connection.rows(
      "select customer_id, signup_date from silver.customers where customer_id like 'd%' order by all",
    );
    expect(rows).toEqual([
      { customer_id: 'd0', signup_date: '2020-02-29' },
      { customer_id: 'd5', signup_date: null },
    ]);
  });
});
