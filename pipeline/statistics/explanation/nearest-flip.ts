import { assignNearest } from '../clustering/assign.ts';
import {
  type FlipProblem,
  land,
  type Landing,
  relax,
  type ScaledProblem,
  scaleProblem,
  scaleRow,
  squaredBetween,
} from './flip-problem.ts';
import type { Range } from './movable-column.ts';

/** A row that was assigned to the target, in original units, and its squared scaled distance. */
interface Found {
  readonly values: readonly number[];
  readonly squared: number;
}

export interface Flip {
  /** Null where nothing allowed leads to the target within the distance asked for. */
  readonly found: Found | null;
  /** False where the search gave up: there may be a nearer one. */
  readonly proven: boolean;
}

const MOST_NODES = 1000;
/** What could be nearer by no more than this share of the squared distance is not looked for. */
const WORTH_IT = 1e-6;

function replaceAt(ranges: readonly Range[], column: number, by: Range): Range[] {
  return ranges.map((range, j) => (j === column ? by : range));
}

/** The column that is farthest from an allowed value, or null where all values are allowed. */
function widestGap(landings: readonly Landing[]): (Landing & { readonly column: number }) | null {
  const gaps = landings.map(({ gap }) => gap);
  const column = gaps.indexOf(Math.max(...gaps));
  const landing = landings[column];
  return landing && landing.gap > 0 ? { ...landing, column } : null;
}

/** What became of the values for good: applied, scaled and assigned as any row is. */
function verify(problem: ScaledProblem, landings: readonly Landing[]): Found | null {
  const values = landings.map(({ around }) => around.low);
  const scaled = scaleRow(problem.columns, values);
  const row = { values: Float64Array.from(scaled), rows: 1, columns: scaled.length };
  const [label] = assignNearest(row, problem.centroids).labels;
  if (label !== problem.target) return null;
  return { values, squared: squaredBetween(scaled, problem.present) };
}

/** A good row quickly: column by column, the one farthest off first, is put on the better side's value. */
function dive(problem: ScaledProblem, from: readonly Range[]): Found | null {
  let ranges = from;
  for (;;) {
    const relaxed = relax(problem, ranges);
    if (!relaxed) return null;
    const landings = land(problem, ranges, relaxed);
    const widest = widestGap(landings);
    if (!widest) return verify(problem, landings);
    let nearest = Infinity;
    for (const value of [widest.around.low, widest.around.high]) {
      const fixed = replaceAt(ranges, widest.column, { low: value, high: value });
      const next = relax(problem, fixed);
      const squared = next ? squaredBetween(next, problem.present) : Infinity;
      if (squared >= nearest) continue;
      nearest = squared;
      ranges = fixed;
    }
    if (nearest === Infinity) return null;
  }
}

/**
 * The nearest allowed row, by scaled distance and nearer than `within` (squared), that
 * `assignNearest` gives to the target and that is closer to it than to any other centroid by more
 * than rounding. Branch and bound (Land and Doig 1960) on the steps of columns: ranges are cut in
 * two where the nearest row of any values is not an allowed one. Gives up after 1,000 such rows.
 */
export function nearestFlip(given: FlipProblem, within: number): Flip {
  const problem = scaleProblem(given);
  const first = dive(problem, given.ranges);
  let found = first && first.squared < within ? first : null;
  let proven = true;
  const open: (readonly Range[])[] = [given.ranges];
  for (let nodes = 0; open.length > 0; nodes += 1) {
    if (nodes === MOST_NODES) return { found, proven: false };
    const ranges = open.pop() ?? [];
    const relaxed = relax(problem, ranges);
    const bound = (found?.squared ?? within) * (1 - WORTH_IT);
    if (!relaxed || squaredBetween(relaxed, problem.present) >= bound) continue;
    const landings = land(problem, ranges, relaxed);
    const widest = widestGap(landings);
    if (widest) {
      const { column, around } = widest;
      const { low, high } = ranges[column] ?? around;
      const below = replaceAt(ranges, column, { low, high: around.low });
      const above = replaceAt(ranges, column, { low: around.high, high });
      // The side away from the present value, which rather flips, is looked at first.
      open.push(...((given.values[column] ?? 0) <= around.low ? [below, above] : [above, below]));
      continue;
    }
    const next = verify(problem, landings);
    proven &&= next !== null;
    if (next && next.squared < (found?.squared ?? within)) found = next;
  }
  return { found, proven };
}
