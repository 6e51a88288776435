import { describe, expect, it } from 'vitest';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { listModels } from '../../pipeline/segmentation/model-store.ts';
import { assignTiers, countTiers } from '../../pipeline/segmentation/tiers.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { land, trained } from '../helpers/trained-workspace.ts';

const tiers = [
  { name: "O'Platinum", when: 'monetary > 1000 and frequency > 20' },
  { name: 'Gold', when: 'monetary > 1000' },
  { name: 'Even', when: 'interpurchase_variation < 0.1' },
];

describe('tiers by rule', () => {
  it('are the first rule that holds for a customer, and Other where none does', async () => {
    const { context } = await trained(shoppers(0, 40));
    const { connection } = context;
    await connection.transaction(() => assignTiers(connection, tiers));
    const rows = await connection.rows<{
      customer_id: string;
      tier_name: string;
      tier_rank: number;
    }>('select customer_id, tier_name, tier_rank from gold.customer_tiers');
    expect(rows).toHaveLength(40);
    // Kinds of shoppers: 30 orders of about 900, 12 of 150, 4 of 60, 1 of 5.
    const named = ["O'Platinum", 'Gold', 'Even', 'Other'];
    for (const { customer_id, tier_name, tier_rank } of rows) {
      const kind = Number(customer_id.slice(1)) % 4;
      expect([tier_name, tier_rank]).toEqual([named[kind], kind + 1]);
    }
    expect((await countTiers(connection)).map(({ tier, customers }) => [tier, customers])).toEqual(
      named.map((name) => [name, 10]),
    );
  });

  it('of the configuration are kept up by every run', async () => {
    const opened = await trained(shoppers(0, 8));
    const context = { ...opened.context, config: { ...opened.context.config, tiers } };
    await runPipeline(context);
    await land(opened, shoppers(8, 16));
    await runPipeline(context);
    const counted = await countTiers(opened.context.connection);
    expect(counted.reduce((sum, { customers }) => sum + customers, 0)).toBe(16);
  });

  it('are counted as they were made, before there is gold and whatever features have become since', async () => {
    const opened = await temporaryWorkspace();
    await land(opened, shoppers(0, 8));
    const { context } = opened;
    const { connection } = context;
    await runPipeline(context, { steps: ['silver', 'features'] });
    await connection.transaction(() => assignTiers(connection, tiers));
    const counted = await countTiers(connection);
    const [all] = await connection.rows(
      `select count(*) as customers, cast(sum(frequency) as bigint) as orders, cast(sum(monetary) as double) as revenue
       from features.customer_features`,
    );
    const total = (name: 'customers' | 'orders' | 'revenue') =>
      counted.reduce((sum, one) => sum + one[name], 0);
    expect({
      customers: total('customers'),
      orders: total('orders'),
      revenue: total('revenue'),
    }).toEqual(all);
    await land(opened, shoppers(8, 16));
    await runPipeline(context, { steps: ['silver', 'features'] });
    expect(await countTiers(connection)).toEqual(counted);
  });

  it('that name no feature, or read as nothing, are refused', async () => {
    const { context } = await trained(shoppers(0, 8));
    const { connection } = context;
    const attempt = (when: string): Promise<void> =>
      connection.transaction(() => assignTiers(connection, [{ name: 'X', when }]));
    for (const when of [
      'shoe_size > 4',
      'monetary >',
      'monetary',
      '1); drop table gold.customer_tiers; --',
    ]) {
      await expect(attempt(when)).rejects.toMatchObject({ code: 'TIER_INVALID' });
    }
  });
});

describe('tiers of the configuration that cannot be used', () => {
  it('stop a training before anything of it is kept, and are named', async () => {
    const { context } = await trained(shoppers(0, 8));
    const wrong = [{ name: 'Gold', when: 'monetarry > 1000' }];
    const config = { ...context.config, tiers: wrong };
    const training = runPipeline(
      { ...context, config },
      { steps: ['segments', 'gold'], train: context.config.segmentation },
    );
    await expect(training).rejects.toMatchObject({
      code: 'TIER_INVALID',
      details: { tier: 'Gold' },
    });
    expect((await listModels(context.connection)).map(({ version }) => version)).toEqual([1]);
  });

  it('leave no table behind when they are taken out', async () => {
    const opened = await trained(shoppers(0, 8));
    const { context } = opened;
    await runPipeline({ ...context, config: { ...context.config, tiers } });
    await runPipeline(context);
    const left = await context.connection.strings(
      "select table_name from duckdb_tables() where table_name = 'customer_tiers'",
    );
    expect(left).toEqual([]);
  });
});
