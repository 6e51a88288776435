import { cluster, prepareClustering } from '../../pipeline/segmentation/cluster.ts';
import { meanSilhouette } from '../../pipeline/segmentation/mean-silhouette.ts';
import { sweep } from '../../pipeline/segmentation/sweep.ts';
import type { Matrix } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import type { StatisticsPool } from '../../pipeline/work/statistics-tasks.ts';

const options = { k: 6, seed: 3, restarts: 5 };

function cloud(rows: number, columns: number): Matrix {
  const random = createRandom(61);
  // No logarithms: their last bits are not the same in every version of V8.
  return { values: new Float64Array(rows * columns).map(() => random.float()), rows, columns };
}

/** What a clustering comes to, as text in which every bit of every number is kept. */
export async function clusterings(pool: StatisticsPool): Promise<string> {
  const matrix = cloud(4000, 5);
  const fit = await cluster(prepareClustering(matrix), options, { what: 'Training', pool });
  const widths = await meanSilhouette(matrix, fit.labels, { rows: null, seed: 0, pool });
  const many = cloud(150_000, 2);
  const spread = await cluster(prepareClustering(many), options, { what: 'Training', pool });
  return JSON.stringify({
    spread: {
      centroids: [...spread.centroids.values],
      sizes: spread.labels.reduce<number[]>((sizes, label) => {
        sizes[label] = (sizes[label] ?? 0) + 1;
        return sizes;
      }, []),
      inertia: spread.inertia,
    },
    centroids: [...fit.centroids.values],
    labels: [...fit.labels],
    inertia: fit.inertia,
    silhouette: widths?.value,
  });
}

/** The same of a sweep with every score but the gap statistic, which takes logarithms. */
export async function sweptText(pool: StatisticsPool): Promise<string> {
  const matrix = cloud(1500, 4);
  const { clusterings: found } = await sweep(
    { matrix, prepared: prepareClustering(matrix) },
    { ks: [2, 3, 5], options, gap: false, stability: true, silhouetteRows: 800, pool },
  );
  return JSON.stringify(
    found.map(({ row, fit, silhouette, stability }) => ({
      row,
      centroids: [...fit.centroids.values],
      labels: [...fit.labels],
      silhouette,
      stability,
    })),
  );
}

/** What a clustering that would take hours says when it is cancelled within a task. */
export async function cancelled(pool: StatisticsPool): Promise<unknown> {
  const controller = new AbortController();
  const work = { what: 'Training', pool, signal: controller.signal };
  const endless = { ...options, restarts: 1_000_000 };
  const long = cluster(prepareClustering(cloud(100_000, 8)), endless, work);
  setTimeout(() => controller.abort(), 50);
  return await long.catch((error: { code?: unknown }) => error.code);
}
