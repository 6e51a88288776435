import type { JobEvent, JobInfo, JobInput } from '../../../pipeline/contract/schemas.ts';
import type { Problem } from '../../host/problem.ts';
import { toldProblem } from '../../host/problem.ts';

export interface JobStep {
  readonly step: string;
  readonly message: string;
  readonly done: number | null;
  readonly total: number | null;
}

export type JobState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly input: JobInput }
  | { readonly kind: 'not-started'; readonly input: JobInput; readonly problem: Problem }
  | {
      readonly kind: 'running' | 'cancelling' | 'cancelled';
      readonly job: JobInfo;
      readonly steps: readonly JobStep[];
    }
  | {
      readonly kind: 'done';
      readonly job: JobInfo;
      readonly steps: readonly JobStep[];
      readonly summary: string;
    }
  | {
      readonly kind: 'failed';
      readonly job: JobInfo;
      readonly steps: readonly JobStep[];
      readonly problem: Problem;
    };

export type JobAction =
  | { readonly kind: 'start'; readonly input: JobInput }
  | { readonly kind: 'start-failed'; readonly input: JobInput; readonly problem: Problem }
  /** The host is about to tell every event of this job from its start. */
  | { readonly kind: 'watch'; readonly job: JobInfo }
  | { readonly kind: 'event'; readonly event: JobEvent }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'cancel-failed' }
  | { readonly kind: 'dismiss' };

function withStep(steps: readonly JobStep[], event: JobEvent & { kind: 'progress' }): JobStep[] {
  const step: JobStep = {
    step: event.step,
    message: event.message,
    done: event.done ?? null,
    total: event.total ?? null,
  };
  const at = steps.findIndex((known) => known.step === event.step);
  return at === -1 ? [...steps, step] : steps.with(at, step);
}

function onEvent(state: JobState, event: JobEvent): JobState {
  if (state.kind !== 'running' && state.kind !== 'cancelling') return state;
  const { job, steps } = state;
  switch (event.kind) {
    case 'progress':
      return { ...state, steps: withStep(steps, event) };
    case 'done':
      return { kind: 'done', job, steps, summary: event.summary };
    case 'failed':
      return { kind: 'failed', job, steps, problem: toldProblem(event.error) };
    case 'cancelled':
      return { kind: 'cancelled', job, steps };
  }
}

export function jobReducer(state: JobState, action: JobAction): JobState {
  switch (action.kind) {
    case 'start':
      return { kind: 'starting', input: action.input };
    case 'start-failed':
      return { kind: 'not-started', input: action.input, problem: action.problem };
    case 'watch':
      return { kind: 'running', job: action.job, steps: [] };
    case 'event':
      return onEvent(state, action.event);
    case 'cancel':
      return state.kind === 'running' ? { ...state, kind: 'cancelling' } : state;
    case 'cancel-failed':
      return state.kind === 'cancelling' ? { ...state, kind: 'running' } : state;
    case 'dismiss':
      return isBusy(state) ? state : { kind: 'idle' };
  }
}

/** Whether a job holds the workspace, so that another one would be refused. */
export function isBusy(state: JobState): boolean {
  return state.kind === 'starting' || state.kind === 'running' || state.kind === 'cancelling';
}

export function hasEnded(event: JobEvent | null): boolean {
  return event !== null && event.kind !== 'progress';
}

/** The job a page should show: the one that runs, otherwise the one that started last. */
export function jobToShow(jobs: readonly JobInfo[]): JobInfo | null {
  const newestFirst = [...jobs].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  return newestFirst.find((job) => !hasEnded(job.last)) ?? newestFirst[0] ?? null;
}

/** Of which kind the job is that a state tells of; null where there is none. */
export function jobKind(state: JobState): string | null {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'starting':
    case 'not-started':
      return state.input.kind;
    case 'running':
    case 'cancelling':
    case 'cancelled':
    case 'done':
    case 'failed':
      return state.job.kind;
  }
}
