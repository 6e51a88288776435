import type { Problem } from '../../host/problem.ts';

export type NameState =
  | { readonly kind: 'shown' }
  | { readonly kind: 'editing'; readonly text: string; readonly problem: NameProblem | null }
  | { readonly kind: 'saving'; readonly text: string };

type NameProblem = Pick<Problem, 'message' | 'next'>;

export type NameAction =
  | { readonly kind: 'edit'; readonly name: string }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'save'; readonly name: string }
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly problem: NameProblem }
  | { readonly kind: 'give-up' };

const nameless: NameProblem = {
  message: 'A segment needs a name.',
  next: 'Type one, or press Escape to keep the one it has.',
};

/** `save` brings the name that the segment has: the same one again is nothing to save. */
export function nameReducer(state: NameState, action: NameAction): NameState {
  switch (action.kind) {
    case 'edit':
      return state.kind === 'shown' ? { kind: 'editing', text: action.name, problem: null } : state;
    case 'type':
      return state.kind === 'editing'
        ? { kind: 'editing', text: action.text, problem: null }
        : state;
    case 'save': {
      if (state.kind !== 'editing') return state;
      const text = state.text.trim();
      if (text === '') return { ...state, problem: nameless };
      return text === action.name ? { kind: 'shown' } : { kind: 'saving', text };
    }
    case 'saved':
      return state.kind === 'saving' ? { kind: 'shown' } : state;
    case 'refused':
      return state.kind === 'saving'
        ? { kind: 'editing', text: state.text, problem: action.problem }
        : state;
    case 'give-up':
      return state.kind === 'editing' ? { kind: 'shown' } : state;
  }
}
