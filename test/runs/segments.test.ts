import { describe, expect, it } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { type RunContext, runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { requireLatestModel } from '../../pipeline/segmentation/model-store.ts';
import { dump, dumpAll } from '../helpers/order-files.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { assigned, land, trained } from '../helpers/trained-workspace.ts';
import { DAY, randomTransactions } from '../helpers/transactions.ts';

const retrain = (context: RunContext, change: object): Promise<unknown> =>
  runPipeline(context, {
    steps: ['segments', 'gold'],
    train: { ...context.config.segmentation, ...change },
  });

/** The nearest centroid by the artifact alone, with the arithmetic written out. */
async function nearest(connection: Connection, customer: string): Promise<number | undefined> {
  const { features, preprocessing, centroids, segments } = await requireLatestModel(connection);
  const [row] = await connection.rows(
    `select ${features.map((name) => `${name}::double as ${name}`).join(', ')} from features.customer_features where customer_id = $customer`,
    { customer },
  );
  const scaled = features.map((name, i) => {
    const value = Number(row?.[name]);
    const logged = Math.sign(value) * Math.log(1 + Math.abs(value));
    const { center = 0, scale = 1 } = preprocessing.columns[i] ?? {};
    return (logged - center) / scale;
  });
  const distances = centroids.map((centroid) =>
    Math.hypot(...centroid.map((c, i) => c - (scaled[i] ?? 0))),
  );
  return segments[distances.indexOf(Math.min(...distances))]?.id;
}

describe('segments', () => {
  it('of a first model are tiers by falling mean monetary', async () => {
    const { context } = await trained(shoppers(0, 80));
    const rows = await context.connection.rows(
      `select segment_id, any_value(segment_name) as name, count(*) as n, min(monetary) as least from gold.customer_segments
       join features.customer_features using (customer_id) group by segment_id order by avg(monetary) desc`,
    );
    expect(rows.map(({ segment_id, name, n }) => [segment_id, name, n])).toEqual([
      [1, 'Platinum', 20],
      [2, 'Gold', 20],
      [3, 'Silver', 20],
      [4, 'Bronze', 20],
    ]);
  });

  it('are not made while strata.json treats what is no feature, whether or not there is a model', async () => {
    const opened = await temporaryWorkspace();
    await land(opened, shoppers(0, 40));
    const { context } = opened;
    const misspelt = (columns: object): Promise<unknown> => {
      const segmentation = trainOptions.parse({ columns });
      return runPipeline({ ...context, config: { ...context.config, segmentation } });
    };
    const problem =
      'segmentation.columns treats "monetray", which is no feature; the nearest is "monetary".';
    const refusal = { code: 'CONFIG_INVALID', details: { path: 'strata.json', problem } };
    const before = await dumpAll(context.connection);
    await expect(misspelt({ monetray: { weight: 2 } })).rejects.toMatchObject(refusal);
    expect(await dumpAll(context.connection)).toEqual(before);
    // What is not there may be one day.
    await misspelt({ aov: { weight: 2 }, predicted_clv: { weight: 2 }, category_share_tea: {} });
    await expect(misspelt({ monetray: { weight: 2 } })).rejects.toMatchObject(refusal);
  });

  it('take in new customers by the model there is, each at its nearest centroid', async () => {
    const opened = await trained(shoppers(0, 80));
    const { connection } = opened.context;
    const before = await assigned(connection);
    const model = await dump(connection, ['ops.models']);
    await land(opened, shoppers(80, 100));
    await runPipeline(opened.context);
    const after = await assigned(connection);
    expect(await dump(connection, ['ops.models'])).toEqual(model);
    expect([after.size, new Set([...after.values()].map((row) => row.model_version))]).toEqual([
      100,
      new Set([1]),
    ]);
    for (const customer of after.keys())
      expect(after.get(customer)?.segment_id).toBe(await nearest(connection, customer));
    for (const [customer, row] of before)
      expect(after.get(customer)?.segment_id).toBe(row.segment_id);
  });

  it('keep ids and names when the model is trained anew, and give new ones to what is new', async () => {
    const { context } = await trained(shoppers(0, 80));
    const { connection } = context;
    const first = await assigned(connection);
    await retrain(context, { seed: 7 });
    const second = await assigned(connection);
    for (const [customer, row] of first) {
      expect(second.get(customer)).toEqual({ ...row, model_version: 2 });
    }
    await retrain(context, { k: 5, scale: 'minmax' });
    const names = async (): Promise<unknown> =>
      connection.rows(
        'select distinct segment_id as id, segment_name as name from gold.customer_segments order by id',
      );
    const tiers = [
      { id: 1, name: 'Platinum' },
      { id: 2, name: 'Gold' },
      { id: 3, name: 'Silver' },
      { id: 4, name: 'Bronze' },
    ];
    expect(await names()).toEqual([...tiers, { id: 5, name: 'Segment 5' }]);
    await retrain(context, { k: 4 });
    await retrain(context, { k: 5 });
    // 5 is retired: what comes now is another segment.
    expect(await names()).toEqual([...tiers, { id: 6, name: 'Segment 6' }]);
    expect((await requireLatestModel(connection)).version).toBe(5);
  });

  it('go on under other features from where their customers are', async () => {
    const { context } = await trained(shoppers(0, 80));
    const first = await assigned(context.connection);
    await retrain(context, { features: ['frequency', 'aov'] });
    const second = await assigned(context.connection);
    for (const [customer, row] of first)
      expect(second.get(customer)?.segment_id).toBe(row.segment_id);
  });

  it('record who moved from where to where', async () => {
    const opened = await trained(shoppers(0, 80));
    const { connection } = opened.context;
    const before = await assigned(connection);
    // Ten of the smallest buy like the largest; four new customers come.
    const promoted = shoppers(1000, 1040).filter(
      ({ customer }) => Number(customer.slice(1)) % 4 === 0,
    );
    const small = [...before.keys()].filter((id) => Number(id.slice(1)) % 4 === 3).slice(0, 10);
    const renamed = promoted.map((t) =>
      Object.assign({}, t, {
        customer: small[(Number(t.customer.slice(1)) - 1000) / 4] ?? t.customer,
        at: t.at + 5n * DAY,
      }),
    );
    // In two runs of one day: the second must not forget what the first one saw.
    await land(opened, renamed);
    await runPipeline(opened.context);
    await land(opened, shoppers(80, 84));
    const { asOf } = await runPipeline(opened.context);
    const after = await assigned(connection);
    const moves = new Map<string, number>();
    for (const [customer, row] of after) {
      const from = before.get(customer)?.segment_id ?? null;
      const move = `${from} -> ${row.segment_id}`;
      if (from !== row.segment_id) moves.set(move, (moves.get(move) ?? 0) + 1);
    }
    const rows = await connection.rows(
      'select * from gold.segment_migration where as_of = $asOf::date',
      { asOf },
    );
    const before1 = rows.filter((row) => row['model_version'] === 1);
    expect(
      new Map(
        before1.map((row) => [
          `${JSON.stringify(row['from_segment_id'])} -> ${JSON.stringify(row['to_segment_id'])}`,
          row['customers'],
        ]),
      ),
    ).toEqual(moves);
    expect([...moves.keys()].some((move) => move.startsWith('4 ->'))).toBe(true);
  });

  it('are the same in two fresh workspaces of the same data', async () => {
    const random = randomTransactions({
      seed: 21,
      customers: 300,
      transactions: 3000,
      from: '2023-06-01',
      days: 300,
    });
    const tables = [
      'gold.customer_segments',
      'gold.segment_kpis',
      'gold.segment_kpis_monthly',
      'gold.customer_profiles',
      '(select * exclude (trained_at) from ops.models)',
    ];
    const [one, two] = [await trained(random), await trained(random.toReversed())];
    const first = await dump(one.context.connection, tables);
    expect(await dump(two.context.connection, tables)).toEqual(first);
    expect(first['gold.customer_segments']?.length).toBeGreaterThan(200);
  });

  it.each([1, 2, 3])(
    'are as many as there are customers where those are only %i, unless a number is asked for',
    async (customers) => {
      const { context } = await trained(shoppers(0, customers));
      const { connection } = context;
      const rows = await connection.rows(
        'select distinct segment_id as id from gold.customer_segments order by id',
      );
      expect(rows).toEqual(Array.from({ length: customers }, (_, i) => ({ id: i + 1 })));
      const before = await dump(connection, ['ops.models', 'gold.customer_segments']);
      await expect(retrain(context, { k: 4 })).rejects.toMatchObject({
        code: 'TOO_FEW_CUSTOMERS',
        details: { k: 4, distinct: customers },
      });
      expect(await dump(connection, ['ops.models', 'gold.customer_segments'])).toEqual(before);
    },
  );

  it('cannot be made of features that do not exist or that some customers lack', async () => {
    const opened = await trained(shoppers(0, 20));
    const unknown = { ...opened.context.config.segmentation, features: ['frequency', 'shoe_size'] };
    await expect(retrain(opened.context, unknown)).rejects.toMatchObject({
      code: 'FEATURE_UNKNOWN',
      details: { feature: 'shoe_size' },
    });
    const missing = { features: ['interpurchase_days'], missing: 'refuse' };
    await expect(retrain(opened.context, missing)).rejects.toMatchObject({
      code: 'FEATURE_UNUSABLE',
      details: { feature: 'interpurchase_days' },
    });
    const fresh = await temporaryWorkspace();
    await land(fresh, shoppers(0, 20));
    const config = { ...fresh.context.config, segmentation: unknown };
    await expect(runPipeline({ ...fresh.context, config })).rejects.toMatchObject({
      code: 'FEATURE_UNKNOWN',
    });
  });
});
