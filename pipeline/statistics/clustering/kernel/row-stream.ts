import { floatsAt, loadPoints, writeCenters } from './fill-memory.ts';
import type { Points } from './kernel.ts';
import { planMemory } from './memory-plan.ts';
import { createPlainKernel } from './plain-kernel.ts';
import { instantiateKernel } from './wasm-module.ts';

/** So much of the rows lies in the stream's memory at once: it stays in a core's own cache. */
const STREAM_BYTES = 131_072;
const FEWEST_ROWS = 64;

export interface StreamedRows {
  /** For each row its nearest centroid, of equals the lowest. */
  readonly labels: Int32Array;
  /** The sum and the number of each cluster's rows. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

function someRows({ matrix, origin, scale }: Points, from: number, to: number): Points {
  const { values, columns } = matrix;
  const some = values.subarray(from * columns, to * columns);
  return { origin, scale, matrix: { values: some, rows: to - from, columns } };
}

function addInto(total: Float64Array, part: Float64Array): void {
  for (let at = 0; at < total.length; at += 1) total[at] = (total[at] ?? 0) + (part[at] ?? 0);
}

/** What a kernel says of some rows, as many as a chunk has at most; it may be overwritten by the next ones. */
type Stream = (rows: Points) => StreamedRows;

/** In vector instructions, for chunks of so many rows; null where the engine has none, or no room. */
function openSimdStream(points: Points, centroids: Float64Array, chunk: number): Stream | null {
  const { columns } = points.matrix;
  const k = centroids.length / columns;
  const sizes = { rows: chunk, columns, k, precision: 'float64' } as const;
  const plan = planMemory(sizes);
  const instance = instantiateKernel(plan.end);
  if (!instance) return null;
  const { memory, exports } = instance;
  const numbers = (start: number, length: number) => floatsAt(memory, sizes, { start, length });
  const values = numbers(plan.points, plan.blockedRows * columns);
  numbers(plan.weights, chunk).fill(1);
  const centers = numbers(plan.centers, plan.pairs * 2 * columns);
  writeCenters({ centers, norms: numbers(plan.norms, plan.pairs * 2) }, centroids, sizes);
  const { points: x, pairs, weights, labels, sums, counts } = plan;
  const sumsFound = new Float64Array(memory.buffer, sums, k * columns);
  const countsFound = new Float64Array(memory.buffer, counts, k);
  return (rows) => {
    const size = rows.matrix.rows;
    loadPoints(values, rows, plan);
    exports.assign64(x, size, columns, pairs, plan.centers, labels);
    exports.sum64(x, size, columns, k, weights, labels, sums, counts);
    const labelsFound = new Int32Array(memory.buffer, labels, size);
    return { labels: labelsFound, sums: sumsFound, counts: countsFound };
  };
}

/** The same in plain TypeScript. */
function openPlainStream({ matrix }: Points, centroids: Float64Array): Stream {
  return (rows) => {
    const kernel = createPlainKernel(rows, centroids.length / matrix.columns);
    kernel.assign(centroids);
    return kernel;
  };
}

/**
 * What a Float64 kernel says of rows `from` to `to` after one `assign`, each row counted once. They pass
 * through a small memory, so that they need no room besides their matrix: for where few passes are made.
 * Sums are those of the chunks, added in their order, whichever kernel runs: the bytes are the same.
 */
export function streamRows(
  points: Points,
  centroids: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): StreamedRows {
  const { columns } = points.matrix;
  const chunk = Math.max(FEWEST_ROWS, Math.floor(STREAM_BYTES / columns / 8));
  const stream =
    openSimdStream(points, centroids, Math.min(to - from, chunk)) ??
    openPlainStream(points, centroids);
  const labels = new Int32Array(to - from);
  const sums = new Float64Array(centroids.length);
  const counts = new Float64Array(centroids.length / columns);
  for (let start = from; start < to; start += chunk) {
    const part = stream(someRows(points, start, Math.min(to, start + chunk)));
    labels.set(part.labels, start - from);
    addInto(sums, part.sums);
    addInto(counts, part.counts);
  }
  return { labels, sums, counts };
}
