import { AppError } from '../contract/errors.ts';
import type { FeatureColumn, FeatureInfo, FeatureReport } from '../contract/features.ts';
import type { FeatureRecipe } from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import { columnOf, type Matrix } from '../statistics/matrix.ts';
import type { ColumnQuality } from '../statistics/scaling/column-quality.ts';
import { spearmanCorrelations } from '../statistics/scaling/correlation.ts';
import { describeFinding } from '../statistics/scaling/describe-finding.ts';
import { assessFeatures, type PreparedQuality } from '../statistics/scaling/feature-quality.ts';
import type { FittedColumn } from '../statistics/scaling/fitted-column.ts';
import { histogram } from '../statistics/scaling/histogram.ts';
import { type PreparedFeatures, prepareFeatures } from './prepare-features.ts';
import { readFeatures } from './read-features.ts';

interface ColumnParts {
  readonly info: FeatureInfo;
  readonly values: Float64Array;
  readonly raw: ColumnQuality;
  /** Null where the recipe cannot be applied. */
  readonly treated: {
    readonly values: Float64Array;
    readonly fitted: FittedColumn;
    readonly quality: PreparedQuality;
    readonly at: number;
  } | null;
}

const nothing = { edges: [], counts: [], below: 0, above: 0 };

function drawn(values: Float64Array): FeatureColumn['before'] {
  const { edges, counts, below, above } = histogram(values);
  return { edges: [...edges], counts: [...counts], below, above };
}

function describeColumn({ info, values, raw, treated }: ColumnParts): FeatureColumn {
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
    before: drawn(values),
    after: treated === null ? nothing : drawn(treated.values),
    skewnessAfter: after?.skewness ?? null,
    share: treated?.quality.shares[treated.at] ?? null,
    inflation: treated?.quality.inflation[treated.at] ?? null,
  };
}

/** Prepares features, or says why they cannot be. */
function tryToPrepare(
  columns: readonly Float64Array[],
  recipe: FeatureRecipe,
): PreparedFeatures | AppError {
  try {
    return prepareFeatures(columns, recipe);
  } catch (error) {
    if (error instanceof AppError && error.code === 'FEATURE_UNUSABLE') return error;
    throw error;
  }
}

/** What a recipe does to the customers there are: what went in, what distances are taken of, and what to mind. */
export async function featureReport(
  connection: Connection,
  recipe: FeatureRecipe,
): Promise<FeatureReport> {
  const read = await readFeatures(connection, recipe.features);
  const prepared = tryToPrepare(read.columns, recipe);
  const refused = prepared instanceof AppError;
  const matrix: Matrix | null = refused ? null : prepared.matrix;
  const quality = assessFeatures({ columns: read.columns, prepared: matrix });
  const names = read.features.map(({ label }) => label);
  const columns = read.features.map((info, at) => {
    const raw = quality.raw[at];
    const values = read.columns[at] ?? new Float64Array();
    if (raw === undefined) throw new RangeError(`Feature ${at} was not assessed.`);
    const fitted = refused ? undefined : prepared.fitted.columns[at];
    const treated =
      matrix === null || fitted === undefined || quality.prepared === null
        ? null
        : { values: columnOf(matrix, at), fitted, quality: quality.prepared, at };
    return describeColumn({ info, values, raw, treated });
  });
  const findings = quality.findings.map((finding) => ({
    kind: finding.kind,
    severity: finding.severity,
    features: [finding.column, ...('other' in finding ? [finding.other] : [])].map(
      (column) => recipe.features[column] ?? '',
    ),
    sentence: describeFinding(finding, names),
  }));
  const refusal = refused
    ? [
        {
          kind: 'refused',
          severity: 'error' as const,
          features: [String(prepared.details['feature'] ?? '')],
          sentence: prepared.message,
        },
      ]
    : [];
  return {
    asOf: read.asOf,
    customers: read.customerIds.length,
    columns,
    correlation: spearmanCorrelations(read.columns).map((row) => row.slice()),
    findings: [...refusal, ...findings],
  };
}
