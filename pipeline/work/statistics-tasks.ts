import { clusterRadii } from '../statistics/clustering/cluster-radii.ts';
import { bestCandidate, kmeansPolish } from '../statistics/clustering/kmeans-polish.ts';
import { competitionRows } from '../statistics/clustering/kmeans-sample.ts';
import { kmeansStarts } from '../statistics/clustering/kmeans-starts.ts';
import { kmeans } from '../statistics/clustering/kmeans.ts';
import type { PreparedKMeans } from '../statistics/clustering/prepare-kmeans.ts';
import { passBlocks } from '../statistics/clustering/row-passes.ts';
import { growTree, type TreeOptions } from '../statistics/explanation/decision-tree.ts';
import type { BgNbdRefusal } from '../statistics/clv/bg-nbd-refusal.ts';
import { fitBgNbd } from '../statistics/clv/bg-nbd.ts';
import { expectedPurchases, probabilityAlive } from '../statistics/clv/bg-nbd-predictions.ts';
import { calibrate, type Calibration, type HoldOut } from '../statistics/clv/calibration.ts';
import { type ClvModel, DAYS_OF_A_MONTH, discountedClv } from '../statistics/clv/discounted-clv.ts';
import { expectedValue } from '../statistics/clv/expected-value.ts';
import type { PurchaseValues } from '../statistics/clv/gamma-gamma-parameters.ts';
import { fitGammaGamma } from '../statistics/clv/gamma-gamma.ts';
import type { PurchaseHistory } from '../statistics/clv/purchase-history.ts';
import { effectSizes } from '../statistics/explanation/effect-sizes.ts';
import { type Rule, rules } from '../statistics/explanation/tree-rules.ts';
import { columnOf, type Matrix } from '../statistics/matrix.ts';
import { spearmanCorrelations } from '../statistics/scaling/correlation.ts';
import { assessFeatures } from '../statistics/scaling/feature-quality.ts';
import { type Histogram, histogram } from '../statistics/scaling/histogram.ts';
import {
  applyPreprocessing,
  type ColumnOptions,
  fitPreprocessing,
  type FittedPreprocessing,
} from '../statistics/scaling/preprocessing.ts';
import {
  type Agreement,
  agreementWith,
  bootstrapSample,
} from '../statistics/scores/bootstrap-stability.ts';
import { clusterScores } from '../statistics/scores/cluster-scores.ts';
import { drawReference, type ReferenceBox } from '../statistics/scores/reference-box.ts';
import { silhouetteSums } from '../statistics/scores/silhouette-sums.ts';
import {
  assignColumns,
  columnDrift,
  compareLabels,
  fillColumns,
  pairCounts,
  silhouettePlan,
} from './model-tasks.ts';
import type { Pool } from './pool.ts';
import { shareMatrix } from './share-values.ts';

/** Of clusterings that are only compared with each other. */
interface FitSettings {
  readonly restarts: number;
  readonly maxIterations: number;
  readonly tolerance: number;
}

/** The rows on which starts compete, where the workers that start can read them. */
function sampleForStarts(prepared: PreparedKMeans, k: number, seed: number): PreparedKMeans {
  const rows = competitionRows(prepared, k, seed);
  return rows === prepared ? rows : { ...rows, matrix: shareMatrix(rows.matrix) };
}

/** The inertias of the best clusterings found, one for each k. */
function inertias(
  matrix: Matrix,
  ks: readonly number[],
  settings: FitSettings & { seed: number },
): number[] {
  return ks.map((k) => kmeans(matrix, { ...settings, k }).inertia);
}

/** The same of one reference of the gap statistic. */
function referenceInertias(
  box: ReferenceBox,
  ks: readonly number[],
  settings: FitSettings & { seed: number },
): number[] {
  return inertias(drawReference(box, settings.seed), ks, settings);
}

/** How far the clustering of one bootstrap sample agrees with that of all rows. */
function resampleAgreement(
  full: { matrix: Matrix; order: Int32Array; labels: Int32Array },
  settings: FitSettings & { k: number; seed: number },
): Agreement {
  const { matrix, order, labels } = full;
  const { sample, distinct } = bootstrapSample(matrix, order, settings.seed);
  const { centroids } = kmeans(sample, { ...settings, k: Math.min(settings.k, distinct) });
  return agreementWith(matrix, labels, centroids);
}

function surrogateRules(
  matrix: Matrix,
  labels: Int32Array,
  options: TreeOptions,
): { rules: Rule[]; accuracy: number } {
  const tree = growTree(matrix, labels, options);
  return { rules: rules(tree), accuracy: tree.accuracy };
}

/** Fits preprocessing to columns and prepares them by it. */
function prepareColumns(
  columns: readonly Float64Array[],
  options: readonly ColumnOptions[],
): { matrix: Matrix; fitted: FittedPreprocessing } {
  const fitted = fitPreprocessing(columns, options);
  return { matrix: shareMatrix(applyPreprocessing(columns, fitted)), fitted };
}

function columnHistograms(columns: readonly Float64Array[]): Histogram[] {
  return columns.map(histogram);
}

function matrixHistograms(matrix: Matrix): Histogram[] {
  return Array.from({ length: matrix.columns }, (_, at) => histogram(columnOf(matrix, at)));
}

/** What BG/NBD and Gamma-Gamma say of customers: over all the months for purchases and CLV. */
function predictClv(
  customers: PurchaseHistory & PurchaseValues,
  model: ClvModel & { readonly months: number },
): Record<'alive' | 'purchases' | 'value' | 'clv', Float64Array> {
  return {
    alive: probabilityAlive(model.purchases, customers),
    purchases: expectedPurchases(model.purchases, model.months * DAYS_OF_A_MONTH, customers),
    value: expectedValue(model.values, customers),
    clv: discountedClv(customers, model),
  };
}

/** Fitted to what was known at the cut day; refused where that does not identify a model. */
function calibrateBgNbd(
  holdOut: HoldOut,
): { kind: 'checked'; calibration: Calibration } | BgNbdRefusal {
  const fit = fitBgNbd(holdOut.history);
  if (fit.kind === 'refused') return fit;
  return { kind: 'checked', calibration: calibrate(fit.parameters, holdOut) };
}

/** What workers are asked for. */
export const statisticsTasks = {
  prepareColumns,
  assessFeatures,
  columnHistograms,
  matrixHistograms,
  spearmanCorrelations,
  sampleForStarts,
  kmeansStarts,
  bestCandidate,
  passBlocks,
  kmeansPolish,
  clusterScores,
  silhouettePlan,
  silhouetteSums,
  inertias,
  referenceInertias,
  resampleAgreement,
  effectSizes,
  surrogateRules,
  assignColumns,
  fillColumns,
  columnDrift,
  compareLabels,
  clusterRadii,
  pairCounts,
  fitBgNbd,
  fitGammaGamma,
  predictClv,
  calibrateBgNbd,
};

export type StatisticsTasks = typeof statisticsTasks;
export type StatisticsPool = Pool<StatisticsTasks>;
