import { describe, expect, it } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { type RunContext, runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { compareModels, readMigration } from '../../pipeline/segmentation/compare-models.ts';
import { modelReport } from '../../pipeline/segmentation/model-report.ts';
import { listModels } from '../../pipeline/segmentation/model-store.ts';
import { renameSegment } from '../../pipeline/segmentation/rename-segment.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { assigned, land, trained } from '../helpers/trained-workspace.ts';
import { randomTransactions } from '../helpers/transactions.ts';

const random = randomTransactions({
  seed: 5,
  customers: 400,
  transactions: 5000,
  from: '2023-06-01',
  days: 300,
});

describe('the report of a model', () => {
  it('has rules that hold in SQL for exactly as many customers as they say, and for all together', async () => {
    const { context } = await trained(random);
    const { connection } = context;
    const report = await modelReport(connection);
    if (report === null) throw new Error('There is no model.');
    expect(report.rules.length).toBeGreaterThan(3);
    let right = 0;
    let customers = 0;
    for (const rule of report.rules) {
      const [row] = await connection.rows<{ n: number; hits: number }>(
        `select count(*) as n, count(*) filter (s.segment_id = ${rule.segmentId}) as hits
         from features.customer_features f join gold.customer_segments s using (customer_id)
         where ${rule.when}`,
      );
      expect(row?.n).toBe(rule.customers);
      expect((row?.hits ?? 0) / (row?.n ?? 1)).toBeCloseTo(rule.precision, 12);
      right += row?.hits ?? 0;
      customers += row?.n ?? 0;
    }
    expect(customers).toBe(report.customers);
    expect(right / customers).toBeCloseTo(report.fidelity ?? 0, 12);
  });

  it('describes each segment by means that SQL gives too', async () => {
    const { context } = await trained(random);
    const { connection } = context;
    const report = await modelReport(connection);
    const rows = await connection.rows<{ id: number; n: number; own: number; rest: number }>(
      `select s.segment_id as id, count(*) as n, avg(f.monetary::double) as own,
         ((select sum(monetary::double) from features.customer_features) - sum(f.monetary::double))
           / ((select count(*) from features.customer_features) - count(*)) as rest
       from features.customer_features f join gold.customer_segments s using (customer_id)
       group by s.segment_id order by id`,
    );
    expect(report?.segments.map(({ segmentId, customers }) => [segmentId, customers])).toEqual(
      rows.map(({ id, n }) => [id, n]),
    );
    for (const [i, row] of rows.entries()) {
      const effect = report?.segments[i]?.effects.find(({ feature }) => feature === 'monetary');
      expect(effect?.mean).toBeCloseTo(row.own, 6);
      expect(effect?.restMean).toBeCloseTo(row.rest, 6);
    }
    expect(report?.drift.map(({ index }) => index)).toEqual([0, 0, 0]);
  });

  it('tells drift when customers have become others, and none before', async () => {
    const opened = await trained(shoppers(0, 80));
    const { connection } = opened.context;
    await land(opened, shoppers(1000, 1400));
    await runPipeline(opened.context);
    const same = await modelReport(connection);
    expect(same?.drift.every(({ index }) => index < 0.1)).toBe(true);
    const large = shoppers(2000, 4000).filter(
      ({ customer }) => Number(customer.slice(1)) % 4 === 0,
    );
    await land(opened, large);
    await runPipeline(opened.context);
    const moved = await modelReport(connection);
    expect(moved?.drift.find(({ feature }) => feature === 'monetary')?.index).toBeGreaterThan(0.25);
  });
});

describe('a segment that was renamed', () => {
  it('keeps its name through tables, runs and later models, and shares it with no other', async () => {
    const opened = await trained(shoppers(0, 80));
    const { context } = opened;
    const { connection } = context;
    await renameSegment(connection, { segmentId: 2, name: 'Regulars' });
    await land(opened, shoppers(80, 120));
    await runPipeline(context);
    await runPipeline(context, {
      steps: ['segments', 'gold'],
      train: { ...context.config.segmentation, seed: 9 },
    });
    const rows = await assigned(connection);
    const names = new Map([...rows.values()].map((row) => [row.segment_id, row.segment_name]));
    expect([...names].toSorted(([a], [b]) => a - b)).toEqual([
      [1, 'Platinum'],
      [2, 'Regulars'],
      [3, 'Silver'],
      [4, 'Bronze'],
    ]);
    const kpis = await connection.strings(
      'select segment_name from gold.segment_kpis where segment_id = 2',
    );
    expect(kpis).toEqual(['Regulars']);
    await expect(
      renameSegment(connection, { segmentId: 3, name: 'Regulars' }),
    ).rejects.toMatchObject({ code: 'SEGMENT_NAME_TAKEN' });
    await expect(renameSegment(connection, { segmentId: 9, name: 'X' })).rejects.toMatchObject({
      code: 'SEGMENT_UNKNOWN',
    });
  });
});

describe('two models', () => {
  it('are compared on the customers of today, pair by pair as their tables had them', async () => {
    const { context } = await trained(random);
    const { connection } = context;
    const first = await assigned(connection);
    await runPipeline(context, {
      steps: ['segments', 'gold'],
      train: { ...context.config.segmentation, k: 5, transform: 'yeo-johnson' },
    });
    const second = await assigned(connection);
    const pairs = new Map<string, number>();
    for (const [customer, row] of first) {
      const pair = `${row.segment_id} ${second.get(customer)?.segment_id}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    const found = await compareModels(connection, { from: 1, to: 2 });
    expect(
      new Map(found.flows.map(({ fromId, toId, customers }) => [`${fromId} ${toId}`, customers])),
    ).toEqual(pairs);
    expect(found.agreement).toBeGreaterThan(0.2);
    expect(found.agreement).toBeLessThan(1);
    expect((await compareModels(connection, { from: 2, to: 2 })).agreement).toBe(1);
    expect(
      (await listModels(connection)).map(({ version, current }) => [version, current]),
    ).toEqual([
      [2, true],
      [1, false],
    ]);
    const migrated = new Map(
      (await readMigration(connection)).map((flow) => [
        `${flow.fromId} ${flow.toId}`,
        flow.customers,
      ]),
    );
    expect(migrated).toEqual(pairs);
    await expect(compareModels(connection, { from: 1, to: 7 })).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      details: { version: 7, known: '1, 2' },
    });
  });

  it('of the same customers have one fingerprint, and of others another', async () => {
    const fingerprintOf = async (transactions: typeof random): Promise<string | null> => {
      const { context } = await trained(transactions);
      return (await modelReport(context.connection))?.fingerprint ?? null;
    };
    const one = await fingerprintOf(random);
    expect(one).toMatch(/^[\da-f]{16}$/);
    expect(await fingerprintOf(random.toReversed())).toBe(one);
    expect(await fingerprintOf(random.slice(1))).not.toBe(one);
  });
});

describe('names given with a training', () => {
  const train = (context: RunContext, names: (string | null)[]): Promise<unknown> =>
    runPipeline(
      { ...context, names },
      { steps: ['segments', 'gold'], train: { ...context.config.segmentation, seed: 3 } },
    );

  it('go to clusters by falling mean monetary, all at once, so that two may swap', async () => {
    const { context } = await trained(shoppers(0, 80));
    const { connection } = context;
    await train(context, ['Gold', 'Platinum', null, null]);
    const named = async (): Promise<unknown> =>
      (await listedNames(connection)).map(({ id, name }) => [id, name]);
    expect(await named()).toEqual([
      [1, 'Gold'],
      [2, 'Platinum'],
      [3, 'Silver'],
      [4, 'Bronze'],
    ]);
    // "silver" is taken by the third: nothing is trained, nothing is named.
    await expect(train(context, [null, 'silver', null, null])).rejects.toMatchObject({
      code: 'SEGMENT_NAME_TAKEN',
      details: { segment: 3, name: 'silver' },
    });
    expect((await listModels(connection))[0]?.version).toBe(2);
    expect(await named()).toHaveLength(4);
  });
});

function listedNames(connection: Connection): Promise<{ id: number; name: string }[]> {
  return connection.rows<{ id: number; name: string }>(
    'select distinct segment_id as id, segment_name as name from gold.customer_segments order by id',
  );
}
