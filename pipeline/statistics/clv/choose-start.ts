import { minimise, type Objective } from './minimise.ts';

/** e^8 is three thousand: where a parameter runs off, the search on all data begins here. */
const FURTHEST = 8;

const ROUGHLY = 1e-5;

export interface Start {
  readonly point: Float64Array;
  /** An estimate of the inverse Hessian there, if there is one. */
  readonly inverse?: Float64Array;
}

/** The lowest of the minima found from some points; meant for the objective of a sample. */
export function chooseStart(objective: Objective, points: readonly Float64Array[]): Start {
  const minima = points.map((point) =>
    minimise(objective, point, { tolerance: ROUGHLY, bound: FURTHEST }),
  );
  const { kind, point, inverse } = minima.reduce((best, minimum) =>
    minimum.value < best.value ? minimum : best,
  );
  if (kind === 'converged') return { point, inverse };
  return { point: point.map((entry) => Math.max(-FURTHEST, Math.min(FURTHEST, entry))) };
}
