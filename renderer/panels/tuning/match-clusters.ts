/** As a sweep and a model both tell of a group of customers. */
interface Group {
  readonly customers: number;
  readonly centre: readonly number[];
}

/** Groups further apart than this, in shares of what the centres of the sweep span, are not the same. */
const sameWithin = 0.05;

function spans(groups: readonly Group[]): number[] {
  return (groups[0]?.centre ?? []).map((_, at) => {
    const values = groups.map(({ centre }) => centre[at] ?? 0);
    return Math.max(...values) - Math.min(...values) || 1;
  });
}

function distance(a: Group, b: Group, span: readonly number[]): number {
  if (a.centre.length !== b.centre.length) return Infinity;
  const apart = a.centre.map(
    (value, at) => Math.abs(value - (b.centre[at] ?? 0)) / (span[at] ?? 1),
  );
  const sizes = Math.abs(a.customers - b.customers) / Math.max(a.customers, b.customers, 1);
  return Math.max(sizes, ...apart);
}

/**
 * Which group of a model each cluster of a sweep became, nearest pairs first; null for one that the model has no
 * longer. Trained with the same options on the same customers, each has its very own.
 */
export function matchClusters<T extends Group>(
  clusters: readonly Group[],
  groups: readonly T[],
): (T | null)[] {
  const span = spans(clusters);
  const all = clusters.flatMap((cluster, at) =>
    groups.map((group) => ({ at, group, apart: distance(cluster, group, span) })),
  );
  const found: (T | null)[] = clusters.map(() => null);
  const taken = new Set<T>();
  for (const { at, group, apart } of all.sort((a, b) => a.apart - b.apart)) {
    if (apart > sameWithin) break;
    if (found[at] !== null || taken.has(group)) continue;
    found[at] = group;
    taken.add(group);
  }
  return found;
}
