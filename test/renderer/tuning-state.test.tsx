import { expect, test } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import type { JobInfo } from '../../pipeline/contract/schemas.ts';
import type { SweepReport, SweptCluster } from '../../pipeline/contract/segmentation.ts';
import { jobReducer, type JobState } from '../../renderer/panels/run/job-state.ts';
import { isFree, jobRun } from '../../renderer/panels/run/job-run.ts';
import { nameProblems } from '../../renderer/panels/tuning/name-problems.ts';
import { ownsJob } from '../../renderer/pages/workbench/owns-job.ts';
import { recipeLine } from '../../renderer/panels/tuning/recipe-line.ts';
import { staleWords } from '../../renderer/panels/tuning/stale-words.ts';
import {
  clusterName,
  isOf,
  nameKey,
  shownK,
  startTuning,
  sweepJob,
  trainJob,
  usualPlan,
} from '../../renderer/panels/tuning/tuning-value.ts';
import { droppedWords } from '../../renderer/panels/tuning/dropped-words.ts';

const options = trainOptions.parse({});
const start = startTuning({ ...usualPlan, options });

function report(recommended: number | null): SweepReport {
  return {
    id: 'a',
    asOf: '2026-11-20',
    customers: 10,
    options,
    features: [],
    sweep: [],
    dropped: [],
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

test('the k that is looked at is the one picked from a like sweep, else the recommended, else one there is', () => {
  expect(shownK(report(4), { k: 5, options })).toBe(5);
  expect(shownK(report(4), { k: 5, options: { ...options, transform: 'none' } })).toBe(4);
  expect(shownK(report(4), { k: 9, options })).toBe(4);
  expect(shownK(report(4), null)).toBe(4);
  expect(shownK(report(null), null)).toBe(3);
  expect(shownK({ ...report(null), clusterings: [] }, { k: 4, options })).toBeNull();
});

test('a sweep is of these options whatever their k and order, and not of another seed or recipe', () => {
  const tried = report(4);
  const turned = Object.fromEntries(Object.entries(options).toReversed());
  expect(isOf(tried, trainOptions.parse({ ...turned, k: 9 }))).toBe(true);
  expect(isOf(tried, { ...options, seed: 1 })).toBe(false);
  expect(isOf(tried, { ...options, restarts: 1 })).toBe(false);
  expect(isOf(tried, { ...options, transform: 'none' })).toBe(false);
});

const cluster: SweptCluster = {
  customers: 1,
  share: 1,
  centre: [12.5, 3],
  silhouette: null,
  effects: [],
  sentence: '',
  stability: null,
};

function tried(centre: readonly number[]): SweepReport {
  const clusters = [{ ...cluster, centre: [...centre] }, cluster];
  return { ...report(2), clusterings: [{ k: 2, clusters }] };
}

test('a name stays with its cluster when the sweep is made again, and is not given to another', () => {
  const names = {
    [nameKey(tried([1, 2]), 2, 0)]: ' Champions',
    [nameKey(tried([1, 2]), 2, 1)]: ' ',
  };
  const told = (report: SweepReport): string[] =>
    [0, 1].map((label) => clusterName(names, report, { k: 2, label }));
  expect(told({ ...tried([1, 2]), id: 'again' })).toEqual(['Champions', 'Cluster 2']);
  expect(told(tried([1, 7]))).toEqual(['Cluster 1', 'Cluster 2']);
});

test('a training takes the options of the sweep and the names that were typed', () => {
  expect(trainJob(tried([1, 2]), 2, [' Stars ', ' '])).toEqual({
    kind: 'train',
    options: { ...options, k: 2 },
    names: ['Stars', null],
  });
});

test('results of another recipe say which it was, those of older data from when', () => {
  const asOf = '2026-11-20';
  expect(staleWords(report(4), { options, asOf }, String)).toBeNull();
  expect(staleWords(report(4), { options: { ...options, seed: 7 }, asOf }, String)?.of).toBe(
    'It was found with recency_days, frequency, monetary: missing as median, log(1 + x), standardised; seed 42, restarts 10. “Use these” trains with that.',
  );
  expect(staleWords(report(4), { options, asOf: '2026-11-21' }, String)?.why).toContain(
    'as of 20 November 2026; the workspace has data up to 21 November 2026',
  );
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

const steps = [{ step: 'sweep', message: 'k = 5', done: 3, total: 9 }];
const problem = { code: 'A', message: 'm', next: 'n', retry: false };

test('the job of the workspace is a sweep, holds it for something else, or leaves it free', () => {
  const running: JobState = { kind: 'running', job: job('sweep'), steps };
  expect(jobRun(running, 'sweep')).toEqual({
    kind: 'running',
    title: 'A sweep',
    message: 'k = 5',
    done: 3,
    total: 9,
    startedAt: '2026-11-20T10:00:00Z',
  });
  const run: JobState = { kind: 'running', job: job('run'), steps };
  expect(jobRun(run, 'sweep')).toEqual({ kind: 'held', title: 'A run' });
  const cancelled: JobState = { kind: 'cancelled', job: job('train'), steps };
  expect(jobRun(cancelled, 'sweep')).toEqual({ kind: 'free' });
  expect([running, run].map((state) => isFree(jobRun(state, 'sweep')))).toEqual([false, false]);
});

test('a training that is refused at its start fails as a training, not as a sweep', () => {
  const input = { kind: 'train', options } as const;
  const starting = jobReducer({ kind: 'idle' }, { kind: 'start', input });
  expect([jobRun(starting, 'train'), jobRun(starting, 'sweep')]).toEqual([
    { kind: 'starting' },
    { kind: 'held', title: 'Another job' },
  ]);
  const refused = jobReducer(starting, { kind: 'start-failed', input, problem });
  expect([jobRun(refused, 'train'), jobRun(refused, 'sweep')]).toEqual([
    { kind: 'failed', problem },
    { kind: 'free' },
  ]);
  expect([ownsJob('tuning', refused), ownsJob('value', refused)]).toEqual([true, false]);
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

test('what a sweep left out is told in a sentence', () => {
  const because = 'not tried: there are fewer different customers than that.';
  expect(droppedWords([4])).toBe(`k = 4 was ${because}`);
  expect(droppedWords([3, 4, 5])).toBe(`k = 3 to 5 were ${because}`);
});
