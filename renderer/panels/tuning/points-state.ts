import type { SweepPoints } from './sweep-points.ts';

/** The customers of a sweep on their way to the page. */
export type PointsState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: () => void }
  | { readonly kind: 'here'; readonly value: SweepPoints };
