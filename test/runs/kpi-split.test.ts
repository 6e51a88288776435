import { describe, expect, it } from 'vitest';
import { onScratch } from '../../pipeline/engine/on-scratch.ts';
import { readCohorts } from '../../pipeline/runs/cohorts.ts';
import { explainKpiChange } from '../../pipeline/runs/explain-kpi-change.ts';
import { kpiReport, kpiReportAsOf } from '../../pipeline/runs/kpi-report.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { dumpAll } from '../helpers/order-files.ts';
import { land, trained } from '../helpers/trained-workspace.ts';
import { randomTransactions } from '../helpers/transactions.ts';

const random = randomTransactions({
  seed: 15,
  customers: 300,
  transactions: 4000,
  from: '2023-06-01',
  days: 330,
});
const more = { customers: 300, transactions: 500, from: '2024-04-26', days: 20 };
const [from, to] = ['2024-01-01', '2024-04-20'];

describe('the change of a KPI', () => {
  it.each(['clv_growth', 'churn_rate', 'aov'] as const)(
    'of %s is split into terms that sum to it exactly, between what the report says of both days',
    async (kpi) => {
      const { context } = await trained(random);
      const { connection, config } = context;
      const before = await dumpAll(connection);
      const split = await explainKpiChange(connection, config, { kpi, from, to });
      expect(split.mix + split.rate + split.migration).toBe(split.change);
      expect(split.after - split.before).toBe(split.change);
      const names = { clv_growth: 'clvGrowth', churn_rate: 'churnRate', aov: 'aov' } as const;
      for (const [day, value] of [
        [from, split.before],
        [to, split.after],
      ] as const) {
        const report = await kpiReportAsOf(connection, config, day);
        const whole = report.current.find(({ segmentId }) => segmentId === null);
        expect(value).toBeCloseTo(whole?.[names[kpi]] ?? Number.NaN, 9);
      }
      const bySegment = split.segments.reduce((sum, s) => sum + s.mix + s.rate + s.migration, 0);
      expect(bySegment).toBeCloseTo(split.change, 12);
      const back = await explainKpiChange(connection, config, { kpi, from: to, to: from });
      for (const term of ['mix', 'rate', 'migration'] as const) {
        expect(back[term]).toBeCloseTo(-split[term], 14);
      }
      // It was looked at in a transaction that was left: nothing of it stays.
      expect(await dumpAll(connection)).toEqual(before);
    },
  );

  it('between a day and itself is nothing, and before the first purchase there is none', async () => {
    const { context } = await trained(random);
    const { connection, config } = context;
    const same = { kpi: 'aov', from: to, to } as const;
    expect(await explainKpiChange(connection, config, same)).toMatchObject({
      change: 0,
      mix: 0,
      rate: 0,
      migration: 0,
    });
    const early = { kpi: 'aov', from: '2020-01-01', to } as const;
    await expect(explainKpiChange(connection, config, early)).rejects.toMatchObject({
      code: 'KPI_UNDEFINED',
      details: { day: '2020-01-01' },
    });
  });
});

describe('the intervals of the KPIs', () => {
  it('hold each value, are narrower for the whole, and missing for a handful', async () => {
    const { context } = await trained(random);
    const report = await kpiReport(context.connection, context.config);
    expect(report.intervals.map(({ segmentId }) => segmentId)).toEqual(
      report.current.map(({ segmentId }) => segmentId),
    );
    for (const [i, row] of report.current.entries()) {
      const intervals = report.intervals[i];
      for (const name of ['clvGrowth', 'churnRate', 'aov', 'contribution'] as const) {
        const interval = intervals?.[name];
        if (row.customers < 30) expect(interval?.kind).toBe('too-few');
        if (interval?.kind !== 'interval') continue;
        const value = row[name] ?? Number.NaN;
        expect(value).toBeGreaterThanOrEqual(interval.low - 1e-9);
        expect(value).toBeLessThanOrEqual(interval.high + 1e-9);
      }
    }
    const [whole] = report.intervals;
    expect(whole?.aov.kind).toBe('interval');
  });

  it('are there of any day, also in a workspace whose last run made no sums for them', async () => {
    const { context } = await trained(random);
    const { connection, config } = context;
    const asOf = await kpiReportAsOf(connection, config, to);
    const { intervals } = await kpiReport(connection, config);
    // As the third edition of the models made it.
    for (const column of ['frequency', 'revenue', 'revenue_before_period']) {
      await connection.run(`alter table gold.segment_kpi_sums drop column ${column}`);
    }
    expect((await kpiReport(connection, config)).intervals).toEqual(intervals);
    await connection.run('drop table gold.segment_kpi_sums');
    expect((await kpiReport(connection, config)).intervals).toEqual([]);
    const aside = await onScratch(connection, ['features', 'gold'], () =>
      kpiReportAsOf(connection, config, to),
    );
    expect(aside).toEqual(asOf);
    expect(aside.intervals).toHaveLength(aside.current.length);
  });

  it('stay those of the KPIs that stand, whatever is settled or run since short of gold', async () => {
    const opened = await trained(random);
    const { context } = opened;
    const { connection, config } = context;
    const report = await kpiReport(connection, config);
    await land(opened, randomTransactions({ ...more, seed: 16 }));
    await runPipeline(context, { steps: ['silver', 'features', 'segments'] });
    const settled = { ...config, kpis: { periodDays: 20, churnDays: 3 } };
    expect(await kpiReport(connection, settled)).toEqual(report);
    await runPipeline({ ...context, config: settled });
    const anew = await kpiReport(connection, settled);
    expect(anew).toMatchObject({ periodDays: 20, churnDays: 3 });
    expect(anew.intervals).not.toEqual(report.intervals);
  });
});

describe('cohorts', () => {
  it('are what loops over months say', async () => {
    const { context } = await trained(random);
    const month = (at: bigint): string => new Date(Number(at / 1000n)).toISOString().slice(0, 7);
    const purchases = random.filter(({ amount }) => amount >= 0n);
    const firsts = new Map<string, string>();
    for (const { customer, at } of purchases) {
      const known = firsts.get(customer);
      if (known === undefined || month(at) < known) firsts.set(customer, month(at));
    }
    const cells = await readCohorts(context.connection);
    const age = (cohort: string, seen: string): number =>
      (Number(seen.slice(0, 4)) - Number(cohort.slice(0, 4))) * 12 +
      Number(seen.slice(5)) -
      Number(cohort.slice(5));
    const expected = new Map<string, { active: Set<string>; revenue: number }>();
    for (const { customer, at, amount } of purchases) {
      const cohort = firsts.get(customer) ?? '';
      const key = `${cohort} ${age(cohort, month(at))}`;
      const cell = expected.get(key) ?? { active: new Set(), revenue: 0 };
      cell.active.add(customer);
      cell.revenue += Number(amount) / 10_000;
      expected.set(key, cell);
    }
    expect(cells.map(({ cohort, age }) => `${cohort} ${age}`).toSorted()).toEqual(
      [...expected.keys()].toSorted(),
    );
    for (const cell of cells) {
      const truth = expected.get(`${cell.cohort} ${cell.age}`);
      expect(cell.active).toBe(truth?.active.size);
      expect(cell.revenue).toBeCloseTo(truth?.revenue ?? 0, 4);
      expect(cell.customers).toBe([...firsts.values()].filter((c) => c === cell.cohort).length);
    }
  });
});
