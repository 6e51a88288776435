import { columnFromArray, float32, tableFromColumns, tableToIPC, uint8 } from '@uwdata/flechette';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SweepRow } from '../../pipeline/contract/segmentation.ts';
import { componentTitle } from '../../renderer/panels/tuning/component-title.ts';
import { adjustedRand, crosstab } from '../../renderer/panels/tuning/crosstab.ts';
import { scoreKinds, spokenFor } from '../../renderer/panels/tuning/score-kinds.ts';
import { readSweepPoints } from '../../renderer/panels/tuning/sweep-points.ts';

const noPause = (): Promise<void> => Promise.resolve();

test('the customers of a sweep are read as typed arrays, whatever batches they came in', async () => {
  const rows = 5;
  const batches = { maxBatchRows: 2 };
  const column = (values: readonly number[], label = false) =>
    columnFromArray([...values], label ? uint8() : float32(), batches);
  const table = tableFromColumns({
    x: column([0, 1, 2, 3, 4]),
    y: column([0.5, -1, 2, -3, 4]),
    k2: column([0, 1, 0, 1, 1], true),
    k12: column([0, 1, 2, 3, 11], true),
  });
  const bytes = tableToIPC(table, { format: 'stream' }) ?? new Uint8Array();
  const points = await readSweepPoints(bytes, noPause);
  expect(points).toEqual({
    x: Float32Array.from({ length: rows }, (_, row) => row),
    y: Float32Array.of(0.5, -1, 2, -3, 4),
    labels: new Map([
      [2, Uint8Array.of(0, 1, 0, 1, 1)],
      [12, Uint8Array.of(0, 1, 2, 3, 11)],
    ]),
  });
});

test('a cross table counts every customer once', () => {
  const a = Uint8Array.of(0, 0, 1, 1, 1);
  const b = Uint8Array.of(2, 2, 0, 0, 2);
  expect(crosstab(a, b, { rows: 2, columns: 3 })).toEqual([
    [0, 0, 2],
    [2, 0, 1],
  ]);
});

/** By its definition: over all pairs, how often the two labellings agree, adjusted for chance. */
function randByPairs(a: readonly number[], b: readonly number[]): number {
  let [both, inA, inB, all] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const sameA = a[i] === a[j];
      const sameB = b[i] === b[j];
      all += 1;
      if (sameA) inA += 1;
      if (sameB) inB += 1;
      if (sameA && sameB) both += 1;
    }
  }
  const expected = (inA * inB) / all;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

test('the agreement of two labellings is the adjusted Rand index counted pair by pair', () => {
  const labelling = fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(labelling, (pairs) => {
      const a = pairs.map(([one]) => one);
      const b = pairs.map(([, other]) => other);
      const table = crosstab(Uint8Array.from(a), Uint8Array.from(b), { rows: 4, columns: 5 });
      expect(adjustedRand(table)).toBeCloseTo(randByPairs(a, b), 9);
    }),
  );
});

test('the agreement is that of scikit-learn for labellings of its documentation', () => {
  const rand = (a: number[], b: number[]): number =>
    adjustedRand(crosstab(Uint8Array.from(a), Uint8Array.from(b), { rows: 2, columns: 3 }));
  expect(rand([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo(0.5714285714, 9);
  expect(rand([0, 0, 1, 1], [1, 1, 0, 0])).toBe(1);
});

function row(k: number, silhouette: number | null, gap: number | null): SweepRow {
  return {
    k,
    inertia: 100 / k,
    silhouette,
    calinski_harabasz: null,
    davies_bouldin: k === 3 ? 0.5 : 0.9,
    gap,
    gap_se: gap === null ? null : 0.05,
    stability: null,
    silhouette_rows: 10,
    smallest_size: 1,
    smallest_share: 0.1,
  };
}

test('each score names the k that it alone would choose, by its own rule', () => {
  const rows = [row(2, 0.4, 0.1), row(3, 0.6, 0.3), row(4, 0.6, 0.34), row(5, null, 0.6)];
  const says = Object.fromEntries(scoreKinds.map((kind) => [kind.field, spokenFor(kind, rows, 3)]));
  expect(says).toEqual({
    silhouette: 3,
    inertia: 3,
    calinski_harabasz: null,
    davies_bouldin: 3,
    smallest_share: null,
    // 0.3 reaches 0.34 less one standard error of 0.05, though 0.6 is the highest.
    gap: 3,
    stability: null,
  });
});

test('an axis is called by what its component mostly is, with what pulls the other way', () => {
  const features = [{ label: 'Recency' }, { label: 'Frequency' }, { label: 'Monetary' }];
  expect(componentTitle({ loadings: [-0.5, 0.6, 0.62], share: 0.655 }, features)).toBe(
    'Monetary + Frequency against Recency (66% of variance)',
  );
  expect(componentTitle({ loadings: [-0.9, 0.1, 0.2], share: 0.2 }, features)).toBe(
    'less Recency (20% of variance)',
  );
  expect(componentTitle(undefined, features)).toBe('Principal component');
});
