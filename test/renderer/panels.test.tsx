import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import type { KpiReport, KpiRow, WorkspaceStatus } from '../../pipeline/contract/schemas.ts';
import { layerCounts, screenState } from '../../renderer/pages/workbench/screen-state.ts';
import { kpis, type Kpi } from '../../renderer/panels/kpis/kpi-definitions.ts';
import {
  intervalOf,
  intervalWords,
  whiskerWords,
} from '../../renderer/panels/kpis/kpi-interval.ts';
import { monthlySeries, segmentBars } from '../../renderer/panels/kpis/kpi-series.ts';
import { unaccounted } from '../../renderer/panels/layers/conservation.tsx';
import { readAuthority } from '../../renderer/panels/run/authority-state.ts';
import { kafkaPlan } from '../../renderer/panels/run/job-inputs.ts';
import { noSignIn, passwordState } from '../../renderer/panels/run/sign-in-state.ts';
import { cellView, columnKind } from '../../renderer/panels/tables/column-kind.ts';
import { formatAmount, formatBytes, formatDay, formatNumber } from '../../renderer/ui/format.ts';

const sure = { kind: 'interval', low: 0, high: 0.5 } as const;
const few = { kind: 'too-few', customers: 12, needed: 30 } as const;
const unsaid = { kind: 'no-value' } as const;
const others = { clvGrowth: unsaid, aov: unsaid, contribution: unsaid };

function row(segmentId: number | null, churnRate: number | null): KpiRow {
  const segmentName = segmentId === null ? null : `S${segmentId}`;
  return {
    segmentId,
    segmentName,
    customers: 1,
    orders: 1,
    revenue: 1,
    clvGrowth: null,
    churnRate,
    aov: 1,
    contribution: 1,
  };
}

const report: KpiReport = {
  asOf: '2026-04-01',
  periodDays: 90,
  churnDays: 60,
  current: [row(null, 0.5), row(2, 0.3), row(1, 0), row(0, null)],
  level: 0.95,
  intervals: [
    { segmentId: null, churnRate: { kind: 'interval', low: 0.4, high: 0.6 }, ...others },
    { segmentId: 0, churnRate: unsaid, ...others },
    { segmentId: 1, churnRate: sure, ...others },
    { segmentId: 2, churnRate: few, ...others },
  ],
  monthly: [
    { ...row(1, 0.1), month: '2026-01-01' },
    { ...row(1, 0.3), month: '2026-03-01' },
    { ...row(0, 0), month: '2026-03-01' },
    { ...row(null, 0.2), month: '2026-03-01' },
  ],
};

function kpi(id: Kpi['id']): Kpi {
  const found = kpis.find((known) => known.id === id);
  if (found === undefined) throw new Error(`no KPI ${id}`);
  return found;
}

test('bars stand in order of id, without the whole, zero told apart from no value, each with how sure it is', () => {
  expect(segmentBars(report, kpi('churn-rate'))).toEqual([
    { id: 0, name: 'S0', value: null, spread: { kind: 'none' }, hover: null },
    {
      id: 1,
      name: 'S1',
      value: 0,
      spread: { kind: 'interval', low: 0, high: 0.5 },
      hover: 'between 0.0% and 50.0%',
    },
    {
      id: 2,
      name: 'S2',
      value: 0.3,
      spread: { kind: 'too-few' },
      hover: 'too few customers to say (12 of 30)',
    },
  ]);
});

test('an interval is told in words, with the sign of its KPI, and one that is lacking as no value', () => {
  const interval = { kind: 'interval', low: -0.021, high: 0.0914 } as const;
  expect(intervalWords(interval, 'signed-percent')).toBe('between -2.1% and +9.1%');
  expect(intervalWords({ kind: 'too-few', customers: 1, needed: 1200 }, 'amount')).toBe(
    'too few customers to say (1 of 1,200)',
  );
  expect(intervalWords(null, 'amount')).toBe('no value');
  expect(intervalOf(report, 7, 'aov')).toBeNull();
});

test('the definition says what whiskers and grey mean, at the confidence of the report and only where they are drawn', () => {
  expect(whiskerWords({ ...report, level: 0.9 }, 'churnRate')).toBe(
    'Whiskers: 90% of such intervals hold the true value; customers are taken as a sample. Grey: too few customers to say how sure the value is.',
  );
  expect(whiskerWords(report, 'aov')).toBe('');
});

test('a month that a segment lacks is null and a month of zero is zero', () => {
  expect(monthlySeries(report, kpi('churn-rate'))).toEqual({
    months: ['2026-01', '2026-02', '2026-03'],
    series: [
      { id: 0, name: 'S0', kind: 'segment', values: [null, null, 0] },
      { id: 1, name: 'S1', kind: 'segment', values: [0.1, null, 0.3] },
      { id: null, name: 'All', kind: 'whole', values: [null, null, 0.2] },
    ],
  });
  const shares = monthlySeries(report, kpi('contribution')).series;
  expect(shares.map((line) => line.id)).toEqual([0, 1]);
});

test("the parameters under a chart are the report's, not constants", () => {
  expect(kpi('churn-rate').parameters(report)).toEqual(['churn_days = 60', 'as_of = 2026-04-01']);
});

const none = { read: 0, accepted: 0, duplicate: 0, quarantined: 0, ignored: 0 };
function status(tables: WorkspaceStatus['tables']): WorkspaceStatus {
  return {
    path: '/w',
    name: 'w',
    asOf: null,
    tables,
    sources: [],
    quarantine: [],
    totals: none,
    pending: 0,
    lastRun: null,
    model: null,
    presets: [],
  };
}

