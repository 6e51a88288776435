import { assignNearest } from '../clustering/assign.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { type FlipProblem, scaleRow } from './flip-problem.ts';
import { type MovableColumn, rangeOf } from './movable-column.ts';
import { nearestFlip } from './nearest-flip.ts';

export interface ChangeRequest {
  /** The row in original units, one a column. */
  readonly values: readonly number[];
  readonly columns: readonly MovableColumn[];
  /** In scaled units; the model assigns a row to the nearest, of equally near ones to the lowest. */
  readonly centroids: Matrix;
  readonly target: number | 'any-other';
}

/** A change that was applied, scaled and assigned anew, and led to the target. */
export interface Change {
  readonly kind: 'change';
  readonly target: number;
  /** The whole row after it, in original units. */
  readonly values: readonly number[];
  /** What of it is new. */
  readonly moves: readonly {
    readonly column: number;
    readonly from: number;
    readonly to: number;
  }[];
  /** Euclidean, in scaled units. */
  readonly distance: number;
  /**
   * Whether it is sure that none is smaller by a millionth or more; a search of many columns with
   * steps can run out.
   */
  readonly proven: boolean;
}

/** `proven` as in a change: whether it is sure that there is none. */
export type ChangeAnswer = Change | { readonly kind: 'none'; readonly proven: boolean };

export type SmallestChanges =
  | { readonly kind: 'already-there'; readonly label: number }
  | {
      readonly kind: 'answers';
      readonly label: number;
      /**
       * The change of one column alone, a free column each: the smallest first, those without one
       * last.
       */
      readonly singles: readonly { readonly column: number; readonly answer: ChangeAnswer }[];
      /** The change of all free columns together. */
      readonly joint: ChangeAnswer;
    };

function checkRequest({ values, columns, centroids, target }: ChangeRequest): void {
  checkMatrix(centroids);
  if (values.length !== centroids.columns || columns.length !== centroids.columns) {
    throw new RangeError(
      `Centroids of ${centroids.columns} columns do not fit ${values.length} values and ${columns.length} columns.`,
    );
  }
  if (target === 'any-other') return;
  if (Number.isInteger(target) && target >= 0 && target < centroids.rows) return;
  throw new RangeError(`Target ${target} names none of ${centroids.rows} centroids.`);
}

type Question = Omit<FlipProblem, 'target'> & {
  readonly targets: readonly number[];
  /** What is known to work: the answer is no worse. */
  readonly known: ChangeAnswer;
};

/** The best for any of some targets: each needs to look no farther than the best before it. */
function answer({ targets, known, ...problem }: Question): ChangeAnswer {
  let best = known;
  let proven = true;
  for (const target of targets) {
    const { found, proven: sure } = nearestFlip({ ...problem, target }, distanceOf(best) ** 2);
    proven &&= sure;
    if (!found) continue;
    const moves = found.values.flatMap((to, column) => {
      const from = problem.values[column] ?? 0;
      return to === from ? [] : [{ column, from, to }];
    });
    const distance = Math.sqrt(found.squared);
    best = { kind: 'change', target, values: found.values, moves, distance, proven };
  }
  return { ...best, proven };
}

function distanceOf(answer: ChangeAnswer): number {
  return answer.kind === 'change' ? answer.distance : Infinity;
}

/**
 * The smallest changes of a row that move it to another cluster of a nearest-centroid model: of
 * each free column alone, and of all together (a counterfactual, Wachter, Mittelstadt, Russell
 * 2017, here exact: the nearest point of the target's Voronoi cell within the limits, on the
 * steps). The row ends nearer to the target than to any other centroid by some 1e-9 scaled units,
 * never on the border. RangeError for columns that do not fit, values that cannot be scaled, and
 * limits that make no sense.
 */
export function smallestChanges(request: ChangeRequest): SmallestChanges {
  checkRequest(request);
  const { values, columns, centroids, target } = request;
  const ranges = columns.map((column, index) => rangeOf(column, values[index] ?? Number.NaN));
  const scaled = Float64Array.from(scaleRow(columns, values));
  const row = { values: scaled, rows: 1, columns: scaled.length };
  const label = assignNearest(row, centroids).labels[0] ?? 0;
  if (label === target) return { kind: 'already-there', label };
  const others = Array.from({ length: centroids.rows }, (_, index) => index);
  const targets = target === 'any-other' ? others.filter((index) => index !== label) : [target];
  const question = { values, columns, centroids, targets };
  const none: ChangeAnswer = { kind: 'none', proven: true };
  const singles = columns.flatMap(({ freedom }, column) => {
    if (freedom.kind === 'fixed') return [];
    const alone = ranges.map((range, index) => {
      const present = values[index] ?? 0;
      return index === column ? range : { low: present, high: present };
    });
    return [{ column, answer: answer({ ...question, ranges: alone, known: none }) }];
  });
  singles.sort((a, b) => {
    const [first, second] = [distanceOf(a.answer), distanceOf(b.answer)];
    return first === second ? a.column - b.column : first - second;
  });
  const joint = answer({ ...question, ranges, known: singles[0]?.answer ?? none });
  return { kind: 'answers', label, singles, joint };
}
