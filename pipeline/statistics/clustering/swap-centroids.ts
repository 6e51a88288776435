import type { Random } from '../random.ts';
import type { Kernel, Points } from './kernel/kernel.ts';
import { iterate, type LloydOptions } from './lloyd.ts';
import { squaresToOwn } from './mean-square.ts';

const MOST_SWAPS = 20;
/** On fewer rows than this there are more swaps, up to ten times as many: there they cost little. */
const FULL_ROWS = 20_000;
/** Rows x clusters x swaps of a start. */
const MOST_WORK = 2e7;
const SWAP_ITERATIONS = 3;
const MOST_ROUNDS = 4;
/** What lacks no more than this share is on its way back to where it came from. */
const SAME_OPTIMUM = 1e-4;

interface SwapOptions {
  readonly points: Points;
  readonly random: Random;
  readonly lloyd: LloydOptions;
  /** The lower, the better are these centroids with the labels of the kernel. */
  readonly measure: (centroids: Float64Array) => number;
}

/** For each cluster how much the squares would grow if it were merged with the cheapest other one (Ward 1963). */
function mergeCosts({ counts, columns, k }: Kernel, centroids: Float64Array): Float64Array {
  const costs = new Float64Array(k).fill(Infinity);
  for (let a = 0; a < k; a += 1) {
    for (let b = 0; b < a; b += 1) {
      let square = 0;
      for (let column = 0; column < columns; column += 1) {
        square +=
          ((centroids[a * columns + column] ?? 0) - (centroids[b * columns + column] ?? 0)) ** 2;
      }
      const [left = 0, right = 0] = [counts[a], counts[b]];
      const cost = left * right === 0 ? 0 : (square * left * right) / (left + right);
      costs[a] = Math.min(costs[a] ?? 0, cost);
      costs[b] = Math.min(costs[b] ?? 0, cost);
    }
  }
  return costs;
}

/** A number of 0 .. shares.length - 1, with a chance in proportion to its share. */
function drawByShare(shares: Float64Array, draw: number): number {
  let target = 0;
  for (const share of shares) target += share;
  target *= draw;
  let last = 0;
  for (let at = 0; at < shares.length; at += 1) {
    const share = shares[at] ?? 0;
    if (share === 0) continue;
    last = at;
    target -= share;
    if (target < 0) break;
  }
  return last;
}

/** Chances of the rows to get a centroid and of the clusters to lose theirs; the kernel has the labels. */
function chances(kernel: Kernel, centroids: Float64Array, points: Points) {
  const rows = squaresToOwn(points, kernel.labels, centroids);
  const { weights } = points;
  if (weights !== undefined) {
    for (let row = 0; row < rows.length; row += 1) {
      rows[row] = (rows[row] ?? 0) * (weights[row] ?? 0);
    }
  }
  const clusters = mergeCosts(kernel, centroids);
  const cheapest = clusters.reduce((least, cost) => Math.min(least, cost), Infinity);
  return { rows, clusters: clusters.map((cost) => (cost === cheapest ? 1 : cheapest / cost)) };
}

/** As many as there are clusters, 20 at most: more on few rows, fewer where rows x clusters are very many. */
function countSwaps({ k, rows }: Kernel): number {
  if (k === 1) return 0;
  const wanted = Math.min(k, MOST_SWAPS) * Math.min(10, Math.max(1, FULL_ROWS / rows));
  return Math.floor(Math.min(wanted, MOST_WORK / rows / k));
}

/**
 * Rounds of a few of Lloyd's iterations each, at least two, and more for as long as the last one gained
 * more than is still lacking to be better than `best`.
 */
function settle(
  kernel: Kernel,
  centroids: Float64Array,
  { lloyd, measure, best }: Omit<SwapOptions, 'points' | 'random'> & { readonly best: number },
): { reached: number; taken: number } {
  const options = { ...lloyd, maxIterations: Math.min(SWAP_ITERATIONS, lloyd.maxIterations) };
  let reached = Infinity;
  let taken = 0;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const before = reached;
    taken += iterate(kernel, centroids, options);
    reached = measure(centroids);
    const lacking = reached - best;
    const settled = lacking < SAME_OPTIMUM * Math.abs(best) || before - reached <= lacking;
    if ((round > 1 && settled) || kernel.counts.includes(0)) break;
  }
  return { reached, taken };
}

/**
 * Swaps (Fränti 2018, "Efficiency of random swap clustering"): a centroid moves onto a row, a few of
 * Lloyd's iterations follow, and what is better is kept. The row is drawn by its squared distance, as in
 * Lattanzi and Sohler 2019 ("A better k-means++ algorithm via local search"); the centroid, by how little
 * its cluster adds when merged. `centroids`, from `iterate`, are changed in place. Gives the iterations kept.
 */
export function swapCentroids(
  kernel: Kernel,
  centroids: Float64Array,
  { points, random, lloyd, measure }: SwapOptions,
): number {
  const swaps = countSwaps(kernel);
  if (swaps === 0) return 0;
  const { columns } = kernel;
  let best = measure(centroids);
  let { rows, clusters } = chances(kernel, centroids, points);
  let iterations = 0;
  for (let swap = 0; swap < swaps && best !== 0; swap += 1) {
    const attempt = centroids.slice();
    const at = drawByShare(clusters, random.float()) * columns;
    kernel.readRow(drawByShare(rows, random.float()), attempt.subarray(at, at + columns));
    const { reached, taken } = settle(kernel, attempt, { lloyd, measure, best });
    if (reached >= best || kernel.counts.includes(0)) continue;
    best = reached;
    centroids.set(attempt);
    iterations += taken;
    ({ rows, clusters } = chances(kernel, centroids, points));
  }
  return iterations;
}
