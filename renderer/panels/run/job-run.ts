import type { JobInput } from '../../../pipeline/contract/schemas.ts';
import type { Problem } from '../../host/problem.ts';
import { jobKind, type JobState } from './job-state.ts';

/** What the workspace's one job means to a panel for jobs of one kind. */
export type JobRun =
  | { readonly kind: 'free' }
  /** A job of another kind holds the workspace. */
  | { readonly kind: 'held'; readonly title: string }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'running' | 'cancelling';
      readonly title: string;
      readonly message: string;
      readonly done: number | null;
      readonly total: number | null;
      readonly startedAt: string;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done'; readonly summary: string }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The state of the job as a panel for jobs of this kind shows it. */
export function jobRun(state: JobState, kind: JobInput['kind']): JobRun {
  const own = jobKind(state) === kind;
  switch (state.kind) {
    case 'idle':
      return { kind: 'free' };
    case 'starting':
      return own ? { kind: 'starting' } : { kind: 'held', title: 'Another job' };
    case 'running':
    case 'cancelling': {
      const { title, startedAt } = state.job;
      if (!own) return { kind: 'held', title };
      const step = state.steps.at(-1);
      return {
        kind: state.kind,
        title,
        message: step?.message ?? 'starting',
        done: step?.done ?? null,
        total: step?.total ?? null,
        startedAt,
      };
    }
    case 'cancelled':
      return own ? { kind: 'cancelled' } : { kind: 'free' };
    case 'not-started':
    case 'failed':
      return own ? { kind: 'failed', problem: state.problem } : { kind: 'free' };
    case 'done':
      return own ? { kind: 'done', summary: state.summary } : { kind: 'free' };
  }
}

/** Whether a job of the panel's own kind is at work. */
export function isWorking(run: JobRun): boolean {
  return run.kind === 'starting' || run.kind === 'running' || run.kind === 'cancelling';
}

/** Whether a job may be started now. */
export function isFree(run: JobRun): boolean {
  return run.kind !== 'held' && !isWorking(run);
}
