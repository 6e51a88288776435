import type { Random } from '../random.ts';
import type { Kernel } from './kernel/kernel.ts';
import { iterate, type LloydOptions } from './lloyd.ts';

const MOST_SWAPS = 20;
/** On fewer rows than this there are more swaps, up to ten times as many: there they cost little. */
const FULL_ROWS = 25_000;
const SWAP_ITERATIONS = 6;
const ROWS_DRAWN = 3;

interface SwapOptions {
  readonly random: Random;
  readonly lloyd: LloydOptions;
  /** The lower, the better are these centroids with the labels of the kernel. */
  readonly measure: (centroids: Float64Array) => number;
}

function squareToNearest(point: Float64Array, centroids: Float64Array): number {
  let shortest = Infinity;
  for (let at = 0; at < centroids.length;) {
    let sum = 0;
    for (const value of point) {
      sum += (value - (centroids[at] ?? 0)) ** 2;
      at += 1;
    }
    if (sum < shortest) shortest = sum;
  }
  return shortest;
}

/** Of a few rows at random the one farthest from all centroids. */
function drawFarRow(kernel: Kernel, centroids: Float64Array, random: Random): Float64Array {
  let drawn = new Float64Array(kernel.columns);
  let farthest = -1;
  for (let trial = 0; trial < ROWS_DRAWN; trial += 1) {
    const point = new Float64Array(kernel.columns);
    kernel.readRow(random.integer(kernel.rows), point);
    const square = squareToNearest(point, centroids);
    if (square <= farthest) continue;
    farthest = square;
    drawn = point;
  }
  return drawn;
}

/**
 * Random swaps (Fränti 2018, "Efficiency of random swap clustering"): as many times as there are clusters
 * (20 at most, and more on few rows), a centroid moves onto a far row, a few of Lloyd's iterations follow,
 * and what is better is kept. `centroids`, from `iterate`, are changed in place. Gives the iterations kept.
 */
export function swapCentroids(
  kernel: Kernel,
  centroids: Float64Array,
  { random, lloyd, measure }: SwapOptions,
): number {
  const { k, rows, columns } = kernel;
  const options = { ...lloyd, maxIterations: Math.min(SWAP_ITERATIONS, lloyd.maxIterations) };
  const more = Math.min(10, Math.max(1, FULL_ROWS / rows));
  const swaps = k > 1 ? Math.floor(Math.min(k, MOST_SWAPS) * more) : 0;
  let best = measure(centroids);
  let iterations = 0;
  for (let swap = 0; swap < swaps && best !== 0; swap += 1) {
    const attempt = centroids.slice();
    attempt.set(drawFarRow(kernel, centroids, random), random.integer(k) * columns);
    const taken = iterate(kernel, attempt, options);
    const reached = measure(attempt);
    if (reached >= best || kernel.counts.includes(0)) continue;
    best = reached;
    centroids.set(attempt);
    iterations += taken;
  }
  return iterations;
}
