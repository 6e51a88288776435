import type { Problem } from '../../host/problem.ts';
import type { JobState } from '../run/job-state.ts';

/** What the workspace's one job means to this panel. */
export type SweepRun =
  | { readonly kind: 'free' }
  /** A job of another kind holds the workspace. */
  | { readonly kind: 'held'; readonly title: string }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'running' | 'cancelling';
      readonly message: string;
      readonly done: number | null;
      readonly total: number | null;
      readonly startedAt: string;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The state of a job as the panel for jobs of this kind shows it; `asked` says that the panel asked for the last one itself. */
export function sweepRun(state: JobState, asked: boolean, jobKind = 'sweep'): SweepRun {
  switch (state.kind) {
    case 'idle':
      return { kind: 'free' };
    case 'starting':
      return asked ? { kind: 'starting' } : { kind: 'held', title: 'Another job' };
    case 'not-started':
      return asked ? { kind: 'failed', problem: state.problem } : { kind: 'free' };
    case 'running':
    case 'cancelling': {
      if (state.job.kind !== jobKind) return { kind: 'held', title: state.job.title };
      const step = state.steps.at(-1);
      return {
        kind: state.kind,
        message: step?.message ?? 'starting',
        done: step?.done ?? null,
        total: step?.total ?? null,
        startedAt: state.job.startedAt,
      };
    }
    case 'cancelled':
      return state.job.kind === jobKind ? { kind: 'cancelled' } : { kind: 'free' };
    case 'failed':
      return state.job.kind === jobKind
        ? { kind: 'failed', problem: state.problem }
        : { kind: 'free' };
    case 'done':
      return { kind: 'free' };
  }
}

/** Whether a job may be started now. */
export function isFree(run: SweepRun): boolean {
  return run.kind === 'free' || run.kind === 'cancelled' || run.kind === 'failed';
}
