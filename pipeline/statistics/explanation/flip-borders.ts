import type { Matrix } from '../matrix.ts';
import type { HalfSpace } from './least-distance.ts';

interface Steps {
  /** Where the steps start, in scaled units, one a column. */
  readonly start: readonly number[];
  /** The columns that may step. */
  readonly moving: readonly number[];
  /** How far beyond the border between two centroids a row has to get. */
  readonly beyond: number;
}

/**
 * What steps from `start` must fulfil to end nearer to the target than to every other centroid: one
 * half-space of the moving columns a centroid, the one beyond the plane midway. Null where no step
 * can do it.
 */
export function flipBorders(
  { values, rows, columns }: Matrix,
  target: number,
  { start, moving, beyond }: Steps,
): HalfSpace[] | null {
  const at = (row: number, column: number): number => values[row * columns + column] ?? 0;
  const found: HalfSpace[] = [];
  for (let other = 0; other < rows; other += 1) {
    if (other === target) continue;
    const normal = start.map((_, column) => at(target, column) - at(other, column));
    const apart = Math.hypot(...normal);
    if (apart === 0) return null;
    let least = beyond;
    for (const [column, from] of start.entries()) {
      const toMiddle = (at(target, column) - from + (at(other, column) - from)) / 2;
      least += ((normal[column] ?? 0) / apart) * toMiddle;
    }
    const free = Float64Array.from(moving, (column) => (normal[column] ?? 0) / apart);
    const length = Math.hypot(...free);
    if (length > 1e-12) {
      found.push({ normal: free.map((part) => part / length), least: least / length });
    } else if (least > 0) {
      return null;
    }
  }
  return found;
}
