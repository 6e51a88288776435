import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { chartStart } from './chart-start.ts';

export interface CellTemplate {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly type: NotebookCell['type'];
  /** `taken` are names that the notebook has already, `tables` what may be drawn. */
  readonly source: (names: TemplateNames) => string;
}

export interface TemplateNames {
  readonly taken: ReadonlySet<string>;
  readonly tables: readonly string[];
  /** Those of the first table, where they are known. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** The first of `base`, `base_2`, `base_3`, ... that is free. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}

const recipe = `"recipe": {
    "features": ["recency_days", "frequency", "monetary"],
    "missing": "median",
    "winsorise": null,
    "transform": "log1p",
    "scale": "standard",
    "columns": {}
  }`;

function input(base: string, literal: string, control: string): CellTemplate['source'] {
  return ({ taken }) => `${freeName(base, taken)} = ${literal}  # strata: ${control}`;
}

const today = '2026-01-01';

/** Every kind of cell that the page can add, with a start that runs. */
export const cellTemplates: readonly {
  readonly group: string;
  readonly items: readonly CellTemplate[];
}[] = [
  {
    group: 'Write',
    items: [
      { id: 'markdown', title: 'Text', hint: 'Markdown', type: 'markdown', source: () => '' },
      {
        id: 'sql',
        title: 'SQL',
        hint: 'A query whose rows later cells read by name',
        type: 'code',
        source: ({ taken, tables }) =>
          `%%sql --save ${freeName('rows', taken)}\nSELECT *\nFROM ${tables[0] ?? 'silver.transactions'}\nLIMIT 100`,
      },
      {
        id: 'javascript',
        title: 'JavaScript',
        hint: 'Runs in a sandbox, with tables as columns',
        type: 'code',
        source: () => '%%strata javascript\n',
      },
      {
        id: 'typescript',
        title: 'TypeScript',
        hint: 'As JavaScript, with types',
        type: 'code',
        source: () => '%%strata typescript\n',
      },
      { id: 'raw', title: 'Raw text', hint: 'Kept as it is', type: 'raw', source: () => '' },
    ],
  },
  {
    group: 'Show',
    items: [
      {
        id: 'chart',
        title: 'Chart',
        hint: 'Draws a table',
        type: 'code',
        source: ({ tables, columns }) => chartStart(tables[0] ?? '', columns),
      },
      {
        id: 'kpis',
        title: 'KPIs',
        hint: 'The four KPIs by segment',
        type: 'code',
        source: () =>
          '%%strata kpis\n{\n  "asOf": null,\n  "kpis": ["clvGrowth", "churnRate", "aov", "contribution"]\n}',
      },
      {
        id: 'features',
        title: 'Features',
        hint: 'What a recipe does to the customers',
        type: 'code',
        source: () => `%%strata features\n{\n  ${recipe}\n}`,
      },
      {
        id: 'tuning',
        title: 'Tuning',
        hint: 'Clusters for a range of k',
        type: 'code',
        source: ({ taken }) =>
          `%%strata tuning --save ${freeName('clusters', taken)}\n{\n  ${recipe},\n  "kMin": 2,\n  "kMax": 8,\n  "k": null,\n  "restarts": 10,\n  "seed": 42\n}`,
      },
    ],
  },
  {
    group: 'Ask the reader',
    items: [
      {
        id: 'slider',
        title: 'Slider',
        hint: 'A number of a range',
        type: 'code',
        source: input('k', '5', '{"kind": "slider", "min": 2, "max": 10, "step": 1}'),
      },
      {
        id: 'select',
        title: 'Choice',
        hint: 'One of a list',
        type: 'code',
        source: input(
          'choice',
          '"all"',
          '{"kind": "select", "options": ["all", "new", "returning"]}',
        ),
      },
      {
        id: 'date',
        title: 'Day',
        hint: 'A date',
        type: 'code',
        source: input('day', `"${today}"`, '{"kind": "date"}'),
      },
      {
        id: 'text',
        title: 'Words',
        hint: 'A line of text',
        type: 'code',
        source: input('words', '""', '{"kind": "text"}'),
      },
      {
        id: 'checkbox',
        title: 'Yes or no',
        hint: 'A checkbox',
        type: 'code',
        source: input('flag', 'True', '{"kind": "checkbox"}'),
      },
    ],
  },
];
