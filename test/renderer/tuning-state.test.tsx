import { expect, test } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import type { JobInfo } from '../../pipeline/contract/schemas.ts';
import type { ClusterProfile, SweepReport } from '../../pipeline/contract/segmentation.ts';
import type { JobState } from '../../renderer/panels/run/job-state.ts';
import {
  acceptReducer,
  nameProblems,
  type AcceptAction,
  type AcceptState,
} from '../../renderer/panels/tuning/accept-state.ts';
import { recipeLine } from '../../renderer/panels/tuning/recipe-line.ts';
import { isFree, sweepRun } from '../../renderer/panels/tuning/sweep-run.ts';
import {
  clusterName,
  isOf,
  shownK,
  startTuning,
  sweepJob,
} from '../../renderer/panels/tuning/tuning-value.ts';

const options = trainOptions.parse({});
const start = startTuning(options);

function report(recommended: number | null): SweepReport {
  return {
    id: 'a',
    asOf: '2026-11-20',
    customers: 10,
    options,
    features: [],
    sweep: [],
    gapRows: null,
    stabilityRows: null,
    elbow: null,
    recommended,
    reason: '',
    components: [],
    clusterings: [3, 4, 5].map((k) => ({ k, clusters: [] })),
  };
}

test('the parameters are plain JSON, and a sweep is asked for with those that are its own', () => {
  expect(JSON.parse(JSON.stringify(start))).toEqual(start);
  expect(sweepJob({ ...start, gap: true })).toEqual({
    kind: 'sweep',
    options,
    from: 2,
    to: 10,
    gap: true,
    stability: false,
    silhouetteRows: 20_000,
  });
});

test('the k that is looked at is the chosen one, else the recommended, else one there is', () => {
  expect(shownK(report(4), 5)).toBe(5);
  expect(shownK(report(4), 9)).toBe(4);
  expect(shownK(report(4), null)).toBe(4);
  expect(shownK(report(null), null)).toBe(3);
  expect(shownK({ ...report(null), clusterings: [] }, 4)).toBeNull();
});

test('a sweep is of these options whatever their k and order, and not of another seed or recipe', () => {
  const tried = report(4);
  const turned = Object.fromEntries(Object.entries(options).toReversed());
  expect(isOf(tried, trainOptions.parse({ ...turned, k: 9 }))).toBe(true);
  expect(isOf(tried, { ...options, seed: 1 })).toBe(false);
  expect(isOf(tried, { ...options, restarts: 1 })).toBe(false);
  expect(isOf(tried, { ...options, transform: 'none' })).toBe(false);
});

test('a name is kept for its k, and blanks are no name', () => {
  const names = { '4:0': 'Champions', '5:0': '  ' };
  expect([4, 5].map((k) => clusterName({ names }, k, 0))).toEqual(['Champions', 'Cluster 1']);
});

test('a recipe is told in a line: its features, what holds for all, what differs for one', () => {
  const recipe = trainOptions.parse({
    features: ['monetary', 'aov'],
    winsorise: { lower: 0.01, upper: 0.99 },
    columns: { aov: { weight: 2, transform: 'none' }, gone: { weight: 3 } },
  });
  expect(recipeLine(recipe, (name) => name.toUpperCase())).toEqual({
    features: 'MONETARY, AOV',
    treatment: 'missing as median, winsorised to 1% to 99%, log(1 + x), standardised',
    own: ['AOV: weight 2, no transform'],
  });
});

function job(kind: string): JobInfo {
  return { id: 'j', kind, title: `A ${kind}`, startedAt: '2026-11-20T10:00:00Z', last: null };
}

test('the job of the workspace is a sweep, holds it for something else, or leaves it free', () => {
  const steps = [{ step: 'sweep', message: 'k = 5', done: 3, total: 9 }];
  const running: JobState = { kind: 'running', job: job('sweep'), steps };
  expect(sweepRun(running, false)).toEqual({
    kind: 'running',
    message: 'k = 5',
    done: 3,
    total: 9,
    startedAt: '2026-11-20T10:00:00Z',
  });
  const run: JobState = { kind: 'running', job: job('run'), steps };
  expect(sweepRun(run, true)).toEqual({ kind: 'held', title: 'A run' });
  const problem = { code: 'A', message: 'm', next: 'n', retry: false };
  expect(sweepRun({ kind: 'not-started', problem }, true)).toEqual({ kind: 'failed', problem });
  expect(sweepRun({ kind: 'not-started', problem }, false)).toEqual({ kind: 'free' });
  expect(sweepRun({ kind: 'cancelled', job: job('train'), steps }, true)).toEqual({ kind: 'free' });
  expect([running, run].map((state) => isFree(sweepRun(state, false)))).toEqual([false, false]);
});

const cluster: ClusterProfile = {
  customers: 1,
  share: 1,
  centre: [],
  silhouette: null,
  effects: [],
  sentence: '',
};
const choice = { k: 2, clusters: [cluster, cluster], names: ['A', ''] };

function after(...actions: AcceptAction[]): AcceptState {
  return actions.reduce<AcceptState>(acceptReducer, { kind: 'idle' });
}

const train: AcceptAction = { kind: 'train', choice };
const problem = { code: 'A', message: 'm', next: 'n', retry: false };

test('segments are named only after their model is trained, and again where that failed', () => {
  const result = { version: 3, segments: [], homeless: [] };
  expect(after(train, { kind: 'named', result })).toEqual({ kind: 'training', choice });
  expect(after(train, { kind: 'trained' }, { kind: 'named', result })).toEqual({
    kind: 'done',
    ...result,
  });
  expect(
    after(train, { kind: 'trained' }, { kind: 'not-named', problem }, { kind: 'name-again' }),
  ).toEqual({ kind: 'naming', choice });
});

test('a training that ended without a model leaves nothing to name', () => {
  expect(after(train, { kind: 'stopped' })).toEqual({ kind: 'idle' });
  expect(after(train, { kind: 'stopped' }, { kind: 'trained' })).toEqual({ kind: 'idle' });
});

test('two segments cannot have one name, but any number none', () => {
  expect(nameProblems(['Gold', '', ' gold ', '', 'Silver'])).toEqual([
    'Another one has this name',
    null,
    'Another one has this name',
    null,
    null,
  ]);
});
