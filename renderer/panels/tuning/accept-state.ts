import type { ClusterProfile } from '../../../pipeline/contract/segmentation.ts';
import type { Problem } from '../../host/problem.ts';

/** What was accepted: its clusters, and what was typed for each, empty where nothing was. */
export interface Choice {
  readonly k: number;
  readonly clusters: readonly ClusterProfile[];
  readonly names: readonly string[];
}

export interface AcceptedSegment {
  readonly segmentId: number;
  readonly name: string;
  readonly customers: number;
}

export type AcceptState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'training' | 'naming'; readonly choice: Choice }
  | {
      readonly kind: 'done';
      readonly version: number;
      readonly segments: readonly AcceptedSegment[];
      /** Names for which the model had no such segment any more. */
      readonly homeless: readonly string[];
    }
  /** The model stands; its segments could not be named. */
  | { readonly kind: 'not-named'; readonly problem: Problem; readonly choice: Choice };

export type AcceptAction =
  | { readonly kind: 'train'; readonly choice: Choice }
  | { readonly kind: 'trained' }
  /** The job was cancelled, refused or failed; it says so itself. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'named'; readonly result: Omit<AcceptState & { kind: 'done' }, 'kind'> }
  | { readonly kind: 'not-named'; readonly problem: Problem }
  | { readonly kind: 'name-again' }
  | { readonly kind: 'dismiss' };

export function acceptReducer(state: AcceptState, action: AcceptAction): AcceptState {
  switch (action.kind) {
    case 'train':
      return { kind: 'training', choice: action.choice };
    case 'trained':
      return state.kind === 'training' ? { kind: 'naming', choice: state.choice } : state;
    case 'stopped':
      return state.kind === 'training' ? { kind: 'idle' } : state;
    case 'named':
      return state.kind === 'naming' ? { kind: 'done', ...action.result } : state;
    case 'not-named':
      return state.kind === 'naming'
        ? { kind: 'not-named', problem: action.problem, choice: state.choice }
        : state;
    case 'name-again':
      return state.kind === 'not-named' ? { kind: 'naming', choice: state.choice } : state;
    case 'dismiss':
      return state.kind === 'done' || state.kind === 'not-named' ? { kind: 'idle' } : state;
  }
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** What is wrong with each name: only two that are the same, whatever their case, can be wrong here. */
export function nameProblems(names: readonly string[]): (string | null)[] {
  return names.map((name, at) =>
    name.trim() !== '' && names.some((other, index) => index !== at && same(name, other))
      ? 'Another one has this name'
      : null,
  );
}
