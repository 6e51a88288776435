import type { SweepRow } from './sweep.ts';

export interface Recommendation {
  /** Null where no k of the sweep is worth suggesting. */
  readonly k: number | null;
  /** The rule as it applied, in a sentence or two for the screen. */
  readonly reason: string;
}

/** A segment below this share of the customers is a handful of outliers, not something to act upon. */
const SMALLEST_USEFUL_SHARE = 0.01;
/** "A strong structure has been found": Kaufman and Rousseeuw (1990), Finding Groups in Data, table 4. */
const STRONG_STRUCTURE = 0.7;
/** Silhouettes this share below the highest are equal to it: a sample of 5,000 rows moves them about as far. */
const EQUAL_WITHIN = 0.02;
const NOTHING_USEFUL =
  'No k is to be recommended: each leaves a segment below 1% of the customers, or makes two that overlap. Try the log1p transform, other features or other k.';

function isUseful({ k, silhouette, smallest_share }: SweepRow): boolean {
  if (silhouette === null || smallest_share < SMALLEST_USEFUL_SHARE) return false;
  return k > 2 || silhouette > STRONG_STRUCTURE;
}

function widthOf({ silhouette }: SweepRow): number {
  return silhouette ?? -1;
}

function ratioOf({ calinski_harabasz }: SweepRow): number {
  return calinski_harabasz ?? 0;
}

/** Why k of higher silhouettes than the chosen one's were passed over. */
function passedOver(rows: readonly SweepRow[], chosen: SweepRow): string {
  const higher = rows.filter((row) => !isUseful(row) && widthOf(row) > widthOf(chosen));
  return higher
    .map(({ k, silhouette, smallest_share }) => {
      const width = silhouette?.toFixed(2) ?? 'none';
      return smallest_share < SMALLEST_USEFUL_SHARE
        ? ` k = ${k} has ${width} but a segment of only ${(smallest_share * 100).toFixed(2)}% of the customers.`
        : ` k = ${k} has ${width}, but two segments are too few to act upon unless it is above ${STRONG_STRUCTURE}.`;
    })
    .join('');
}

/**
 * The k to suggest from a sweep. The silhouette decides, but not alone: on raw
 * spend it is highest where k = 2 sets a handful of huge customers apart. Left out are every k with a
 * segment below 1% of the customers, and k = 2 unless its silhouette is above 0.7. Of what remains, k
 * within 2% of the highest silhouette are equal, and the highest Calinski-Harabasz score decides, which
 * peaks more sharply where groups are real; then the smaller k.
 */
export function recommendK(rows: readonly SweepRow[]): Recommendation {
  const useful = rows.filter(isUseful);
  const highest = Math.max(...useful.map(widthOf));
  const equal = useful.filter((row) => widthOf(row) >= highest - EQUAL_WITHIN * Math.abs(highest));
  const [chosen] = equal.toSorted((a, b) => ratioOf(b) - ratioOf(a) || a.k - b.k);
  if (!chosen) return { k: null, reason: NOTHING_USEFUL };
  const among = 'of the segmentations whose segments all hold at least 1% of the customers';
  const rank =
    equal.length > 1
      ? `is within 2% of the best ${among}, and has the highest Calinski-Harabasz score of these`
      : `is the best ${among}`;
  const reason = `The silhouette of k = ${chosen.k} (${widthOf(chosen).toFixed(2)}) ${rank}.${passedOver(rows, chosen)}`;
  return { k: chosen.k, reason };
}
