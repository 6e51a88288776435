import { writeNotebook } from '../../pipeline/notebooks/document/write-notebook.ts';
import type { DocumentCell } from '../../pipeline/notebooks/document/notebook-document.ts';

/** The cells of the slider: a threshold, what the transactions above it come to by month, and their chart. */
export const slider = { id: 'k', min: 0, max: 400 };
export const query = `select
  date_trunc('month', occurred_at)::date as month,
  count(*) as orders,
  {{k}} as threshold
from silver.transactions
where amount >= {{k}}
group by month
order by month`;
const control = JSON.stringify({ kind: 'slider', min: slider.min, max: slider.max });
const chart = { data: 'by_month', type: 'line', x: 'month', y: ['orders', 'threshold'] };

function cell(id: string, source: string, type: DocumentCell['type'] = 'code'): DocumentCell {
  return { id, type, source, metadata: {}, outputs: [], executionCount: null };
}

export const sliderSource = (value: number): string => `k = ${value}  # strata: ${control}`;

export const sliderCells: readonly DocumentCell[] = [
  cell('title', '# Transactions above a threshold', 'markdown'),
  cell(slider.id, sliderSource(100)),
  cell('query', `%%sql --save by_month\n${query}`),
  cell('chart', `%%strata chart\n${JSON.stringify(chart)}`),
];

/** Prose, queries with tables and charts by turns, as a long report has them. */
export function reportCells(count: number): DocumentCell[] {
  return Array.from({ length: count }, (_, at) => {
    const part = Math.floor(at / 3);
    const id = `cell-${at}`;
    if (at % 3 === 0) {
      const prose =
        'What is asked, what the table says and **what follows** from it.\n\n- one\n- two';
      return cell(id, `## Part ${part}\n\n${prose}`, 'markdown');
    }
    if (at % 3 === 2) {
      const parameters = { data: `part_${part}`, type: 'bar', x: 'kind', y: ['amount'] };
      return cell(id, `%%strata chart\n${JSON.stringify(parameters)}`);
    }
    const amounts = `(i * ${part + 7}) % 100 as amount`;
    const rows = `select 'kind ' || i as kind, ${amounts}, i / 3.0 as share from range(20) t(i)`;
    return cell(id, `%%sql --save part_${part}\n${rows}`);
  });
}

export function written(cells: readonly DocumentCell[], title: string): string {
  return writeNotebook({ cells, metadata: { title }, mode: 'reactive', text: null });
}
