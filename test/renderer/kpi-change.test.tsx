import { expect, test } from 'vitest';
import type { KpiReport, KpiSplit } from '../../pipeline/contract/schemas.ts';
import { changeDays, dayBounds, isWithin } from '../../renderer/panels/kpis/change-days.ts';
import {
  changeFormat,
  changeSentence,
  largestTerm,
  migrationParts,
} from '../../renderer/panels/kpis/change-words.ts';
import { startKpis } from '../../renderer/panels/kpis/kpis-value.ts';

const aov: KpiSplit = {
  kpi: 'aov',
  from: '2026-01-01',
  to: '2026-04-01',
  before: 52,
  after: 50,
  change: -2,
  mix: -6.06,
  rate: 3.21,
  migration: 0.85,
  arrivals: -12,
  departures: 0,
  segments: [
    { segmentId: 1, segmentName: 'Gold', mix: -3.35, rate: 3.21, migration: 8.4 },
    { segmentId: 2, segmentName: 'Silver', mix: -2.71, rate: 0, migration: -7.55 },
  ],
};

const churn: KpiSplit = {
  ...aov,
  kpi: 'churn_rate',
  before: 0.403,
  after: 0.4134,
  change: 0.0104,
  mix: 0,
  rate: 0.0089,
  migration: 0.0015,
  segments: [{ segmentId: 1, segmentName: 'All of them', mix: 0, rate: 0.0089, migration: 0.0015 }],
};

test('the sentence names the largest term, its segment, and that it may be one of several', () => {
  expect(changeSentence(aov)).toBe(
    'AOV fell by 2.00, from 52.00 to 50.00. The largest term is mix (\u22126.06): among those who stayed in their segment, the segments weigh otherwise than before, most of all in Gold.',
  );
  expect(changeSentence(churn)).toBe(
    'Churn rate rose by 1.04 pp, from 40.3% to 41.3%. The largest term is rate (+0.89 pp): those who stayed in their segment did otherwise than before.',
  );
});

test('a largest term against the change is said to be outweighed, and no change is not called one', () => {
  const against = { ...churn, mix: 0.02, rate: -0.03, migration: 0.0204 };
  expect(changeSentence(against)).toContain(
    'rose by 1.0 pp, from 40.3% to 41.3%. The largest term is rate (\u22123.0 pp)',
  );
  expect(changeSentence(against)).toContain('It pulls the other way');
  const still = { ...churn, after: churn.before, change: 0 };
  expect(changeSentence({ ...still, mix: 0.01, rate: -0.01, migration: 0 })).toContain(
    'ended where it began. The largest term is mix (+1.0 pp)',
  );
  expect(changeSentence({ ...still, mix: 0, rate: 0, migration: 0 })).toBe(
    'Churn rate did not change, and no term moved it.',
  );
});

test('shares change in percentage points, finer where all terms are small, amounts in their own unit', () => {
  expect([0.0089, -0.00004, 0].map(changeFormat(churn))).toEqual([
    '+0.89 pp',
    '0.00 pp',
    '0.00 pp',
  ]);
  expect([0.05, -0.0049].map(changeFormat({ ...churn, rate: 0.05 }))).toEqual([
    '+5.0 pp',
    '\u22120.5 pp',
  ]);
  expect([1234.5, -0.004].map(changeFormat(aov))).toEqual(['+1,234.50', '0.00']);
});

test('arrivals, departures and moves between segments are all of migration', () => {
  expect(largestTerm(aov)).toBe('mix');
  const parts = migrationParts(aov);
  expect(parts.map(({ name }) => name)).toEqual(['arrivals', 'departures', 'between segments']);
  expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(aov.migration, 12);
});

const report: KpiReport = {
  asOf: '2025-07-01',
  periodDays: 90,
  churnDays: 90,
  current: [],
  level: 0.95,
  intervals: [],
  monthly: [],
};
const bounds = { first: '2023-07-01', last: '2025-07-01' };

test('nobody having chosen, as_of is compared with the day 90 days before, or half way where there is less', () => {
  const { change } = startKpis;
  expect(changeDays(change, bounds)).toEqual({
    kind: 'days',
    from: '2025-04-02',
    to: '2025-07-01',
  });
  const young = { first: '2025-06-01', last: '2025-07-01' };
  expect(changeDays(change, young)).toEqual({ kind: 'days', from: '2025-06-16', to: '2025-07-01' });
  // Over the day that the clocks change, and a leap day.
  expect(changeDays({ ...change, to: '2024-04-01' }, bounds)).toMatchObject({ from: '2024-01-02' });
});

test('a first day that is not before the second is refused', () => {
  const value = { ...startKpis.change, from: '2025-07-01' };
  expect(changeDays(value, bounds)).toMatchObject({ kind: 'refused', why: 'Must be before “To”' });
});

test('a day may be chosen from the first month with purchases to as_of, and half a year typed is none', () => {
  const row = { ...report, monthly: [{ month: '2023-08' }, { month: '2023-07' }] } as KpiReport;
  expect(dayBounds(row)).toEqual(bounds);
  expect(dayBounds({ ...report, asOf: null })).toBeNull();
  const days = ['2023-07-01', '2025-07-01', '2025-07-02', '0202-07-01', '2024-13-01', ''];
  expect(days.filter((day) => isWithin(day, bounds))).toEqual(['2023-07-01', '2025-07-01']);
});
