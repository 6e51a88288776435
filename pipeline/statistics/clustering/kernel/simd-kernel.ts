import { floatsAt, loadPoints, writeCenters } from './fill-memory.ts';
import type { DistanceSlots, Kernel, Points, Precision } from './kernel.ts';
import { type KernelSizes, type MemoryPlan, placeOf, planMemory } from './memory-plan.ts';
import { instantiateKernel, type KernelExports, type KernelMemory } from './wasm-module.ts';

interface Loaded {
  readonly sizes: KernelSizes;
  readonly plan: MemoryPlan;
  readonly memory: KernelMemory;
  readonly exports: KernelExports;
  readonly readRow: (row: number, into: Float64Array) => void;
}

function assigning({ exports, plan, sizes }: Loaded): () => number {
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

function distancesOf({ exports, plan, sizes, memory, readRow }: Loaded): DistanceSlots {
  const { rows, columns, precision } = sizes;
  const numbers = (start: number, length: number) => floatsAt(memory, sizes, { start, length });
  const slots = plan.slots.map((start) => numbers(start, rows).fill(Infinity));
  const centers = numbers(plan.centers, columns);
  const lower = precision === 'float32' ? exports.lower32 : exports.lower64;
  const point = new Float64Array(columns);
  const slot = (at: number): number => plan.slots[at] ?? 0;
  return {
    slots,
    weights: numbers(plan.weights, rows),
    lower: (row, from, to) => {
      readRow(row, point);
      centers.set(point);
      return lower(plan.points, rows, columns, plan.centers, plan.weights, slot(from), slot(to));
    },
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
  const { memory } = instance;
  const numbers = (start: number, length: number) => floatsAt(memory, sizes, { start, length });
  const values = numbers(plan.points, plan.blockedRows * columns);
  loadPoints(values, points, plan);
  const weights = numbers(plan.weights, rows);
  if (points.weights) weights.set(points.weights);
  else weights.fill(1);
  const centers = numbers(plan.centers, plan.pairs * 2 * columns);
  const norms = numbers(plan.norms, plan.pairs * 2);
  const labels = new Int32Array(memory.buffer, plan.labels, rows).fill(-1);
  const sums = new Float64Array(memory.buffer, plan.sums, k * columns);
  const counts = new Float64Array(memory.buffer, plan.counts, k);

  function readRow(row: number, into: Float64Array): void {
    let place = placeOf(row, columns, plan);
    for (let column = 0; column < columns; column += 1, place += plan.blockRows) {
      into[column] = values[place] ?? 0;
    }
  }

  const loaded = { ...instance, sizes, plan, readRow };
  const run = assigning(loaded);
  const assign = (centroids: Float64Array): number => {
    writeCenters({ centers, norms }, centroids, sizes);
    return run();
  };
  const reset = (): void => {
    labels.fill(-1);
    sums.fill(0);
    counts.fill(0);
  };
  const distances = (): DistanceSlots => distancesOf(loaded);
  return { precision, k, columns, rows, labels, sums, counts, assign, reset, readRow, distances };
}
