/** Fills `gradient` and gives the value at `point`; a value that is not finite counts as too high. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

interface Place {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface Minimum extends Place {
  /**
   * converged: no entry of the gradient is above the tolerance. stalled: rounding hides any lower value.
   * out-of-bounds: a coordinate went beyond the bound. iteration-limit: neither within the iterations.
   */
  readonly kind: 'converged' | 'stalled' | 'out-of-bounds' | 'iteration-limit';
  readonly iterations: number;
  readonly evaluations: number;
  /** What the search made out of the inverse Hessian, row-major. */
  readonly inverse: Float64Array;
}

export interface MinimiseOptions {
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** An estimate of the inverse Hessian, row-major, to begin with; the identity unless given. */
  readonly inverse?: Float64Array;
  /** The search ends where a coordinate's size is above this. */
  readonly bound?: number;
}

const SUFFICIENT_DECREASE = 1e-4;
const CURVATURE = 0.9;
const LONGEST_FIRST_STEP = 4;
const TRIALS = 50;
const ROUNDING = 8 * Number.EPSILON;

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function largest(vector: Float64Array): number {
  let size = 0;
  for (const entry of vector) size = Math.max(size, Math.abs(entry));
  return size;
}

/**
 * A step that meets the weak Wolfe conditions, by bracketing and bisection (Lewis and Overton 2013); near
 * the minimum, where values differ by rounding only, a smaller slope will do (Hager and Zhang 2005).
 */
function search(
  evaluate: (point: Float64Array) => Place,
  from: Place,
  direction: Float64Array,
): Place | null {
  const slope = dot(from.gradient, direction);
  const reach = largest(direction);
  let low = 0;
  let high = Infinity;
  let step = Math.min(1, LONGEST_FIRST_STEP / reach);
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const place = evaluate(from.point.map((entry, at) => entry + step * (direction[at] ?? 0)));
    const reached = dot(place.gradient, direction);
    const lower = place.value <= from.value + SUFFICIENT_DECREASE * step * slope;
    const same = Math.abs(place.value - from.value) <= ROUNDING * Math.abs(from.value);
    if (!lower && !(same && Math.abs(reached) <= CURVATURE * Math.abs(slope))) high = step;
    else if (reached < CURVATURE * slope && step * reach < LONGEST_FIRST_STEP) low = step;
    else return place;
    step = high < Infinity ? (low + high) / 2 : 2 * low;
  }
  return null;
}

/** The BFGS update of the inverse Hessian, row-major, in place: Nocedal and Wright (2006), 6.17. */
function update(inverse: Float64Array, moved: Float64Array, turned: Float64Array): void {
  const size = moved.length;
  const product = dot(moved, turned);
  if (!(product > 0)) return;
  const image = moved.map((_, row) => dot(inverse.subarray(row * size, (row + 1) * size), turned));
  const stretch = (1 + dot(turned, image) / product) / product;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const cross =
        (image[row] ?? 0) * (moved[column] ?? 0) + (moved[row] ?? 0) * (image[column] ?? 0);
      const square = (moved[row] ?? 0) * (moved[column] ?? 0);
      const at = row * size + column;
      inverse[at] = (inverse[at] ?? 0) + stretch * square - cross / product;
    }
  }
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
}

function difference(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((entry, at) => entry - (other[at] ?? 0));
}

/** Downhill by the inverse Hessian, or the steepest way if that should not lead down. */
function directionFrom({ gradient }: Place, inverse: Float64Array): Float64Array {
  const size = gradient.length;
  const direction = gradient.map(
    (_, row) => -dot(inverse.subarray(row * size, (row + 1) * size), gradient),
  );
  return dot(gradient, direction) < 0 ? direction : gradient.map((entry) => -entry);
}

/**
 * A local minimum by BFGS from `start` (any length), with the objective's own gradients; the same input
 * gives the same steps. RangeError if the value at the start is not finite.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: MinimiseOptions = {},
): Minimum {
  const { tolerance = 1e-7, maxIterations = 200, bound = Infinity } = options;
  const inverse = options.inverse?.slice() ?? identity(start.length);
  let evaluations = 0;
  function evaluate(point: Float64Array): Place {
    evaluations += 1;
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    return { point, value: Number.isFinite(value) ? value : Infinity, gradient };
  }
  let place = evaluate(start.slice());
  if (place.value === Infinity) throw new RangeError('The value at the start is not finite.');
  const end = (kind: Minimum['kind'], iterations: number): Minimum => {
    return { kind, ...place, iterations, evaluations, inverse };
  };
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    if (largest(place.point) > bound) return end('out-of-bounds', iteration);
    if (largest(place.gradient) <= tolerance) return end('converged', iteration);
    const next =
      search(evaluate, place, directionFrom(place, inverse)) ??
      search(evaluate, place, directionFrom(place, identity(start.length)));
    if (next === null) return end('stalled', iteration);
    const moved = difference(next.point, place.point);
    update(inverse, moved, difference(next.gradient, place.gradient));
    place = next;
  }
  return end('iteration-limit', maxIterations);
}
