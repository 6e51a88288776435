/** A bound counts as passed only by more than rounding can have moved it. */
const SLACK = 1 - 1e-12;

interface Bounds {
  readonly labels: Int32Array;
  readonly assign: (centroids: Float64Array) => number;
  readonly reset: () => void;
}

function distance(
  a: Float64Array,
  start: number,
  to: { values: Float64Array; at: number; columns: number },
): number {
  let sum = 0;
  for (let column = 0; column < to.columns; column += 1) {
    const difference = (a[start + column] ?? 0) - (to.values[to.at + column] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** Half the way from each centroid to the next one. */
function halfGaps(centroids: Float64Array, k: number, columns: number): Float64Array {
  const gaps = new Float64Array(k).fill(Infinity);
  for (let a = 0; a < k; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const half =
        distance(centroids, a * columns, { values: centroids, at: b * columns, columns }) / 2;
      gaps[a] = Math.min(gaps[a] ?? 0, half);
      gaps[b] = Math.min(gaps[b] ?? 0, half);
    }
  }
  return gaps;
}

/** How far each centroid moved, and for each the farthest move of another one. */
function moves(before: Float64Array, centroids: Float64Array, k: number) {
  const columns = centroids.length / k;
  const own = new Float64Array(k);
  let farthest = 0;
  let second = 0;
  for (let c = 0; c < k; c += 1) {
    const at = c * columns;
    const move = distance(before, at, { values: centroids, at, columns });
    own[c] = move;
    second = Math.max(second, Math.min(move, farthest));
    farthest = Math.max(farthest, move);
  }
  return { own, others: own.map((move) => (move === farthest ? second : farthest)) };
}

/** The nearest centroid to a row, and the distances to it and to the next one. */
function search(
  values: Float64Array,
  start: number,
  { centroids, columns }: { centroids: Float64Array; columns: number },
): { nearest: number; first: number; second: number } {
  let nearest = 0;
  let first = Infinity;
  let second = Infinity;
  for (let c = 0, at = 0; at < centroids.length; c += 1) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const difference = (values[start + column] ?? 0) - (centroids[at] ?? 0);
      sum += difference * difference;
    }
    if (sum < first) {
      second = first;
      first = sum;
      nearest = c;
    } else if (sum < second) second = sum;
  }
  return { nearest, first: Math.sqrt(first), second: Math.sqrt(second) };
}

/**
 * Nearest centroids by two bounds a row (Hamerly 2010, "Making k-means even faster"): the distance to its
 * own centroid is at most `upper`, that to any other at least `lower`. `values` are finite and row-major.
 */
export function createHamerlyBounds(
  values: Float64Array,
  { k, columns }: { k: number; columns: number },
): Bounds {
  const rows = values.length / columns;
  const labels = new Int32Array(rows).fill(-1);
  const upper = new Float64Array(rows);
  const lower = new Float64Array(rows);
  const before = new Float64Array(k * columns);
  let known = false;

  function assign(centroids: Float64Array): number {
    const { own, others } = moves(before, centroids, k);
    const gaps = halfGaps(centroids, k, columns);
    let changed = 0;
    for (let row = 0; row < rows; row += 1) {
      const label = labels[row] ?? 0;
      if (known) {
        const farthest = (upper[row] ?? 0) + (own[label] ?? 0);
        const nearest = (lower[row] ?? 0) - (others[label] ?? 0);
        upper[row] = farthest;
        lower[row] = nearest;
        const limit = Math.max(nearest, gaps[label] ?? 0) * SLACK;
        if (farthest < limit) continue;
        const to = { values: centroids, at: label * columns, columns };
        const tight = distance(values, row * columns, to);
        upper[row] = tight;
        if (tight < limit) continue;
      }
      const found = search(values, row * columns, { centroids, columns });
      upper[row] = found.first;
      lower[row] = found.second;
      if (found.nearest === label) continue;
      labels[row] = found.nearest;
      changed += 1;
    }
    before.set(centroids);
    known = true;
    return changed;
  }

  function reset(): void {
    labels.fill(-1);
    known = false;
  }

  return { labels, assign, reset };
}
