import type { ColumnTreatment, ShareChoices } from '../../pipeline/contract/notebook.ts';

/** What was done to the data of a page when it was shared, as far as the page says. */
export interface ShareRecord {
  readonly choices: Pick<ShareChoices, 'columns' | 'aggregated' | 'minimumCount'>;
  /** When it was shared; null where that was left out. */
  readonly at: string | null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const done: Readonly<Record<Exclude<ColumnTreatment, 'keep'>, string>> = {
  drop: 'left out',
  hash: 'replaced by a code',
  generalise: 'made coarser',
};

function columnsOf(columns: unknown): ShareRecord['choices']['columns'] {
  if (!isObject(columns)) return {};
  const known = Object.entries(columns).filter(
    (entry): entry is [string, ColumnTreatment] =>
      typeof entry[1] === 'string' && Object.hasOwn(done, entry[1]),
  );
  return Object.fromEntries(known);
}

/** Whatever stands in the page's block. */
export function readShareRecord(value: unknown): ShareRecord {
  const record = isObject(value) ? value : {};
  const choices = isObject(record['choices']) ? record['choices'] : {};
  const { columns, aggregated, minimumCount } = choices;
  const at = record['at'];
  return {
    choices: {
      columns: columnsOf(columns),
      aggregated: Array.isArray(aggregated) ? aggregated.map(String) : [],
      minimumCount:
        typeof minimumCount === 'number' && Number.isInteger(minimumCount) && minimumCount > 0
          ? minimumCount
          : 0,
    },
    at: typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : null,
  };
}

/** What was done to the data, one thing a sentence; none where all of it left as it was. */
export function treatmentWords({ choices }: ShareRecord): readonly string[] {
  const { columns, aggregated, minimumCount } = choices;
  const words: string[] = [];
  for (const [treatment, verb] of Object.entries(done)) {
    const names = Object.keys(columns).filter((name) => columns[name] === treatment);
    if (names.length > 0) words.push(`${names.join(', ')}: ${verb}.`);
  }
  if (aggregated.length > 0) words.push(`${aggregated.join(', ')}: only groups, no single rows.`);
  if (minimumCount > 0)
    words.push(`Groups of fewer than ${minimumCount} people: left out of tables and charts.`);
  return words;
}
