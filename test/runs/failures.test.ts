import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunContext, runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { readStatus } from '../../pipeline/runs/workspace-status.ts';
import { dump, dumpAll, writeOrders } from '../helpers/order-files.ts';
import { temporaryFolder, temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { randomTransactions } from '../helpers/transactions.ts';

const all = randomTransactions({
  seed: 6,
  customers: 120,
  transactions: 1200,
  from: '2024-01-01',
  days: 150,
});
const GOLD = [
  'gold.customer_segments',
  'gold.customer_segments_history',
  'gold.segment_kpis',
  'gold.segment_kpis_history',
  'gold.segment_kpis_monthly',
  'gold.customer_profiles',
  'ops.models',
];

async function lastRun({ connection }: RunContext): Promise<unknown> {
  const { lastRun } = await readStatus(connection, { path: '', name: '', presets: [] });
  return {
    status: lastRun?.status,
    steps: lastRun?.steps.map(({ step, status }) => `${step} ${status}`),
  };
}

/** A workspace that has run once, and a file more that has landed since. */
async function withNews() {
  const folder = await temporaryFolder();
  const opened = await temporaryWorkspace();
  for (const [name, part] of [
    ['first', all.slice(0, 800)],
    ['second', all.slice(800)],
  ] as const) {
    await writeOrders(join(folder, name), part);
    await opened.ingest(join(folder, name), 'orders');
    if (name === 'first') await runPipeline(opened.context);
  }
  return opened;
}

/** Something that a step needs is taken away, and put back. */
const plants = [
  {
    step: 'features',
    away: 'create view features.customer_features_new as select 1; alter table features.customer_features rename to kept; create view features.customer_features as select * from features.kept',
    back: 'drop view features.customer_features; alter table features.kept rename to customer_features; drop view features.customer_features_new',
  },
  {
    step: 'segments',
    away: 'alter table gold.segment_migration rename to elsewhere',
    back: 'alter table gold.elsewhere rename to segment_migration',
  },
  {
    step: 'gold',
    away: 'alter table gold.segment_kpis_history rename to elsewhere',
    back: 'alter table gold.elsewhere rename to segment_kpis_history',
  },
  {
    step: 'silver',
    away: 'alter table silver.transaction_lines rename to elsewhere',
    back: 'alter table silver.elsewhere rename to transaction_lines',
  },
];

describe('a step that fails', () => {
  it.each(plants)(
    'leaves what was there whole, is logged, and is made up for by the next run: $step',
    async ({ step, away, back }) => {
      const { context } = await withNews();
      const { connection } = context;
      const steps = ['silver', 'features', 'segments', 'gold'];
      const own =
        step === 'gold'
          ? GOLD.filter(
              (name) => name.startsWith('gold.segment_kpis') || name === 'gold.customer_profiles',
            )
          : GOLD;
      const before = await dump(connection, own);
      await connection.run(away);
      await expect(runPipeline(context)).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(await lastRun(context)).toEqual({
        status: 'failed',
        steps: [
          ...steps.slice(0, steps.indexOf(step)).map((name) => `${name} done`),
          `${step} failed`,
        ],
      });
      await connection.run(back);
      expect(await dump(connection, own)).toEqual(before);
      await runPipeline(context);
      const straight = await withNews();
      await runPipeline(straight.context);
      const comparable = [
        'features.customer_features',
        'gold.customer_segments',
        'gold.segment_kpis',
        'gold.segment_kpis_monthly',
        'gold.segment_migration',
        'silver.transactions',
      ];
      expect(await dump(connection, comparable)).toEqual(
        await dump(straight.context.connection, comparable),
      );
    },
  );

  it('does not keep a model whose customers could not be put into segments', async () => {
    const { context } = await withNews();
    const before = await dump(context.connection, ['ops.models', 'gold.customer_segments']);
    await context.connection.run('alter table gold.segment_migration rename to elsewhere');
    const train = { ...context.config.segmentation, k: 3 };
    await expect(runPipeline(context, { steps: ['segments'], train })).rejects.toMatchObject({});
    expect(await dump(context.connection, ['ops.models', 'gold.customer_segments'])).toEqual(
      before,
    );
  });

  it('by a check names the check and shows a row', async () => {
    const { context } = await withNews();
    await context.connection.run('alter table silver.transactions alter customer_id drop not null');
    await context.connection.run(
      "insert into silver.transactions by name select * replace (null as customer_id, 'x' as order_id) from (from silver.transactions where amount > 0 limit 1)",
    );
    const before = await dump(context.connection, ['features.customer_features']);
    await expect(runPipeline(context)).rejects.toMatchObject({
      code: 'CHECK_FAILED',
      details: {
        model: 'features.customer_features',
        rows: 1,
        check: expect.stringContaining('customer_id') as unknown,
      },
    });
    expect(await dump(context.connection, ['features.customer_features'])).toEqual(before);
  });
});

describe('cancelling a run', () => {
  it('while segments are trained keeps features, and neither model nor segments', async () => {
    const { context, ingest } = await temporaryWorkspace();
    const path = join(await temporaryFolder(), 'orders.ndjson');
    await writeOrders(path, all);
    await ingest(path, 'orders');
    const abort = new AbortController();
    const report = ({ message }: { message: string }): void => {
      if (message === 'Training segments') abort.abort();
    };
    const cancelled = runPipeline({ ...context, signal: abort.signal, report });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const found = await dump(context.connection, [
      'ops.models',
      'gold.customer_segments',
      'features.customer_features',
    ]);
    expect(Object.values(found).map((rows) => rows.length > 0)).toEqual([false, false, true]);
    expect(await runPipeline(context)).toMatchObject({ status: 'done' });
  });

  it('before it starts does nothing and logs it', async () => {
    const { context } = await withNews();
    const before = await dumpAll(context.connection);
    const cancelled = runPipeline({ ...context, signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await dumpAll(context.connection)).toEqual(before);
    expect(await lastRun(context)).toEqual({ status: 'cancelled', steps: ['silver failed'] });
  });

  it('at any message leaves a state from which the next run gets where an undisturbed one does', async () => {
    const { context } = await withNews();
    const straight = await withNews();
    await runPipeline(straight.context);
    const codes: (string | undefined)[] = [];
    while (codes.at(-1) !== 'done') {
      const abort = new AbortController();
      let messages = 0;
      // One message later each time; what was committed before is not done again.
      const report = (): void => {
        if (++messages === codes.length + 1) abort.abort();
      };
      const run = runPipeline({ ...context, signal: abort.signal, report });
      codes.push(
        await run.then(
          () => 'done',
          (error: { code?: string }) => error.code,
        ),
      );
      expect(await lastRun(context)).toMatchObject({
        status: codes.at(-1) === 'done' ? 'done' : 'cancelled',
      });
    }
    expect(codes.slice(0, 3)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    const comparable = [
      'features.customer_features',
      'gold.customer_segments',
      'gold.segment_kpis',
      'gold.segment_kpis_monthly',
      'silver.transactions',
    ];
    expect(await dump(context.connection, comparable)).toEqual(
      await dump(straight.context.connection, comparable),
    );
  });
});
