import { createMatrix, type Matrix } from '../matrix.ts';
import { type Eigen, symmetricEigen } from '../scaling/symmetric-eigen.ts';
import type { Start } from './choose-start.ts';
import { minimise, type Objective } from './minimise.ts';

export interface LikelihoodProblem {
  /** The mean negative log-likelihood of an observation, of the parameters' logarithms. */
  readonly objective: Objective;
  readonly start: Start;
  readonly observations: number;
}

interface Candidate {
  /** Logarithms of the parameters. */
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

export type LikelihoodMaximum =
  | (Candidate & {
      readonly kind: 'maximum';
      /** Of each parameter's logarithm, from the observed information. */
      readonly standardErrors: Float64Array;
    })
  | (Candidate & {
      /** The likelihood hardly changes along `direction`, a unit vector. */
      readonly kind: 'unidentified';
      readonly direction: Float64Array;
    });

/** e^16 is nine million: no parameter of a scaled model is that large or that small. */
const BOUND = 16;

const DIFFERENCE = 1e-4;
const POLISHING_STEPS = 12;
const POLISHED = 1e-9;
const SETTLED = 1e-6;

/** A parameter known to a factor of e^10 (two of these standard errors) is not known. */
const WIDEST_STANDARD_ERROR = 5;

/** The Hessian by central differences of the gradient, made symmetric. */
function hessianAt(objective: Objective, point: Float64Array): Matrix {
  const size = point.length;
  const hessian = createMatrix(size, size);
  const above = new Float64Array(size);
  const below = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    const shifted = point.slice();
    shifted[row] = (point[row] ?? 0) + DIFFERENCE;
    objective(shifted, above);
    shifted[row] = (point[row] ?? 0) - DIFFERENCE;
    objective(shifted, below);
    for (let column = 0; column < size; column += 1) {
      const half = ((above[column] ?? 0) - (below[column] ?? 0)) / (4 * DIFFERENCE);
      const across = column * size + row;
      hessian.values[row * size + column] = (hessian.values[row * size + column] ?? 0) + half;
      hessian.values[across] = (hessian.values[across] ?? 0) + half;
    }
  }
  return hessian;
}

/** The inverse of a matrix, given by its eigenvalues, times a vector. */
function solve({ values, vectors }: Eigen, right: Float64Array): Float64Array {
  const size = values.length;
  const solution = new Float64Array(size);
  for (let at = 0; at < size; at += 1) {
    const vector = vectors.values.subarray(at * size, (at + 1) * size);
    let part = 0;
    for (let row = 0; row < size; row += 1) part += (vector[row] ?? 0) * (right[row] ?? 0);
    const length = part / (values[at] ?? 1);
    for (let row = 0; row < size; row += 1) {
      solution[row] = (solution[row] ?? 0) + length * (vector[row] ?? 0);
    }
  }
  return solution;
}

/** Newton's steps with one Hessian, to the last digits of the maximum; null where they do not settle. */
function polish(objective: Objective, start: Float64Array, curvature: Eigen): Candidate | null {
  let point = start;
  const gradient = new Float64Array(point.length);
  let value = objective(point, gradient);
  let last = Infinity;
  for (let step = 0; step < POLISHING_STEPS; step += 1) {
    const move = solve(curvature, gradient);
    const size = Math.max(...move.map(Math.abs));
    if (!(size < last / 2)) break;
    point = point.map((entry, at) => entry - (move[at] ?? 0));
    value = objective(point, gradient);
    last = size;
    if (size < POLISHED) break;
  }
  return last < SETTLED ? { point, value, iterations: 0 } : null;
}

function standardErrorsOf({ values, vectors }: Eigen, observations: number): Float64Array {
  const size = values.length;
  return new Float64Array(size).map((_, row) => {
    let variance = 0;
    for (let at = 0; at < size; at += 1) {
      variance += (vectors.values[at * size + row] ?? 0) ** 2 / (values[at] ?? 1);
    }
    return Math.sqrt(variance / observations);
  });
}

/**
 * The parameters of the highest likelihood, and whether the observations identify them: they do if the
 * point is within bounds, Newton's method stays there, and the observed information is enough in every
 * direction. On a ridge that rises for ever Newton's step does not shrink, whatever the gradient.
 */
export function maximiseLikelihood(problem: LikelihoodProblem): LikelihoodMaximum {
  const { objective, start, observations } = problem;
  const { point: from, ...estimate } = start;
  const found = minimise(objective, from, { bound: BOUND, ...estimate });
  const { iterations } = found;
  const curvature = symmetricEigen(hessianAt(objective, found.point));
  const least = curvature.values.at(-1) ?? 0;
  const identified =
    found.kind !== 'out-of-bounds' &&
    least > 0 &&
    1 / Math.sqrt(observations * least) <= WIDEST_STANDARD_ERROR;
  const polished = identified ? polish(objective, found.point, curvature) : null;
  if (polished !== null) {
    const standardErrors = standardErrorsOf(curvature, observations);
    return { kind: 'maximum', ...polished, iterations, standardErrors };
  }
  const direction = curvature.vectors.values.slice(-from.length);
  return { kind: 'unidentified', point: found.point, value: found.value, iterations, direction };
}
