import { AppError } from '../contract/errors.ts';
import type { TrainOptions } from '../contract/recipe.ts';
import type { SweepReport } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import { countDistinct } from '../statistics/clustering/prepare-kmeans.ts';
import { type Matrix, matrixFromColumns } from '../statistics/matrix.ts';
import { filled } from '../work/model-tasks.ts';
import { shareColumns, shareMatrix } from '../work/share-values.ts';
import { principalComponents, project } from '../statistics/scaling/pca.ts';
import { elbow } from '../statistics/scores/elbow.ts';
import { prepareClustering } from './cluster.ts';
import { describeClustering } from './describe-clustering.ts';
import { clustersOfFit } from './new-identities.ts';
import { prepareOnWorker } from './prepare-features.ts';
import { readFeatures } from './read-features.ts';
import { recommendK } from './recommend-k.ts';
import { firstIdentities } from './segment-identity.ts';
import { featuresState, type SweepCandidates } from './successions.ts';
import { shownAs } from './shown-as.ts';
import { sweep, type Swept } from './sweep.ts';
import { tailTreatment } from './tail-treatment.ts';
import { meanMonetary } from './train.ts';
import type { Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';

/** Every customer of a sweep, in the order of their ids. */
export interface SweepPoints {
  /** On the first two principal components. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly labels: ReadonlyMap<number, Uint8Array>;
}

export interface SweepResult {
  readonly report: SweepReport;
  readonly points: SweepPoints;
  /** What the clusters are held against the present segments by. */
  readonly candidates: SweepCandidates;
}

export interface SweepRequest extends Work {
  readonly id: string;
  readonly ks: readonly number[];
  readonly gap: boolean;
  readonly stability: boolean;
  readonly silhouetteRows: number | null;
}

/** Clusters by falling mean monetary, as the segments of a first model are. */
function byMoney({ fit }: Swept, k: number, monetary: Float64Array): Int32Array {
  const ids = firstIdentities(meanMonetary(fit.labels, monetary, k));
  return fit.labels.map((label) => (ids[label] ?? 1) - 1);
}

function pointsOf(matrix: Matrix): Pick<SweepPoints, 'x' | 'y'> & Pick<SweepReport, 'components'> {
  const count = Math.min(2, matrix.columns);
  const pca = principalComponents(matrix);
  const projected = project(matrix, pca, count);
  const axis = (component: number): Float32Array =>
    Float32Array.from({ length: matrix.rows }, (_, row) =>
      component < count ? (projected.values[row * count + component] ?? 0) : 0,
    );
  const components = Array.from({ length: count }, (_, component) => ({
    loadings: [
      ...pca.components.values.subarray(
        component * matrix.columns,
        (component + 1) * matrix.columns,
      ),
    ],
    share: pca.ratios[component] ?? 0,
  }));
  return { x: axis(0), y: axis(1), components };
}

/** Tries numbers of segments on the customers there are; nothing is kept in the workspace. */
export async function sweepWorkspace(
  connection: Connection,
  options: TrainOptions,
  request: SweepRequest,
): Promise<SweepResult> {
  const { id, ks: wanted, gap, stability, silhouetteRows, ...work } = request;
  const { read, state } = await connection.transaction(async () => ({
    read: await readFeatures(connection, options.features),
    state: await featuresState(connection),
  }));
  const { matrix, fitted } = await prepareOnWorker(shareColumns(read.columns), options, work);
  const prepared = prepareClustering(matrix);
  const distinct = countDistinct(prepared.matrix, Math.max(...wanted));
  const ks = wanted.filter((k) => k <= distinct);
  if (ks.length === 0) {
    throw new AppError('TOO_FEW_CUSTOMERS', { k: Math.min(...wanted), distinct });
  }
  const {
    clusterings: found,
    gapAtOne,
    ...sampled
  } = await sweep({ matrix, prepared }, { ...work, ks, options, gap, stability, silhouetteRows });
  const original = shareMatrix(matrixFromColumns(filled(read.columns, fitted)));
  const ordered = found.map((one) => byMoney(one, one.row.k, read.monetary));
  const { features } = read;
  const described = { ...work, features, original };
  const clusterings = await together(
    work.signal,
    found.map(
      (one, i) => (signal) =>
        describeClustering(one, ordered[i] ?? new Int32Array(), { ...described, signal }),
    ),
  );
  const labels = new Map(found.map(({ row }, i) => [row.k, Uint8Array.from(ordered[i] ?? [])]));
  const rows = found.map(({ row }) => row);
  const knee = elbow(rows);
  const { components, ...points } = pointsOf(matrix);
  return {
    report: {
      id,
      asOf: read.asOf,
      customers: read.customerIds.length,
      options,
      features: read.features.map(({ name, label }) => ({ name, label })),
      sweep: rows,
      dropped: wanted.filter((k) => k > distinct),
      ...sampled,
      elbow: knee,
      ...chosen(recommendK(rows, { elbow: knee, gapAtOne, treatment: tailTreatment(options) })),
      components,
      clusterings,
    },
    points: { ...points, labels },
    candidates: {
      state,
      fitted,
      features: options.features,
      fits: await together(
        work.signal,
        found.map(({ row, fit }, i) => async (signal) => ({
          k: row.k,
          clusters: await clustersOfFit(matrix, fit, { ...work, signal }),
          places: shownAs(fit.labels, ordered[i] ?? new Int32Array(), row.k),
        })),
      ),
    },
  };
}

function chosen({ k, reason }: { k: number | null; reason: string }): {
  recommended: number | null;
  reason: string;
} {
  return { recommended: k, reason };
}
