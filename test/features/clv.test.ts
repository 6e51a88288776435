import { describe, expect, it } from 'vitest';
import { clvReport } from '../../pipeline/features/clv-report.ts';
import { fitClv } from '../../pipeline/features/fit-clv.ts';
import {
  featureCatalogue,
  requireTreatable,
} from '../../pipeline/segmentation/feature-catalogue.ts';
import { purchaseHistories } from '../../pipeline/features/purchase-histories.ts';
import { explainKpiChange } from '../../pipeline/runs/explain-kpi-change.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { modelReport } from '../../pipeline/segmentation/model-report.ts';
import { lives } from '../helpers/lives.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { silverWith } from '../helpers/silver-fixture.ts';
import { land, trained } from '../helpers/trained-workspace.ts';
import { DAY, dayNumber, dayStart, randomTransactions } from '../helpers/transactions.ts';

const day = (text: string): number => dayNumber(dayStart(text));

describe('purchase histories', () => {
  it('are what loops over days say, up to a cut and after it', async () => {
    const options = { customers: 60, transactions: 700, from: '2024-01-01', days: 100 };
    const transactions = randomTransactions({ seed: 12, ...options });
    const connection = await silverWith(transactions);
    const [cut, end] = ['2024-03-01', '2024-04-05'];
    const found = await purchaseHistories(connection, cut, end);
    const purchases = transactions.filter(({ amount }) => amount >= 0n);
    const seen: string[] = [];
    for (const [i, customer] of found.customerIds.entries()) {
      const own = purchases.filter((t) => t.customer === customer && dayNumber(t.at) < day(end));
      const days = [...new Set(own.map(({ at }) => dayNumber(at)))].toSorted((a, b) => a - b);
      const before = days.filter((one) => one < day(cut));
      const [first = 0, ...repeats] = before;
      const money = own.filter(({ at }) => repeats.includes(dayNumber(at)));
      const total = money.reduce((sum, { amount }) => sum + Number(amount) / 10_000, 0);
      expect(before.length).toBeGreaterThan(0);
      expect([found.frequency[i], found.recency[i], found.age[i], found.later[i]]).toEqual([
        repeats.length,
        (before.at(-1) ?? 0) - first,
        day(cut) - first,
        days.length - before.length,
      ]);
      expect(found.meanValue[i]).toBeCloseTo(repeats.length === 0 ? 0 : total / repeats.length, 6);
      seen.push(customer);
    }
    const expected = new Set(
      purchases.filter(({ at }) => dayNumber(at) < day(cut)).map(({ customer }) => customer),
    );
    expect(new Set(seen)).toEqual(expected);
  });
});

describe('predicted CLV', () => {
  it('is fitted, checked on a hold-out, written for everybody, and kept up by later runs', async () => {
    const opened = await trained(lives(1500, 4));
    const { connection } = opened.context;
    expect(await clvReport(connection)).toEqual({ kind: 'none' });
    await fitClv(connection, {});
    const report = await clvReport(connection);
    if (report.kind !== 'fitted') throw new Error('It was not fitted.');
    const [row] = await connection.rows<{ n: number; total: number; bad: number }>(
      `select count(*) as n, sum(predicted_clv) as total,
         count(*) filter (not isfinite(predicted_clv) or predicted_clv < 0 or probability_alive not between 0 and 1) as bad
       from features.customer_clv`,
    );
    expect(row).toMatchObject({ n: report.customers, bad: 0 });
    // Whatever there is to choose may be treated in strata.json, also before it is there.
    const known = (await featureCatalogue(connection)).map(({ name }) => [name, {}]);
    expect(known.flat()).toContain('mean_repeat_value');
    expect(() => requireTreatable({ columns: Object.fromEntries(known) })).not.toThrow();
    expect(report.total).toBeCloseTo(row?.total ?? 0, 6);
    expect(report.bySegment.reduce((sum, { customers }) => sum + customers, 0)).toBe(
      report.customers,
    );
    const groups = report.calibration?.groups ?? [];
    expect(groups.length).toBeGreaterThan(3);
    // Customers live as the model takes them to: on the whole it promises what comes.
    const sum = (of: 'predicted' | 'actual'): number =>
      groups.reduce((total, group) => total + group[of] * group.customers, 0);
    expect(sum('predicted') / sum('actual')).toBeGreaterThan(0.8);
    expect(sum('predicted') / sum('actual')).toBeLessThan(1.25);

    await land(opened, [
      {
        customer: 'late',
        order: 'late',
        at: dayStart('2024-03-01') + DAY / 2n,
        amount: 500_000n,
        category: null,
        discount: null,
      },
    ]);
    await runPipeline(opened.context);
    const after = await clvReport(connection);
    expect(after).toMatchObject({
      asOf: '2024-03-02',
      customers: report.customers + 1,
      version: 1,
    });
  });

  it('of which segments are made follows a new fit into them, and each day into a split', async () => {
    const opened = await trained(lives(800, 9));
    const { connection, config } = opened.context;
    await fitClv(connection, {});
    const train = { ...config.segmentation, features: ['predicted_clv', 'recency_days'] };
    await runPipeline(opened.context, { steps: ['segments', 'gold'], train });
    await land(
      opened,
      lives(400, 10).map((one) => ({
        ...one,
        customer: `n${one.customer}`,
        order: `n${one.order}`,
      })),
    );
    await runPipeline(opened.context);
    await fitClv(connection, {});
    await runPipeline(opened.context);
    const report = await modelReport(connection);
    const counted = await connection.rows<{ id: number; n: number }>(
      'select segment_id as id, count(*) as n from gold.customer_segments group by all order by id',
    );
    expect(report?.segments.map(({ segmentId, customers }) => [segmentId, customers])).toEqual(
      counted.map(({ id, n }) => [id, n]),
    );
    const days = { kpi: 'churn_rate', from: '2023-09-01', to: '2024-01-15' } as const;
    const split = await explainKpiChange(connection, config, days);
    // By today's values nobody would have moved between segments.
    expect(split.migration - split.arrivals - split.departures).not.toBe(0);
  });

  it('is refused with a reason where nobody came back, and nothing is written', async () => {
    const { context } = await trained(shoppers(0, 80).filter(({ order }) => order.endsWith('-0')));
    await expect(fitClv(context.connection, {})).rejects.toMatchObject({ code: 'CLV_REFUSED' });
    expect(await clvReport(context.connection)).toEqual({ kind: 'none' });
  });
});
