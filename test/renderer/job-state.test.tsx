import { expect, test } from 'vitest';
import type { JobEvent, JobInfo } from '../../pipeline/contract/schemas.ts';
import {
  jobReducer,
  jobToShow,
  type JobAction,
  type JobState,
} from '../../renderer/panels/run/job-state.ts';
import { knownEnds } from '../../renderer/panels/run/known-ends.ts';

const job: JobInfo = {
  id: 'a',
  kind: 'demo',
  title: 'Demo',
  startedAt: '2026-11-20T10:00:00Z',
  last: null,
};

function event(event: JobEvent): JobAction {
  return { kind: 'event', event };
}

function after(...actions: JobAction[]): JobState {
  return actions.reduce<JobState>(jobReducer, { kind: 'idle' });
}

const watch: JobAction = { kind: 'watch', job };
const read = (done: number) =>
  event({ kind: 'progress', step: 'read', message: `${done}`, done, total: 9 });
const silver = event({ kind: 'progress', step: 'silver', message: 'cleaning' });

test('progress moves its own step and a new step comes after', () => {
  expect(after({ kind: 'start', input: { kind: 'run' } }, watch, read(1), read(5), silver)).toEqual(
    {
      kind: 'running',
      job,
      steps: [
        { step: 'read', message: '5', done: 5, total: 9 },
        { step: 'silver', message: 'cleaning', done: null, total: null },
      ],
    },
  );
});

test('watching again after a lost connection starts the steps anew instead of doubling them', () => {
  expect(after(watch, read(1), silver, watch, read(1))).toEqual(after(watch, read(1)));
});

test('a failure keeps the steps and says what to do next and whether trying again helps', () => {
  const error = { code: 'KAFKA_UNREACHABLE', message: 'No broker.', next: 'Check it.' };
  expect(after(watch, read(1), event({ kind: 'failed', error }))).toMatchObject({
    kind: 'failed',
    steps: [{ step: 'read' }],
    problem: { ...error, retry: true },
  });
});

test('a job that is being cancelled may still end well', () => {
  const done = event({ kind: 'done', summary: 'All there.' });
  expect(after(watch, { kind: 'cancel' }, done)).toMatchObject({ kind: 'done' });
  const cancelled = event({ kind: 'cancelled' });
  expect(after(watch, { kind: 'cancel' }, cancelled)).toMatchObject({ kind: 'cancelled' });
});

test('an end cannot be undone by a late event, and a running job cannot be dismissed', () => {
  const failed = after(watch, event({ kind: 'cancelled' }), read(3));
  expect(failed).toMatchObject({ kind: 'cancelled' });
  expect(after(watch, { kind: 'dismiss' })).toMatchObject({ kind: 'running' });
});

test('the page shows the running job rather than a newer one that has ended', () => {
  const ended: JobInfo = {
    ...job,
    id: 'b',
    startedAt: '2026-11-20T11:00:00Z',
    last: { kind: 'cancelled' },
  };
  const older: JobInfo = { ...ended, id: 'c', startedAt: '2026-11-20T09:00:00Z' };
  expect(jobToShow([older, ended, job])?.id).toBe('a');
  expect(jobToShow([older, ended])?.id).toBe('b');
  expect(jobToShow([])).toBeNull();
});

test('each end is news once: not those from before the page, but those of jobs nobody here watched', () => {
  const done = (id: string): JobInfo => ({ ...job, id, last: { kind: 'done', summary: '' } });
  const ends = knownEnds();
  expect(ends.listed([done('old'), job])).toBe(false);
  expect(ends.listed([done('old'), job])).toBe(false);
  expect(ends.listed([done('old'), job, done('of another window')])).toBe(true);
  expect([ends.seen('a'), ends.seen('a')]).toEqual([true, false]);
  expect(ends.listed([done('old'), done('a'), done('of another window')])).toBe(false);
  expect(ends.listed([done('next'), done('a')])).toBe(true);
});
