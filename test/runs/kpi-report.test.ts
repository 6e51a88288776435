import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kpiReport, kpiReportAsOf } from '../../pipeline/runs/kpi-report.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { dumpAll, writeOrders } from '../helpers/order-files.ts';
import { temporaryFolder, temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { randomTransactions } from '../helpers/transactions.ts';

const all = randomTransactions({
  seed: 31,
  customers: 100,
  transactions: 1500,
  from: '2023-09-10',
  days: 200,
});

async function reported(transactions = all) {
  const { context, ingest } = await temporaryWorkspace();
  const path = join(await temporaryFolder(), 'orders.ndjson');
  await writeOrders(path, transactions);
  await ingest(path, 'orders');
  await runPipeline(context);
  return context;
}

describe('the KPI report', () => {
  it('is empty before the first run and has no day', async () => {
    const { context } = await temporaryWorkspace();
    expect(await kpiReport(context.connection, context.config)).toEqual({
      asOf: null,
      periodDays: 90,
      churnDays: 90,
      level: 0.95,
      intervals: [],
      current: [],
      monthly: [],
    });
    await expect(
      kpiReportAsOf(context.connection, context.config, '2024-01-01'),
    ).rejects.toMatchObject({ code: 'NO_CUSTOMERS' });
  });

  it('puts the whole first, its customers, orders and money being the sum of the segments', async () => {
    const context = await reported();
    const report = await kpiReport(context.connection, context.config);
    const [whole, ...parts] = report.current;
    expect(whole?.segmentId).toBe(null);
    expect(parts.map(({ segmentName }) => segmentName)).toEqual([
      'Platinum',
      'Gold',
      'Silver',
      'Bronze',
    ]);
    for (const name of ['customers', 'orders', 'revenue', 'contribution'] as const) {
      expect(parts.reduce((sum, part) => sum + (part[name] ?? 0), 0)).toBeCloseTo(
        whole?.[name] ?? Number.NaN,
        6,
      );
    }
    const months = [...new Set(report.monthly.map(({ month }) => month))];
    expect(months).toEqual([
      '2023-09',
      '2023-10',
      '2023-11',
      '2023-12',
      '2024-01',
      '2024-02',
      '2024-03',
    ]);
  });

  it('of an earlier day agrees with the month that ended then, and is only looked at', async () => {
    // Without refunds, so that nobody has money before they are a customer.
    const context = await reported(all.filter(({ amount }) => amount >= 0n));
    const { connection, config } = context;
    const before = await dumpAll(connection);
    const { monthly } = await kpiReport(connection, config);
    const november = monthly.filter(({ month }) => month === '2023-11');
    const then = await kpiReportAsOf(connection, config, '2023-12-01');
    expect(then.asOf).toBe('2023-12-01');
    const rates = ({
      segmentId,
      customers,
      clvGrowth,
      churnRate,
    }: (typeof then.current)[number]): unknown => ({ segmentId, customers, clvGrowth, churnRate });
    expect(then.current.map(rates)).toEqual(november.map(rates));
    expect(await dumpAll(connection)).toEqual(before);
  });

  it('of today as given equals the one that the run left', async () => {
    const { connection, config } = await reported();
    const report = await kpiReport(connection, config);
    expect(await kpiReportAsOf(connection, config, report.asOf ?? '')).toEqual(report);
  });

  it('follows kpis in strata.json at the next run, though nothing new has landed', async () => {
    const context = await reported();
    const kpis = { periodDays: 30, churnDays: 5 };
    const config = { ...context.config, kpis };
    const wanted = await kpiReportAsOf(
      context.connection,
      config,
      (await kpiReport(context.connection, config)).asOf ?? '',
    );
    const { steps } = await runPipeline({ ...context, config });
    expect(steps.map(({ status }) => status)).toEqual(['skipped', 'done', 'done', 'done']);
    const report = await kpiReport(context.connection, config);
    expect(report).toEqual(wanted);
    expect(report).toMatchObject(kpis);
    const [whole] = report.current;
    const [old] = (await kpiReportAsOf(context.connection, context.config, report.asOf ?? ''))
      .current;
    expect(whole?.churnRate).toBeGreaterThan(old?.churnRate ?? 1);
  });
});
