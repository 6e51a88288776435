import { squaredDistance } from '../statistics/clustering/assign.ts';
import { hungarian } from '../statistics/hungarian.ts';
import { createMatrix, type Matrix, matrixFromRows, rowOf } from '../statistics/matrix.ts';

const TIERS = ['Platinum', 'Gold', 'Silver', 'Bronze'];

/**
 * The segment ids 1 .. k of a first model's clusters, by falling mean monetary; of equal means the
 * lower cluster index comes first. RangeError for a mean that is not a number.
 */
export function firstIdentities(meanMonetaryPerCluster: readonly number[]): number[] {
  const unordered = meanMonetaryPerCluster.findIndex((mean) => Number.isNaN(mean));
  if (unordered >= 0) throw new RangeError(`Cluster ${unordered} has no mean monetary.`);
  const ids = Array.from<number>({ length: meanMonetaryPerCluster.length });
  const order = [...meanMonetaryPerCluster.entries()].sort(([a, x], [b, y]) => y - x || a - b);
  for (const [position, [cluster]] of order.entries()) ids[cluster] = position + 1;
  return ids;
}

export interface KnownSegment {
  readonly id: number;
  readonly centroid: readonly number[];
}

export interface NewCluster {
  /** In the same scaled space as the previous segments. */
  readonly centroid: readonly number[];
  /** The root mean square distance of its rows from it. */
  readonly radius: number;
}

export interface IdentityMatch {
  readonly previous: readonly KnownSegment[];
  readonly next: readonly NewCluster[];
  /** The highest id ever given in the workspace, so that no retired id is given again. */
  readonly highestId?: number;
}

/**
 * The segment id of each new cluster. It goes on from a previous segment if its centroid lies within reach:
 * no farther off than twice its radius, or than halfway to the segment nearest to that one, up to where the
 * old model would have put it there anyway. Of the pairs within reach those are made whose squared
 * distances, as shares of their reach and 1 for each that is not made, sum to the least; a cluster that has
 * hardly moved goes before all others. The rest get new ids after the highest, in their order: all of them
 * where a model has nothing to do with the one before, so that no history tells of what never was.
 */
export function matchIdentities({ previous, next, highestId = 0 }: IdentityMatch): number[] {
  let newest = Math.max(highestId, ...previous.map(({ id }) => id));
  const kept = next.length > 0 && previous.length > 0 ? pairs(previous, next) : [];
  return next.map((_, cluster) => {
    const known = previous[kept[cluster] ?? -1];
    if (known) return known.id;
    newest += 1;
    return newest;
  });
}

const RADII = 2;
/** Moved by no more than this share of its reach, a cluster is the same. */
const HARDLY = 0.1;

/** Distances between the rows of two matrices, a row for each of `from`. */
function distances(from: Matrix, to: Matrix): Matrix {
  const found = createMatrix(from.rows, to.rows);
  for (let at = 0; at < found.values.length; at += 1) {
    const [row, column] = [Math.floor(at / to.rows), at % to.rows];
    found.values[at] = Math.sqrt(squaredDistance(from, row, { matrix: to, row: column }));
  }
  return found;
}

/** For each row how far the nearest other row is, Infinity for a lone one. */
function separations(matrix: Matrix): number[] {
  const between = distances(matrix, matrix);
  return Array.from({ length: matrix.rows }, (_, row) =>
    Math.min(...rowOf(between, row).filter((_distance, other) => other !== row)),
  );
}

/** Distances of new centroids from previous ones as shares of how far each pair reaches. */
function shares(previous: readonly KnownSegment[], next: readonly NewCluster[]): Matrix {
  const before = matrixFromRows(previous.map(({ centroid }) => centroid));
  const after = matrixFromRows(next.map(({ centroid }) => centroid));
  if (before.columns !== after.columns) {
    throw new RangeError(
      `Centroids of ${before.columns} and of ${after.columns} features cannot be compared.`,
    );
  }
  const away = separations(before).map((distance) => (distance < Infinity ? distance / 2 : 0));
  const found = distances(after, before);
  for (const [at, distance] of found.values.entries()) {
    const { radius = 0 } = next[Math.floor(at / before.rows)] ?? {};
    const reach = Math.max(RADII * radius, away[at % before.rows] ?? 0);
    // One segment and one customer have no measure of far.
    const lone = before.rows === 1 && after.rows === 1 && reach === 0;
    found.values[at] = distance === 0 || lone ? 0 : distance / reach;
  }
  return found;
}

/** For each new cluster the position of the previous segment it goes on from, or -1. */
function pairs(previous: readonly KnownSegment[], next: readonly NewCluster[]): number[] {
  const share = shares(previous, next);
  // As many pairs are always made: one that has hardly moved outweighs whatever the others save.
  const others = Math.min(share.rows, share.columns) + 1;
  const values = share.values.map((value) =>
    value <= HARDLY ? value ** 2 : others + Math.min(1, value ** 2),
  );
  const { columnOfRow } = hungarian({ ...share, values });
  return Array.from(columnOfRow, (column, row) =>
    column >= 0 && (share.values[row * share.columns + column] ?? Infinity) <= 1 ? column : -1,
  );
}

/**
 * A name for each id: the known one is kept; otherwise ids 1 to 4 are Platinum, Gold, Silver, Bronze,
 * unless another segment bears that name, and the rest are "Segment 5" and so on.
 */
export function segmentNames(
  ids: readonly number[],
  known: ReadonlyMap<number, string>,
): Map<number, string> {
  const taken = new Set(known.values());
  return new Map(
    ids.map((id) => {
      const tier = TIERS[id - 1];
      const fresh = tier !== undefined && !taken.has(tier) ? tier : `Segment ${id}`;
      return [id, known.get(id) ?? fresh];
    }),
  );
}
