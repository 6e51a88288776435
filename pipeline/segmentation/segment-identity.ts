import { squaredDistance } from '../statistics/clustering/assign.ts';
import { hungarian } from '../statistics/hungarian.ts';
import { createMatrix, matrixFromRows } from '../statistics/matrix.ts';

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

export interface IdentityMatch {
  readonly previous: readonly KnownSegment[];
  /** The new clusters' centroids, in the same scaled space as the previous ones. */
  readonly next: readonly (readonly number[])[];
  /** The highest id ever given in the workspace, so that no retired id is given again. */
  readonly highestId?: number;
}

/**
 * The segment id of each new cluster: the pairs of old and new centroids whose squared distances sum to
 * the least keep their ids, and clusters left over get new ids after the highest, in their order.
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

/** For each new cluster the position of the previous segment it goes on from, or -1. */
function pairs(
  previous: readonly KnownSegment[],
  next: readonly (readonly number[])[],
): readonly number[] {
  const before = matrixFromRows(previous.map(({ centroid }) => centroid));
  const after = matrixFromRows(next);
  if (before.columns !== after.columns) {
    throw new RangeError(
      `Centroids of ${before.columns} and of ${after.columns} features cannot be compared.`,
    );
  }
  const cost = createMatrix(after.rows, before.rows);
  for (let at = 0; at < cost.values.length; at += 1) {
    const row = Math.floor(at / before.rows);
    cost.values[at] = squaredDistance(after, row, { matrix: before, row: at % before.rows });
  }
  return [...hungarian(cost).columnOfRow];
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
