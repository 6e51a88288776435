import type { DistanceSlots, Kernel, Points, Precision } from './kernel.ts';
import { type KernelSizes, type MemoryPlan, placeOf, planMemory } from './memory-plan.ts';
import { instantiateKernel, type KernelExports } from './wasm-module.ts';

type Floats = Float32Array | Float64Array;

function loadPoints(into: Floats, { matrix, origin, scale }: Points, plan: MemoryPlan): void {
  const { values, rows, columns } = matrix;
  for (let row = 0, at = 0; row < rows; row += 1) {
    let place = placeOf(row, columns, plan);
    for (let column = 0; column < columns; column += 1, at += 1, place += plan.blockRows) {
      into[place] = ((values[at] ?? 0) - (origin[column] ?? 0)) * scale;
    }
  }
}

/** Writes centroids as the assembly takes them: in pairs, in Float32 as -2 c and |c|^2. */
function writeCenters(
  { centers, norms }: { centers: Floats; norms: Floats },
  centroids: Float64Array,
  { columns, k, precision }: KernelSizes,
): void {
  const single = precision === 'float32';
  for (let c = 0; c < norms.length; c += 1) {
    let square = 0;
    for (let column = 0; column < columns; column += 1) {
      const value = centroids[c * columns + column] ?? 0;
      const place = ((c >> 1) * columns + column) * 2 + (c & 1);
      square += value * value;
      if (c < k) centers[place] = single ? -2 * value : value;
      else centers[place] = single ? 0 : Infinity;
    }
    norms[c] = c < k ? square : Infinity;
  }
}

function assigning(exports: KernelExports, plan: MemoryPlan, sizes: KernelSizes): () => number {
  const { rows, columns, k, precision } = sizes;
  const { points, pairs, centers, norms, weights, labels, sums, counts, found } = plan;
  const { assign32, assign64, sum64 } = exports;
  if (precision === 'float32') {
    return () =>
      assign32(points, rows, columns, pairs, centers, norms, weights, labels, sums, counts, found);
  }
  return () => {
    const changed = assign64(points, rows, columns, pairs, centers, labels);
    sum64(points, rows, columns, k, weights, labels, sums, counts);
    return changed;
  };
}

/**
 * In WebAssembly's vector instructions, Float32 or Float64; null where the engine has none, or no room. In
 * Float64 its labels are those of the plain kernel, and its sums differ by rounding only.
 */
export function createSimdKernel(points: Points, k: number, precision: Precision): Kernel | null {
  const { rows, columns } = points.matrix;
  const sizes = { rows, columns, k, precision };
  const plan = planMemory(sizes);
  const instance = instantiateKernel(plan.end);
  if (!instance) return null;
  const { exports, memory } = instance;
  const floats = (start: number, length: number): Floats =>
    precision === 'float32'
      ? new Float32Array(memory.buffer, start, length)
      : new Float64Array(memory.buffer, start, length);
  const values = floats(plan.points, plan.blockedRows * columns);
  loadPoints(values, points, plan);
  const weights = floats(plan.weights, rows);
  if (points.weights) weights.set(points.weights);
  else weights.fill(1);
  const centers = floats(plan.centers, plan.pairs * 2 * columns);
  const norms = floats(plan.norms, plan.pairs * 2);
  const labels = new Int32Array(memory.buffer, plan.labels, rows).fill(-1);
  const sums = new Float64Array(memory.buffer, plan.sums, k * columns);
  const counts = new Float64Array(memory.buffer, plan.counts, k);
  const run = assigning(exports, plan, sizes);

  function assign(centroids: Float64Array): number {
    writeCenters({ centers, norms }, centroids, sizes);
    return run();
  }

  function reset(): void {
    labels.fill(-1);
    sums.fill(0);
    counts.fill(0);
  }

  function readRow(row: number, into: Float64Array): void {
    let place = placeOf(row, columns, plan);
    for (let column = 0; column < columns; column += 1, place += plan.blockRows) {
      into[column] = values[place] ?? 0;
    }
  }

  function distances(): DistanceSlots {
    const slots = plan.slots.map((start) => floats(start, rows).fill(Infinity));
    const lower = precision === 'float32' ? exports.lower32 : exports.lower64;
    const point = new Float64Array(columns);
    const slot = (at: number): number => plan.slots[at] ?? 0;
    return {
      slots,
      weights,
      lower: (row, from, to) => {
        readRow(row, point);
        centers.set(point);
        return lower(plan.points, rows, columns, plan.centers, plan.weights, slot(from), slot(to));
      },
    };
  }

  return { precision, k, columns, rows, labels, sums, counts, assign, reset, readRow, distances };
}
