import { describe, expect, it } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import { describeClustering } from '../../pipeline/segmentation/describe-clustering.ts';
import { gapRows } from '../../pipeline/segmentation/gap-rows.ts';
import type { Swept } from '../../pipeline/segmentation/sweep.ts';
import { sweepWorkspace } from '../../pipeline/segmentation/sweep-workspace.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { trained } from '../helpers/trained-workspace.ts';

const request = {
  id: 'one',
  ks: [2, 3, 4, 5, 6],
  gap: true,
  stability: true,
  silhouetteRows: null,
};

describe('a sweep of a workspace', () => {
  it('finds the kinds of shoppers there are, and says of each k what a panel draws', async () => {
    const { context } = await trained(shoppers(0, 120));
    const progress: string[] = [];
    const { report, points } = await sweepWorkspace(context.connection, trainOptions.parse({}), {
      ...request,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(report).toMatchObject({ id: 'one', customers: 120, recommended: 4 });
    expect(report.reason).toMatch(/k = 4/);
    expect(progress.at(-1)).toBe('6/6');
    expect(report.sweep.map(({ k }) => k)).toEqual(request.ks);
    expect(report.dropped).toEqual([]);
    expect(report.sweep.every((row) => row.gap !== null && row.gap_se !== null)).toBe(true);
    expect(report.sweep[2]).toMatchObject({
      stability: 1,
      smallest_size: 30,
      silhouette_rows: 120,
    });

    const four = report.clusterings.find(({ k }) => k === 4);
    const labels = points.labels.get(4) ?? new Uint8Array();
    const sizes = [0, 1, 2, 3].map((label) => labels.filter((one) => one === label).length);
    expect(four?.clusters.map(({ customers }) => customers)).toEqual(sizes);
    // By falling mean monetary, in the order of customers' ids.
    const ids = await context.connection.strings(
      'select customer_id from features.customer_features order by customer_id',
    );
    expect([...labels]).toEqual(ids.map((id) => Number(id?.slice(1)) % 4));
    const monetary = four?.clusters.map(({ centre }) => centre[2] ?? 0) ?? [];
    expect(monetary).toEqual(monetary.toSorted((a, b) => b - a));
    expect(four?.clusters[0]?.sentence).toMatch(/higher .*monetary.* than the other customers\.$/);

    // The four kinds come back in every resample.
    const always = { jaccard: 1, dissolved: 0 };
    expect(four?.clusters.map(({ stability }) => stability)).toEqual([
      always,
      always,
      always,
      always,
    ]);

    expect([points.x.length, points.y.length]).toEqual([120, 120]);
    expect(report.components.map(({ loadings }) => loadings.length)).toEqual([3, 3]);
    const [first, second] = report.components;
    expect(first?.share).toBeGreaterThan(second?.share ?? 1);
  });

  it('tells how stable a cluster is under the label that it is shown by, and nothing of one never drawn', async () => {
    const one = {
      row: { k: 3 },
      fit: { labels: Int32Array.of(0, 0, 1, 1, 2) },
      silhouette: null,
      stability: {
        clusters: [
          { label: 0, jaccard: 0.4, dissolved: 0.7 },
          { label: 1, jaccard: 0.9, dissolved: 0 },
        ],
      },
    } as unknown as Swept;
    const aov = { name: 'aov', table: 't', label: 'AOV', unit: 'money' } as const;
    const original = { values: Float64Array.of(1, 2, 8, 9, 5), rows: 5, columns: 1 };
    const shown = Int32Array.of(1, 1, 0, 0, 2);
    const { clusters } = await describeClustering(one, shown, { features: [aov], original });
    expect(clusters.map(({ customers, stability }) => [customers, stability])).toEqual([
      [2, { jaccard: 0.9, dissolved: 0 }],
      [2, { jaccard: 0.4, dissolved: 0.7 }],
      [1, null],
    ]);
  });

  it('leaves out what there are too few different customers for', async () => {
    const { context } = await trained(shoppers(0, 3));
    const { report } = await sweepWorkspace(context.connection, trainOptions.parse({}), request);
    expect(report.sweep.map(({ k }) => k)).toEqual([2, 3]);
    expect(report.dropped).toEqual([4, 5, 6]);
    expect(report.recommended).toBe(null);
    const more = sweepWorkspace(context.connection, trainOptions.parse({}), {
      ...request,
      ks: [7, 8],
    });
    await expect(more).rejects.toMatchObject({
      code: 'TOO_FEW_CUSTOMERS',
      details: { k: 7, distinct: 3 },
    });
  });
});

describe('the gap statistic of many customers', () => {
  it('leaves out a k for which its sample has too few different ones, and the sweep goes on', async () => {
    // Of 30,000 customers twelve differ from the rest: the sample does not meet all of them.
    const rows = 30_000;
    const values = new Float64Array(rows).map((_, row) => (row < 12 ? row + 1 : 0));
    const matrix = { values, rows, columns: 1 };
    const { rows: gaps, customers } = await gapRows(matrix, {
      ks: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
      seed: 1,
    });
    expect(customers).toBe(10_000);
    expect(gaps.length).toBeGreaterThan(1);
    expect(gaps.length).toBeLessThan(13);
    expect(gaps.every(({ gap }) => !Number.isNaN(gap))).toBe(true);
  });
});
