import type {
  ColumnTreatment,
  ExportFormat,
  ShareChoices,
  ShareReport,
} from '../../../pipeline/contract/notebook.ts';

type Table = ShareReport['tables'][number];
type Column = Table['columns'][number];

/** What is asked of the host; columns that keep the suggested treatment are said as well, so that the choice is on record. */
export interface SharePlan {
  readonly format: ExportFormat;
  readonly outputs: boolean;
  readonly minimumCount: number;
  /** Tables of which only groups leave. */
  readonly aggregated: readonly string[];
  /** What was chosen otherwise than suggested. */
  readonly chosen: Readonly<Record<string, ColumnTreatment>>;
}

export const startPlan: SharePlan = {
  format: 'html',
  outputs: true,
  minimumCount: 0,
  aggregated: [],
  chosen: {},
};

export function columnKey(table: Table, column: Column): string {
  return `${table.name}.${column.name}`;
}

export function treatmentOf(plan: SharePlan, table: Table, column: Column): ColumnTreatment {
  return plan.chosen[columnKey(table, column)] ?? column.treatment;
}

export function withTreatment(plan: SharePlan, key: string, treatment: ColumnTreatment): SharePlan {
  return { ...plan, chosen: { ...plan.chosen, [key]: treatment } };
}

export function choicesOf(plan: SharePlan, report: ShareReport): ShareChoices {
  const columns = Object.fromEntries(
    report.tables.flatMap((table) =>
      table.columns.map((column) => [columnKey(table, column), treatmentOf(plan, table, column)]),
    ),
  );
  return {
    outputs: plan.outputs,
    minimumCount: plan.minimumCount,
    aggregated: [...plan.aggregated],
    columns,
  };
}

export function withAggregated(plan: SharePlan, table: string, only: boolean): SharePlan {
  const others = plan.aggregated.filter((name) => name !== table);
  return { ...plan, aggregated: only ? [...others, table] : others };
}

/** Columns that hold something of persons and would leave as they are. */
export function leaving(plan: SharePlan, report: ShareReport): string[] {
  const whole = report.tables.filter(({ name }) => !plan.aggregated.includes(name));
  return whole.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.found.length > 0 && treatmentOf(plan, table, column) === 'keep'
        ? [columnKey(table, column)]
        : [],
    ),
  );
}

/** Why a column is thought to hold something of persons: `e-mail by content, 98%`. */
export function foundWords(found: Column['found']): string {
  return found
    .map(({ kind, by, share }) =>
      by === 'name' ? `${kind} by its name` : `${kind} in ${Math.round(share * 100)}% of rows`,
    )
    .join(', ');
}

export const formats: readonly {
  readonly value: ExportFormat;
  readonly title: string;
  readonly words: string;
}[] = [
  {
    value: 'html',
    title: 'Living page',
    words: 'One .html that opens offline: sliders, SQL and charts work, with the data inside.',
  },
  { value: 'static', title: 'Still page', words: 'One .html without scripts, as it looks now.' },
  { value: 'pdf', title: 'PDF', words: 'To print or to attach.' },
  { value: 'ipynb', title: 'Notebook', words: 'An .ipynb for Strata, Jupyter or VS Code.' },
  {
    value: 'bundle',
    title: 'Replay bundle',
    words: 'Notebook, data, versions and hashes, to rerun elsewhere to the same result.',
  },
];

export const treatments: readonly { readonly value: ColumnTreatment; readonly label: string }[] = [
  { value: 'keep', label: 'Keep' },
  { value: 'drop', label: 'Leave out' },
  { value: 'hash', label: 'Hash' },
  { value: 'generalise', label: 'Generalise' },
];
