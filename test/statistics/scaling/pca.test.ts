import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import {
  type PrincipalComponents,
  principalComponents,
  project,
} from '../../../pipeline/statistics/scaling/pca.ts';
import { symmetricEigen } from '../../../pipeline/statistics/scaling/symmetric-eigen.ts';

const fixture = new URL('../../fixtures/preprocessing/pca.json', import.meta.url);
const truth = JSON.parse(readFileSync(fixture, 'utf8')) as {
  rows: number[][];
  components: number[][];
  variances: number[];
  ratios: number[];
  projected: number[][];
};

function expectTruth(pca: PrincipalComponents): void {
  for (const [component, loadings] of truth.components.entries()) {
    const found = rowOf(pca.components, component);
    for (const [column, loading] of loadings.entries()) {
      expect(found[column], `component ${component}`).toBeCloseTo(loading, 11);
    }
    expect(pca.variances[component]).toBeCloseTo(truth.variances[component] ?? 0, 10);
    expect(pca.ratios[component]).toBeCloseTo(truth.ratios[component] ?? 0, 12);
  }
}

describe('principal components', () => {
  test('components, signs, variances and projections are those of scikit-learn', () => {
    const matrix = matrixFromRows(truth.rows);
    const pca = principalComponents(matrix);
    expectTruth(pca);
    const projected = project(matrix, pca, 2);
    for (const [row, values] of truth.projected.entries()) {
      for (const [column, value] of values.entries()) {
        expect(rowOf(projected, row)[column]).toBeCloseTo(value, 10);
      }
    }
  });

  test('an offset of 1e8 changes nothing', () => {
    const shifted = matrixFromRows(truth.rows.map((row) => row.map((value) => value + 1e8)));
    const pca = principalComponents(shifted);
    expectTruth(pca);
    const projected = project(shifted, pca, 2);
    for (const [row, [value]] of truth.projected.entries()) {
      expect(rowOf(projected, row)[0]).toBeCloseTo(value ?? 0, 6);
    }
  });

  test('scales of 1e-150 and 1e150 keep components and ratios', () => {
    for (const scale of [2 ** -500, 2 ** 490]) {
      const pca = principalComponents(
        matrixFromRows(truth.rows.map((row) => row.map((value) => value * scale))),
      );
      const variances = pca.variances.map((variance) => variance / scale / scale);
      expectTruth({ ...pca, variances });
    }
  });

  test('constant columns have no variance, and no ratio is NaN', () => {
    const pca = principalComponents(
      matrixFromRows([
        [1, 2],
        [1, 2],
      ]),
    );
    expect({ variances: [...pca.variances], ratios: [...pca.ratios] }).toEqual({
      variances: [0, 0],
      ratios: [0, 0],
    });
    const half = principalComponents(
      matrixFromRows([
        [1, 2],
        [1, 4],
      ]),
    );
    expect(rowOf(half.components, 0)).toEqual([0, 1]);
    expect([...half.variances]).toEqual([2, 0]);
  });

  test('too few rows, other columns and too many components are refused', () => {
    const matrix = matrixFromRows(truth.rows);
    const pca = principalComponents(matrix);
    expect(() => principalComponents(matrixFromRows([[1, 2]]))).toThrow('at least two rows');
    expect(() => principalComponents(matrixFromRows([[1e200], [-1e200]]))).toThrow('too far apart');
    expect(() => project(matrix, pca, 6)).toThrow('From 1 to 5 components');
    expect(() => project(matrixFromRows([[1]]), pca, 1)).toThrow('do not fit 1');
  });
});

describe('eigenvectors of a symmetric matrix', () => {
  test('are of length 1, at right angles, and rebuild the matrix, whatever the sizes of its columns', () => {
    const random = createRandom(5);
    const size = 12;
    const sizes = Array.from({ length: size }, (_, at) => 10 ** (at - 6));
    const factors = Array.from({ length: size }, () => sizes.map((own) => own * random.normal()));
    const product = (a: number, b: number): number =>
      factors.reduce((sum, row) => sum + (row[a] ?? 0) * (row[b] ?? 0), 0);
    const rows = sizes.map((_, a) =>
      sizes.map((_size, b) => product(Math.min(a, b), Math.max(a, b))),
    );
    const { values, vectors } = symmetricEigen(matrixFromRows(rows));
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
    const vector = (index: number): number[] => rowOf(vectors, index);
    for (let a = 0; a < size; a += 1) {
      for (let b = 0; b < size; b += 1) {
        const dot = vector(a).reduce((sum, value, at) => sum + value * (vector(b)[at] ?? 0), 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 13);
        let rebuilt = 0;
        for (const [index, value] of values.entries()) {
          rebuilt += value * (vector(index)[a] ?? 0) * (vector(index)[b] ?? 0);
        }
        const scale = (sizes[a] ?? 0) * (sizes[b] ?? 0) * size;
        expect((rebuilt - (rows[a]?.[b] ?? 0)) / scale).toBeCloseTo(0, 10);
      }
    }
  });

  test('a matrix that is not symmetric is refused', () => {
    expect(() =>
      symmetricEigen(
        matrixFromRows([
          [1, 2],
          [3, 1],
        ]),
      ),
    ).toThrow('not the same');
    expect(() => symmetricEigen(matrixFromRows([[1, 2]]))).toThrow('1 x 2 is not symmetric');
  });
});
