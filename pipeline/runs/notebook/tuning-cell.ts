import { AppError } from '../../contract/errors.ts';
import type { TuningParameters } from '../../contract/notebook.ts';
import { tuningFigure } from '../../notebooks/figures/tuning-figure.ts';
import { arrowTable } from '../../notebooks/outputs/arrow-table.ts';
import { plotlyOutput } from '../../notebooks/outputs/plotly-output.ts';
import { tableOutputs } from '../../notebooks/outputs/table-outputs.ts';
import { wordsOutput } from '../../notebooks/outputs/words-output.ts';
import type { CellResult } from '../../notebooks/session/ports.ts';
import type { SweepResult } from '../../segmentation/sweep-workspace.ts';

export interface SweptCustomers {
  readonly customerIds: readonly string[];
  readonly swept: SweepResult;
}

/** The k that the cell is about: the one asked for, else the recommended, else the first that was tried. */
function chosenK({ report }: SweepResult, asked: number | null): number {
  const k = asked ?? report.recommended ?? report.sweep[0]?.k;
  const least = report.sweep[0]?.k ?? 0;
  if (k !== undefined && report.sweep.some((row) => row.k === k)) return k;
  throw new AppError('TOO_FEW_CUSTOMERS', { k: k ?? 0, distinct: least });
}

function profiles(swept: SweepResult, k: number): Uint8Array {
  const { clusterings, features } = swept.report;
  const clusters = clusterings.find((one) => one.k === k)?.clusters ?? [];
  const centres = features.map(
    ({ name }, at) =>
      [name, { type: 'number', values: clusters.map(({ centre }) => centre[at] ?? null) }] as const,
  );
  return arrowTable({
    cluster: { type: 'whole', values: clusters.map((_, at) => at + 1) },
    customers: { type: 'whole', values: clusters.map(({ customers }) => customers) },
    share: { type: 'number', values: clusters.map(({ share }) => share) },
    silhouette: { type: 'number', values: clusters.map(({ silhouette }) => silhouette) },
    ...Object.fromEntries(centres),
    profile: { type: 'text', values: clusters.map(({ sentence }) => sentence) },
  });
}

/** Scores by k, why that k is recommended, the clusters of the chosen one, and every customer's cluster as rows. */
export function tuningCell(
  { customerIds, swept }: SweptCustomers,
  { k: asked }: Pick<TuningParameters, 'k'>,
): CellResult {
  const k = chosenK(swept, asked);
  const labels = swept.points.labels.get(k) ?? new Uint8Array();
  return {
    outputs: [
      plotlyOutput(tuningFigure(swept.report, k)),
      wordsOutput([swept.report.reason]),
      ...tableOutputs(profiles(swept, k)),
    ],
    table: arrowTable({
      customer_id: { type: 'text', values: customerIds },
      cluster: { type: 'whole', values: Array.from(labels, (label) => label + 1) },
    }),
  };
}
