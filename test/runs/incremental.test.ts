import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { dump, dumpAll, writeOrders } from '../helpers/order-files.ts';
import { temporaryFolder, temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { randomTransactions, type Transaction } from '../helpers/transactions.ts';

const all = randomTransactions({
  seed: 5,
  customers: 200,
  transactions: 3000,
  from: '2023-09-01',
  days: 200,
});
const early = all.filter((_, i) => i % 5 < 3);
/** From the same months as the others: late where it comes second. */
const late = all.filter((_, i) => i % 5 >= 3);

/** What does not depend on the order of arrival, though provenance and the model do. */
async function outcome(connection: Connection): Promise<unknown> {
  return {
    ...(await dump(connection, [
      '(select customer_id, order_id, occurred_at, amount, category, currency from silver.transactions)',
      'features.customer_features',
      '(select * exclude (segment_name) from gold.segment_kpis where segment_id is null)',
      '(select * exclude (segment_name) from gold.segment_kpis_monthly where segment_id is null)',
      '(select customer_id, as_of from gold.customer_segments)',
    ])),
  };
}

async function loaded(
  batches: readonly (readonly Transaction[])[],
  runEach: boolean,
): Promise<Connection> {
  const folder = await temporaryFolder();
  const { context, ingest } = await temporaryWorkspace();
  for (const [i, batch] of batches.entries()) {
    const path = join(folder, `orders-${i}.ndjson`);
    await writeOrders(path, batch);
    expect(await ingest(path, 'orders')).toBe(batch.length);
    if (runEach) await runPipeline(context);
  }
  if (!runEach) await runPipeline(context);
  return context.connection;
}

describe('a run', () => {
  it('does nothing the second time: every step skipped, every table as it was', async () => {
    const folder = await temporaryFolder();
    const { context, ingest } = await temporaryWorkspace();
    const path = join(folder, 'orders.ndjson');
    await writeOrders(path, all);
    await ingest(path, 'orders');
    const first = await runPipeline(context);
    expect(first.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'silver done',
      'features done',
      'segments done',
      'gold done',
    ]);
    expect(first.steps[0]).toMatchObject({
      read: 3000,
      accepted: 3000,
      duplicate: 0,
      quarantined: 0,
      ignored: 0,
    });
    const before = await dumpAll(context.connection);
    expect(before['gold.customer_segments']?.length).toBeGreaterThan(150);
    expect(await ingest(path, 'orders')).toBe(0);
    const second = await runPipeline(context);
    expect(second).toMatchObject({ status: 'done', asOf: first.asOf });
    for (const step of second.steps) {
      expect(step).toMatchObject({
        status: 'skipped',
        read: 0,
        accepted: 0,
        duplicate: 0,
        quarantined: 0,
        ignored: 0,
      });
    }
    expect(await dumpAll(context.connection)).toEqual(before);
  });

  it('corrects features and months by late events as if all had come at once, in either order', async () => {
    const once = await outcome(await loaded([all], true));
    expect(await outcome(await loaded([early, late], true))).toEqual(once);
    expect(await outcome(await loaded([late, early], true))).toEqual(once);
    expect(await outcome(await loaded([early, late], false))).toEqual(once);
  });

  it('takes what repeats as duplicate, what contradicts as conflict, and changes nothing for either', async () => {
    const folder = await temporaryFolder();
    const { context, ingest } = await temporaryWorkspace();
    await writeOrders(join(folder, 'a.ndjson'), early);
    await ingest(join(folder, 'a.ndjson'), 'orders');
    await runPipeline(context);
    const before = await outcome(context.connection);
    const repeated = early.slice(0, 100);
    const contradicting = early
      .slice(100, 130)
      .map((t) => Object.assign({}, t, { amount: t.amount + 1n }));
    await writeOrders(join(folder, 'b.ndjson'), [...repeated, ...contradicting]);
    await ingest(join(folder, 'b.ndjson'), 'orders');
    const { steps } = await runPipeline(context);
    expect(steps[0]).toMatchObject({
      read: 130,
      accepted: 0,
      duplicate: 100,
      quarantined: 30,
      ignored: 0,
    });
    expect(await outcome(context.connection)).toEqual(before);
  });

  it('sees everything from the day after the newest event, not from today', async () => {
    const { context, ingest } = await temporaryWorkspace();
    const path = join(await temporaryFolder(), 'orders.ndjson');
    await writeOrders(path, early);
    await ingest(path, 'orders');
    const effects = { now: () => new Date('2031-01-01T00:00:00Z'), elapsed: () => 0 };
    const report = await runPipeline({ ...context, effects });
    const newest = early.reduce((latest, { at }) => (at > latest ? at : latest), 0n);
    const dayAfter = new Date(Number(newest / 86_400_000_000n + 1n) * 86_400_000)
      .toISOString()
      .slice(0, 10);
    expect(report.asOf).toBe(dayAfter);
    for (const table of [
      'features.customer_features',
      'gold.customer_segments',
      'gold.segment_kpis',
      'gold.customer_profiles',
    ]) {
      const rows = await context.connection.rows(`select distinct as_of from ${table}`);
      expect(rows).toEqual([{ as_of: dayAfter }]);
    }
  });

  it('of an empty workspace, and of one with refunds alone, is done and skips what has no customers', async () => {
    const { context, ingest } = await temporaryWorkspace();
    expect(await runPipeline(context)).toMatchObject({ status: 'done', asOf: null });
    const path = join(await temporaryFolder(), 'orders.ndjson');
    await writeOrders(
      path,
      early.filter(({ amount }) => amount < 0n),
    );
    await ingest(path, 'orders');
    const { steps } = await runPipeline(context);
    expect(steps.map(({ status }) => status)).toEqual(['done', 'done', 'skipped', 'skipped']);
    await expect(
      runPipeline(context, { steps: ['segments'], train: context.config.segmentation }),
    ).rejects.toMatchObject({ code: 'NO_CUSTOMERS' });
  });
});
