import { describe, expect, test, vi } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import { kernelUnits } from '../../../pipeline/statistics/clustering/kernel/kernel.ts';
import { streamRows } from '../../../pipeline/statistics/clustering/kernel/row-stream.ts';
import { polishSteps } from '../../../pipeline/statistics/clustering/kmeans-polish.ts';
import { prepareKMeans } from '../../../pipeline/statistics/clustering/prepare-kmeans.ts';
import {
  countBlocks,
  passBlocks,
  type RowPass,
  runSteps,
} from '../../../pipeline/statistics/clustering/row-passes.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';
import { makePoints } from './kernel-points.ts';

const recipe = { kind: 'overlapping', seed: 41, columns: 3, centers: 4 } as const;
const options = { k: 3, maxIterations: 50, tolerance: 0 };

/** Values that sums keep exactly. */
function wholeNumbers(rows: number) {
  const { values, columns } = makePoints({ ...recipe, rows });
  return { values: values.map((value) => Math.round(value * 8)), rows, columns };
}

describe('passes over all rows', () => {
  test.each([1, 7, 8, 9, 5461, 5462, 12_345])(
    'see %i rows, through a small memory, as they are',
    (rows) => {
      const matrix = wholeNumbers(rows);
      const origin = Float64Array.of(1, 2, 3);
      const centers = Float64Array.of(0, 0, 0, 40, 40, 40, 40, 0, 20);
      const { labels, sums, counts } = streamRows({ matrix, origin, scale: 2 }, centers, {
        from: 0,
        to: rows,
      });
      const values = matrix.values.map((value, at) => 2 * (value - 1 - (at % 3)));
      const truth = assignNearest({ ...matrix, values }, { values: centers, rows: 3, columns: 3 });
      const sum = new Float64Array(9);
      const count = new Float64Array(3);
      for (const [row, label] of truth.labels.entries()) {
        count[label] = (count[label] ?? 0) + 1;
        for (let column = 0; column < 3; column += 1) {
          sum[label * 3 + column] =
            (sum[label * 3 + column] ?? 0) + (values[row * 3 + column] ?? 0);
        }
      }
      expect({ labels, sums, counts }).toEqual({ labels: truth.labels, sums: sum, counts: count });
    },
  );

  test.each([1, 4, 11])('come to the same bytes in plain TypeScript, of %i columns', (columns) => {
    const rows = 40_001;
    const points = prepareKMeans(makePoints({ ...recipe, columns, rows }));
    const centroids = Float64Array.from(
      [0, 10, 200, 3000, 40_000].flatMap((row) => [...kernelUnits(points, row)]),
    );
    const passed = () => {
      const { labels, sums, counts } = streamRows(points, centroids, { from: 3, to: rows });
      return { labels, sums, counts };
    };
    const inMemory = passed();
    const memory = vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refused() {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    });
    try {
      expect(passed()).toEqual(inMemory);
      expect(memory).toHaveBeenCalled();
    } finally {
      memory.mockRestore();
    }
  });

  test('come to the same bytes however the blocks are split', () => {
    const points = prepareKMeans(makePoints({ ...recipe, rows: 150_000 }));
    const blocks = countBlocks(150_000);
    expect(blocks).toBe(3);
    const centroids = points.matrix.values.slice(0, 4 * 3);
    for (const pass of [
      { kind: 'sums', centroids },
      { kind: 'labels', centroids: { values: centroids, rows: 4, columns: 3 } },
    ] satisfies RowPass[]) {
      const whole = passBlocks(points, pass, { from: 0, to: blocks });
      const parts = [0, 1, 2].flatMap((from) =>
        passBlocks(points, structuredClone(pass), { from, to: from + 1 }),
      );
      expect(parts).toEqual(whole);
    }
  });

  test('move a centroid without rows onto the farthest row, and go on from there', () => {
    const prepared = prepareKMeans(matrixFromRows([[0], [1], [2], [10], [11], [50]]));
    const [origin = 0] = prepared.origin;
    const centroids = Float64Array.of(1, 1000, 9).map((at) => (at - origin) * prepared.scale);
    const start = { restart: 0, centroids, square: 0, iterations: 4 };
    const fit = runSteps(prepared, polishSteps(prepared, start, options));
    expect(fit).toEqual({
      centroids: matrixFromRows([[1], [50], [10.5]]),
      labels: Int32Array.of(0, 0, 0, 2, 2, 1),
      inertia: 2.5,
      iterations: 8,
    });
  });
});
