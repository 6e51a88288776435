import { AppError } from '../contract/errors.ts';
import type { FeatureColumn, FeatureInfo, FeatureReport } from '../contract/features.ts';
import type { FeatureRecipe } from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import type { ColumnQuality } from '../statistics/scaling/column-quality.ts';
import { describeFinding } from '../statistics/scaling/describe-finding.ts';
import type { FeatureQuality, PreparedQuality } from '../statistics/scaling/feature-quality.ts';
import type { FittedColumn } from '../statistics/scaling/fitted-column.ts';
import type { Histogram } from '../statistics/scaling/histogram.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { shareColumns } from '../work/share-values.ts';
import { type PreparedFeatures, prepareOnWorker, treatmentOf } from './prepare-features.ts';
import { type CustomerFeatures, readFeatures } from './read-features.ts';

const what = 'The report of the features';

interface ColumnParts {
  readonly info: FeatureInfo;
  readonly raw: ColumnQuality;
  readonly before: Histogram | undefined;
  /** Null where the recipe cannot be applied. */
  readonly treated: {
    readonly after: Histogram | undefined;
    readonly fitted: FittedColumn;
    readonly quality: PreparedQuality;
    readonly at: number;
  } | null;
}

function drawn(found: Histogram | undefined): FeatureColumn['before'] {
  if (found === undefined) return { edges: [], counts: [], below: 0, above: 0 };
  const { edges, counts, below, above } = found;
  return { edges: [...edges], counts: [...counts], below, above };
}

function describeColumn({ info, raw, before, treated }: ColumnParts): FeatureColumn {
  const found = raw.distribution;
  const after = treated?.quality.columns[treated.at]?.distribution;
  const transform = treated?.fitted.transform;
  return {
    ...info,
    missing: raw.missing,
    distinct: raw.distinct,
    minimum: found?.minimum ?? null,
    lowerQuartile: found?.lowerQuartile ?? null,
    median: found?.median ?? null,
    upperQuartile: found?.upperQuartile ?? null,
    maximum: found?.maximum ?? null,
    mean: found?.mean ?? null,
    deviation: found?.deviation ?? null,
    skewness: found?.skewness ?? null,
    imputed: raw.missing === 0 ? null : (treated?.fitted.impute ?? null),
    clipped: treated?.fitted.clipped ?? 0,
    lambda: transform?.kind === 'yeo-johnson' ? transform.lambda : null,
    before: drawn(before),
    after: drawn(treated?.after),
    skewnessAfter: after?.skewness ?? null,
    share: treated?.quality.shares[treated.at] ?? null,
    inflation: treated?.quality.inflation[treated.at] ?? null,
  };
}

/** Prepares features, or says why they cannot be. */
async function tryToPrepare(
  columns: readonly Float64Array[],
  recipe: FeatureRecipe,
  work: Work,
): Promise<PreparedFeatures | AppError> {
  try {
    return await prepareOnWorker(columns, recipe, work);
  } catch (error) {
    if (error instanceof AppError && error.code === 'FEATURE_UNUSABLE') return error;
    throw error;
  }
}

interface Assessed {
  readonly read: CustomerFeatures;
  readonly prepared: PreparedFeatures | AppError;
  readonly quality: FeatureQuality;
  readonly before: readonly Histogram[];
  readonly after: readonly Histogram[];
}

function columnsOf({ read, prepared, quality, before, after }: Assessed): FeatureColumn[] {
  return read.features.map((info, at) => {
    const raw = quality.raw[at];
    if (raw === undefined) throw new RangeError(`Feature ${at} was not assessed.`);
    const fitted = prepared instanceof AppError ? undefined : prepared.fitted.columns[at];
    const treated =
      fitted === undefined || quality.prepared === null
        ? null
        : { after: after[at], fitted, quality: quality.prepared, at };
    return describeColumn({ info, raw, before: before[at], treated });
  });
}

/** Why a recipe cannot be applied, unless the findings of missing values say it already. */
function refusalOf(
  { read, prepared }: Assessed,
  told: FeatureReport['findings'],
): FeatureReport['findings'] {
  if (!(prepared instanceof AppError)) return [];
  const feature = String(prepared.details['feature'] ?? '');
  const known = ({ kind, severity, features }: (typeof told)[number]): boolean =>
    kind === 'missing' && severity === 'error' && features.includes(feature);
  if (told.some(known)) return [];
  const label = read.features.find(({ name }) => name === feature)?.label ?? feature;
  const problem = String(prepared.details['problem'] ?? '');
  const sentence = `${label} cannot be used: ${problem}`;
  return [{ kind: 'refused', severity: 'error', features: [feature], sentence }];
}

function findingsOf(assessed: Assessed, recipe: FeatureRecipe): FeatureReport['findings'] {
  const { read, quality } = assessed;
  const names = read.features.map(({ label }) => label);
  const findings = quality.findings.map((finding) => {
    const { kind, column } = finding;
    const done = treatmentOf(recipe, recipe.features[column] ?? '');
    const refused = kind === 'missing' && done.missing === 'refuse';
    return {
      kind,
      severity: refused ? ('error' as const) : finding.severity,
      features: [column, ...('other' in finding ? [finding.other] : [])].map(
        (at) => recipe.features[at] ?? '',
      ),
      sentence: describeFinding(finding, names, done),
    };
  });
  return [...refusalOf(assessed, findings), ...findings];
}

/** What a recipe does to the customers there are: what went in, what distances are taken of, and what to mind. */
export async function featureReport(
  connection: Connection,
  recipe: FeatureRecipe,
  work: Work = {},
): Promise<FeatureReport> {
  const read = await readFeatures(connection, recipe.features);
  const columns = shareColumns(read.columns);
  const prepared = await tryToPrepare(columns, recipe, work);
  const matrix = prepared instanceof AppError ? null : prepared.matrix;
  const [quality, before, after, correlation] = await Promise.all([
    onWorker(work, what, 'assessFeatures', { columns, prepared: matrix }),
    onWorker(work, what, 'columnHistograms', columns),
    matrix === null ? [] : onWorker(work, what, 'matrixHistograms', matrix),
    onWorker(work, what, 'spearmanCorrelations', columns),
  ]);
  const assessed = { read, prepared, quality, before, after };
  return {
    asOf: read.asOf,
    customers: read.customerIds.length,
    columns: columnsOf(assessed),
    correlation: correlation.map((row) => row.slice()),
    findings: findingsOf(assessed, recipe),
  };
}
