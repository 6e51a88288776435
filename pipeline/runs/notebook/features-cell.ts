import type { FeatureReport } from '../../contract/features.ts';
import { featuresFigure } from '../../notebooks/figures/features-figure.ts';
import { arrowTable, type TableColumnValues } from '../../notebooks/outputs/arrow-table.ts';
import { plotlyOutput } from '../../notebooks/outputs/plotly-output.ts';
import { tableOutputs } from '../../notebooks/outputs/table-outputs.ts';
import { wordsOutput } from '../../notebooks/outputs/words-output.ts';
import type { CellResult } from '../../notebooks/session/ports.ts';

export interface PreparedCustomers {
  readonly customerIds: readonly string[];
  /** A column a feature: as distances are taken. */
  readonly features: readonly { readonly name: string; readonly values: Float64Array }[];
}

function summary({ columns }: FeatureReport): Uint8Array {
  const numbers = (pick: (column: FeatureReport['columns'][number]) => number | null) =>
    ({ type: 'number', values: columns.map(pick) }) satisfies TableColumnValues;
  return arrowTable({
    feature: { type: 'text', values: columns.map(({ name }) => name) },
    missing: { type: 'whole', values: columns.map(({ missing }) => missing) },
    median: numbers(({ median }) => median),
    mean: numbers(({ mean }) => mean),
    skewness: numbers(({ skewness }) => skewness),
    skewness_after: numbers(({ skewnessAfter }) => skewnessAfter),
    share_of_distance: numbers(({ share }) => share),
  });
}

/** Distributions before and after, what is wrong with them in words, and the prepared values of every customer. */
export function featuresCell(report: FeatureReport, prepared: PreparedCustomers): CellResult {
  const found = report.findings.map(({ sentence }) => sentence);
  const columns = prepared.features.map(
    ({ name, values }) => [name, { type: 'number', values }] as const,
  );
  return {
    outputs: [
      plotlyOutput(featuresFigure(report)),
      ...(found.length === 0 ? [] : [wordsOutput(found)]),
      ...tableOutputs(summary(report)),
    ],
    table: arrowTable({
      customer_id: { type: 'text', values: prepared.customerIds },
      ...Object.fromEntries(columns),
    }),
  };
}