test('the screen tells an empty workspace, one being filled, one not yet run and a full one apart', () => {
  const raw = { layer: 'raw', name: 'records', rows: 5 };
  const gold = { layer: 'gold', name: 'segment_kpis', rows: 5 };
  const idle = [
    { ...raw, rows: 0 },
    { ...gold, rows: 0 },
  ];
  expect(screenState(status(idle), false)).toBe('empty');
  expect(screenState(status(idle), true)).toBe('filling');
  expect(screenState(status([raw, { ...gold, rows: 0 }]), false)).toBe('landed');
  expect(screenState(status([raw, gold]), true)).toBe('full');
});

test('layers keep the order data flows in and leave out what is not a layer', () => {
  const counts = layerCounts([
    { layer: 'gold', name: 'g', rows: 1 },
    { layer: 'ops', name: 'runs', rows: 9 },
    { layer: 'raw', name: 'a', rows: 2 },
    { layer: 'raw', name: 'b', rows: 3 },
  ]);
  expect(counts.map(({ layer, rows }) => [layer, rows])).toEqual([
    ['raw', 5],
    ['silver', 0],
    ['features', 0],
    ['gold', 1],
  ]);
});

test('records that end nowhere or twice are found', () => {
  const whole = { read: 10, accepted: 6, duplicate: 2, quarantined: 1, ignored: 1 };
  expect(unaccounted(whole)).toBe(0);
  expect(unaccounted({ ...whole, accepted: 4 })).toBe(2);
  expect(unaccounted({ ...whole, ignored: 4 })).toBe(-3);
});

test('a Kafka job needs every field, splits brokers, and reads a time as UTC', () => {
  const fields = {
    brokers: ' a:1, b:2  c:3,',
    topic: ' t ',
    preset: 'bank',
    from: 'timestamp' as const,
    timestamp: '2026-01-02T03:04',
    offset: null,
    ssl: true,
    authority: '',
    signIn: noSignIn,
  };
  const password = passwordState(noSignIn, { brokers: [], ssl: false }, { kind: 'asking' });
  const state = { password, authority: { kind: 'public' } as const };
  const jobOf = (change: Partial<typeof fields>): unknown =>
    kafkaPlan({ ...fields, ...change }, state)?.job ?? null;
  expect(kafkaPlan(fields, state)).toEqual({
    keep: null,
    job: {
      kind: 'ingest-kafka',
      brokers: ['a:1', 'b:2', 'c:3'],
      topic: 't',
      preset: 'bank',
      from: { timestamp: '2026-01-02T03:04:00.000Z' },
      ssl: true,
    },
  });
  expect(jobOf({ timestamp: '' })).toBeNull();
  expect(kafkaPlan({ ...fields, from: 'offset' }, state)).toBeNull();
  expect(kafkaPlan({ ...fields, from: 'offset', offset: 0 }, state)?.job).toMatchObject({
    from: { offset: 0 },
  });
  expect(kafkaPlan({ ...fields, from: 'latest', brokers: ' , ' }, state)).toBeNull();
});

test('a Kafka job trusts the authority that was read, and waits for one that was not', async () => {
  const fields = {
    ...{ brokers: 'a:1', topic: 't', preset: 'bank', from: 'latest' as const, timestamp: '' },
    ...{ offset: null, ssl: true, authority: '', signIn: noSignIn },
  };
  const password = passwordState(noSignIn, { brokers: [], ssl: true }, { kind: 'asking' });
  const [pem = ''] = rootCertificates;
  const authority = await readAuthority(`words before\n${pem}`);
  const job = kafkaPlan(fields, { password, authority })?.job;
  expect(job).toMatchObject({ ssl: true, ca: new X509Certificate(pem).toString() });
  const bad = await readAuthority('words only');
  // A host would take none of it from a page.
  const long = await readAuthority(rootCertificates.join('\n'));
  expect(long).toMatchObject({ kind: 'bad', problem: expect.stringContaining('too long') });
  for (const waiting of [bad, long, { kind: 'reading' } as const]) {
    expect(kafkaPlan(fields, { password, authority: waiting })).toBeNull();
  }
});

test('NULL, empty text and the word NULL look different, and only numbers go to the right', () => {
  expect([null, '', 'NULL', 0, false].map(cellView)).toEqual([
    { kind: 'null' },
    { kind: 'empty' },
    { kind: 'value', text: 'NULL' },
    { kind: 'value', text: '0' },
    { kind: 'value', text: 'false' },
  ]);
  const types = ['DECIMAL(18,4)', 'BIGINT', 'UINTEGER', 'HUGEINT', 'DOUBLE', 'INTEGER'];
  expect(types.map(columnKind)).toEqual(types.map(() => 'number'));
  const others = ['VARCHAR', 'INTERVAL', 'TIMESTAMP', 'BIGINT[]', 'BLOB', 'DATE'];
  expect(others.map(columnKind)).toEqual(others.map(() => 'text'));
});

test('numbers are written as a person reads them', () => {
  expect(formatAmount(8_911_407.904)).toBe('8,911,407.90');
  expect(formatAmount(12_345_678)).toBe('12.35M');
  expect(formatNumber(-0.0212, 'signed-percent')).toBe('-2.1%');
  expect(formatNumber(0.0914, 'signed-percent')).toBe('+9.1%');
  expect(formatNumber(null, 'percent')).toBe('no value');
  expect([812, 1400, 999_600, 45_000_000].map(formatBytes)).toEqual([
    '812 B',
    '1.4 kB',
    '1.0 MB',
    '45.0 MB',
  ]);
  expect(formatDay('2026-11-20')).toBe('20 November 2026');
});
