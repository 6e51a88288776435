import { createHamerlyBounds } from './hamerly-bounds.ts';
import { type Kernel, type Points, scaledValues } from './kernel.ts';
import { createDistances } from './plain-distances.ts';

/** In plain TypeScript and Float64, for an engine without WebAssembly's vector instructions. */
export function createPlainKernel(points: Points, k: number): Kernel {
  const { rows, columns } = points.matrix;
  const weights = points.weights ?? new Float64Array(rows).fill(1);
  const values = scaledValues(points);
  const sums = new Float64Array(k * columns);
  const counts = new Float64Array(k);
  const bounds = createHamerlyBounds(values, { k, columns });
  const { labels } = bounds;

  function assign(centroids: Float64Array): number {
    const changed = bounds.assign(centroids);
    sums.fill(0);
    counts.fill(0);
    for (let row = 0, at = 0; row < rows; row += 1) {
      const label = labels[row] ?? 0;
      const weight = weights[row] ?? 0;
      counts[label] = (counts[label] ?? 0) + weight;
      for (let sum = label * columns; sum < (label + 1) * columns; sum += 1, at += 1) {
        sums[sum] = (sums[sum] ?? 0) + weight * (values[at] ?? 0);
      }
    }
    return changed;
  }

  return {
    precision: 'float64',
    k,
    columns,
    rows,
    labels,
    sums,
    counts,
    assign,
    reset: bounds.reset,
    readRow: (row, into) => into.set(values.subarray(row * columns, (row + 1) * columns)),
    distances: () => createDistances(values, columns, weights),
  };
}
