import { addMultiple, dot, nonNegativeLeastSquares } from './non-negative-least-squares.ts';

/** normal . x >= least */
export interface HalfSpace {
  /** Of length 1. */
  readonly normal: Float64Array;
  readonly least: number;
}

/** Points farther away than this many times the worst half-space count as none. */
const FARTHEST = 1e6;

/** The shortest vector on several planes at once, which lies in the span of their normals. */
function shortestOn(planes: readonly HalfSpace[], size: number): Float64Array {
  const x = new Float64Array(size);
  const basis: Float64Array[] = [];
  for (const { normal, least } of planes) {
    const rest = normal.slice();
    for (let pass = 0; pass < 2; pass += 1) {
      for (const unit of basis) addMultiple(rest, -dot(unit, rest), unit);
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length <= 1e-9) continue;
    const unit = rest.map((value) => value / length);
    addMultiple(x, (least - dot(normal, x)) / dot(normal, unit), unit);
    basis.push(unit);
  }
  return x;
}

/**
 * The point nearest to the origin that lies in all of some half-spaces, or null where no point
 * does: algorithm LDP of Lawson and Hanson (1974), chapter 23, which finds the planes it lies on;
 * the point is then computed from those. A point a million times as far away as the farthest of the
 * half-spaces is taken for none.
 */
export function leastDistance(halfSpaces: readonly HalfSpace[], size: number): Float64Array | null {
  const worst = halfSpaces.reduce((most, { least }) => Math.max(most, least), 0);
  if (worst === 0) return new Float64Array(size);
  const near = halfSpaces.filter(({ least }) => least > -2 * FARTHEST * worst);
  const columns = near.map(({ normal, least }) => Float64Array.from([...normal, least / worst]));
  const target = new Float64Array(size + 1);
  target[size] = 1;
  const { factors, residual } = nonNegativeLeastSquares(columns, target);
  if (dot(residual, residual) <= 1 / (1 + FARTHEST ** 2)) return null;
  return shortestOn(
    near.filter((_, index) => (factors[index] ?? 0) > 0),
    size,
  );
}
