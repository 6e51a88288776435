import { expect, test } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import type { Flow, Successions } from '../../pipeline/contract/segmentation.ts';
import { fitClv } from '../../pipeline/features/fit-clv.ts';
import { type RunContext, runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { readMigration } from '../../pipeline/segmentation/compare-models.ts';
import { requireLatestModel } from '../../pipeline/segmentation/model-store.ts';
import { successions } from '../../pipeline/segmentation/successions.ts';
import { type SweepResult, sweepWorkspace } from '../../pipeline/segmentation/sweep-workspace.ts';
import { lives } from '../helpers/lives.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { assigned, land, trained } from '../helpers/trained-workspace.ts';

const sweepOf = ({ connection }: RunContext, options: object = {}): Promise<SweepResult> =>
  sweepWorkspace(connection, trainOptions.parse(options), {
    id: 'one',
    ks: [2, 3, 4, 5, 6],
    gap: false,
    stability: false,
    silhouetteRows: null,
  });

const told = ({ connection }: RunContext, { candidates, points }: SweepResult) =>
  successions(connection, { candidates, labels: points.labels });

function matched(found: Successions): Extract<Successions, { kind: 'matched' }> {
  if (found.kind !== 'matched') throw new Error(`They are ${found.kind}.`);
  return found;
}

const inOrder = (flows: readonly Flow[]): Flow[] =>
  flows.toSorted((a, b) => (a.fromId ?? 0) - (b.fromId ?? 0) || (a.toId ?? 0) - (b.toId ?? 0));

test.each([
  ['the same features', {}],
  ['other features', { features: ['recency_days', 'monetary', 'aov'] }],
])(
  'what is told of each k of a sweep is what a training makes of it, of %s',
  async (_, options) => {
    // A training of each k, in a workspace of its own in which nothing else came between.
    for (const k of [2, 3, 5, 6]) {
      const opened = await trained(shoppers(0, 60));
      const { context } = opened;
      const swept = await sweepOf(context, options);
      const { version, clusterings } = matched(await told(context, swept));
      expect([version, clusterings.map((one) => one.k)]).toEqual([1, [2, 3, 4, 5, 6]]);
      const wanted = clusterings.find((one) => one.k === k);
      const before = await assigned(context.connection);
      await runPipeline(context, {
        steps: ['segments', 'gold'],
        train: trainOptions.parse({ ...options, k }),
      });
      const after = await assigned(context.connection);
      const { segments } = await requireLatestModel(context.connection);
      const named = wanted?.clusters.map(({ segmentId, segmentName }) => ({
        id: segmentId,
        name: segmentName,
      }));
      expect(named?.toSorted((a, b) => a.id - b.id)).toEqual(
        segments.toSorted((a, b) => a.id - b.id),
      );
      expect(inOrder(wanted?.flows ?? [])).toEqual(
        inOrder(await readMigration(context.connection)),
      );
      const stayed = [...after].filter(
        ([id, row]) => before.get(id)?.segment_id === row.segment_id,
      );
      expect([wanted?.stay, wanted?.move, wanted?.arrive]).toEqual([
        stayed.length,
        60 - stayed.length,
        0,
      ]);
      const kept = new Set(segments.map(({ id }) => id));
      const gone = [1, 2, 3, 4].filter((id) => !kept.has(id));
      expect(wanted?.ended.map(({ segmentId }) => segmentId)).toEqual(gone);
      expect(wanted?.clusters.map(({ isNew }) => isNew)).toEqual(
        wanted?.clusters.map(({ segmentId }) => segmentId > 4),
      );
    }
  },
);

test('each cluster stands under the label of its customers, whichever id it goes on with', async () => {
  const { context } = await trained(shoppers(0, 60));
  const swept = await sweepOf(context);
  const { clusterings } = matched(await told(context, swept));
  const four = clusterings.find(({ k }) => k === 4);
  // The four kinds of shoppers, which the first model found as well, by falling mean monetary.
  expect(four).toEqual({
    k: 4,
    clusters: [
      { segmentId: 1, segmentName: 'Platinum', isNew: false },
      { segmentId: 2, segmentName: 'Gold', isNew: false },
      { segmentId: 3, segmentName: 'Silver', isNew: false },
      { segmentId: 4, segmentName: 'Bronze', isNew: false },
    ],
    ended: [],
    stay: 60,
    move: 0,
    arrive: 0,
    flows: ['Platinum', 'Gold', 'Silver', 'Bronze'].map((name, at) => ({
      fromId: at + 1,
      fromName: name,
      toId: at + 1,
      toName: name,
      customers: 15,
    })),
  });
});

test('without a model there is nobody to become, and of older features nothing is told', async () => {
  const opened = await temporaryWorkspace();
  await land(opened, shoppers(0, 40));
  const { context } = opened;
  await runPipeline(context, { steps: ['silver', 'features'] });
  const swept = await sweepOf(context);
  expect(await told(context, swept)).toEqual({ kind: 'first' });
  await runPipeline(context);
  expect(await told(context, swept)).toMatchObject({ kind: 'matched', version: 1 });
  await land(opened, shoppers(40, 44));
  await runPipeline(context);
  expect(await told(context, swept)).toEqual({ kind: 'outdated' });
});

test('of a sweep from before CLV was fitted anew nothing is told, whose values are others now', async () => {
  const opened = await trained(lives(400, 9));
  const { context } = opened;
  const { connection } = context;
  await fitClv(connection, {});
  await land(
    opened,
    lives(800, 10).filter(({ customer }) => Number(customer.slice(1)) >= 400),
  );
  await runPipeline(context);
  const options = { features: ['predicted_clv', 'recency_days'] };
  const swept = await sweepOf(context, options);
  expect(await told(context, swept)).toMatchObject({ kind: 'matched', version: 1 });
  await fitClv(connection, {});
  expect(await told(context, swept)).toEqual({ kind: 'outdated' });
  const again = await sweepOf(context, options);
  expect(again.report.sweep).not.toEqual(swept.report.sweep);
  expect(await told(context, again)).toMatchObject({ kind: 'matched', version: 1 });
});
