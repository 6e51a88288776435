import { describe, expect, it } from 'vitest';
import type { FeatureInfo } from '../../pipeline/contract/features.ts';
import { profileClusters } from '../../pipeline/segmentation/profile.ts';
import { matrixFromColumns } from '../../pipeline/statistics/matrix.ts';

const features: FeatureInfo[] = ['Frequency', 'Monetary'].map((label) => ({
  name: label.toLowerCase(),
  table: 'features.customer_features',
  label,
  unit: 'count',
}));

async function sentences(columns: number[][], labels: number[]): Promise<string[]> {
  const original = matrixFromColumns(columns.map((column) => Float64Array.from(column)));
  const found = await profileClusters({
    features: features.slice(0, columns.length),
    original,
    labels: Int32Array.from(labels),
    widths: [],
  });
  return found.map(({ sentence }) => sentence);
}

describe('the sentence of a profile', () => {
  it('tells the largest effect first', async () => {
    const [first] = await sentences(
      [
        [1, 2, 3, 2, 3, 4],
        [91, 92, 93, 1, 2, 3],
      ],
      [0, 0, 0, 1, 1, 1],
    );
    expect(first).toBe(
      'Much higher monetary (92 against 2) and much lower frequency (2 against 3) than the other customers.',
    );
  });

  it('says that customers are close only where that is known', async () => {
    const alike = [1, 2, 3, 1, 2, 3];
    const flat = [5, 5, 5, 5, 5, 5];
    const labels = [0, 0, 0, 1, 1, 1];
    expect((await sentences([alike], labels))[0]).toBe(
      'Close to the other customers in every feature.',
    );
    expect((await sentences([alike, flat], labels))[0]).toBe(
      'Close to the other customers in every feature for which an effect size is defined.',
    );
  });

  it('says that no effect size is defined where none is', async () => {
    const without =
      'No effect size is defined: in no feature do these customers vary, nor the others.';
    // Two customers, far apart.
    expect(await sentences([[1, 900]], [0, 1])).toEqual([without, without]);
    expect(await sentences([[1, 2, 3]], [0, 0, 0])).toEqual([
      'No effect size is defined: there are no other customers.',
    ]);
  });
});
