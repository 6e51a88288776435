/** A dot product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Adds a multiple of one vector to another, in place. */
export function addMultiple(to: Float64Array, factor: number, of: Float64Array): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] ?? 0) + factor * (of[at] ?? 0);
}

/**
 * Least squares by Gram and Schmidt, each vector made orthogonal twice. Null if columns depend on
 * others.
 */
function leastSquares(columns: readonly Float64Array[], target: Float64Array): number[] | null {
  const basis: Float64Array[] = [];
  const upper: number[][] = [];
  for (const column of columns) {
    const rest = column.slice();
    const entries = basis.map(() => 0);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [index, unit] of basis.entries()) {
        const part = dot(unit, rest);
        entries[index] = (entries[index] ?? 0) + part;
        addMultiple(rest, -part, unit);
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length <= 1e-12 * Math.sqrt(dot(column, column))) return null;
    basis.push(rest.map((value) => value / length));
    upper.push([...entries, length]);
  }
  const solution = basis.map((unit) => dot(unit, target));
  for (let row = solution.length - 1; row >= 0; row -= 1) {
    const diagonal = upper[row]?.[row] ?? 1;
    const value = (solution[row] ?? 0) / diagonal;
    solution[row] = value;
    for (let above = 0; above < row; above += 1) {
      solution[above] = (solution[above] ?? 0) - (upper[row]?.[above] ?? 0) * value;
    }
  }
  return solution;
}

export interface NonNegativeSolution {
  /** One factor a column, none negative. */
  readonly factors: Float64Array;
  /** The sum of columns by factors, less the target. */
  readonly residual: Float64Array;
}

interface State {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly factors: Float64Array;
  /** The columns whose factors are not held at 0. */
  readonly passive: number[];
}

/** Tries to let one more factor be positive; gives back whether it took. */
function admit({ columns, target, factors, passive }: State, candidate: number): boolean {
  const solve = (indexes: readonly number[]): number[] | null =>
    leastSquares(
      indexes.map((index) => columns[index] ?? target),
      target,
    );
  let solution = solve([...passive, candidate]);
  if (!solution || (solution.at(-1) ?? 0) <= 0) return false;
  passive.push(candidate);
  while (solution && Math.min(...solution) <= 0) {
    let share = 1;
    for (const [at, wanted] of solution.entries()) {
      const present = factors[passive[at] ?? 0] ?? 0;
      if (wanted <= 0) share = Math.min(share, present / (present - wanted));
    }
    for (const [at, index] of [...passive].entries()) {
      const present = factors[index] ?? 0;
      const wanted = solution[at] ?? 0;
      const moved = present + share * (wanted - present);
      factors[index] = wanted <= 0 && moved <= 1e-15 ? 0 : moved;
    }
    const left = passive.filter((index) => (factors[index] ?? 0) > 0);
    passive.splice(0, passive.length, ...left);
    solution = solve(passive);
  }
  for (const [at, index] of passive.entries()) factors[index] = solution?.[at] ?? 0;
  return true;
}

/**
 * The factors >= 0 by which columns add up to something as near as can be to a target: algorithm
 * NNLS of Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23. All vectors have
 * one length.
 */
export function nonNegativeLeastSquares(
  columns: readonly Float64Array[],
  target: Float64Array,
): NonNegativeSolution {
  const factors = new Float64Array(columns.length);
  const state: State = { columns, target, factors, passive: [] };
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  let residual = target.map((value) => -value);
  const refused = new Set<number>();
  for (let round = 0; round < 10 * columns.length + 10; round += 1) {
    let candidate = -1;
    let steepest = 1e-11 * dot(residual, residual);
    for (const [index, column] of columns.entries()) {
      if (state.passive.includes(index) || refused.has(index)) continue;
      const slope = -dot(column, residual) / (lengths[index] || 1);
      if (slope <= steepest) continue;
      candidate = index;
      steepest = slope;
    }
    if (candidate < 0) break;
    if (!admit(state, candidate)) {
      refused.add(candidate);
      continue;
    }
    refused.clear();
    residual = target.map((value) => -value);
    for (const [index, column] of columns.entries()) {
      addMultiple(residual, factors[index] ?? 0, column);
    }
  }
  return { factors, residual };
}
