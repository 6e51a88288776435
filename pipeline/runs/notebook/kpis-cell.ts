import type { KpisParameters } from '../../contract/notebook.ts';
import type { KpiReport } from '../../contract/schemas.ts';
import { kpiBars } from '../../notebooks/figures/kpi-bars.ts';
import { kpiLines } from '../../notebooks/figures/kpi-lines.ts';
import { arrowTable } from '../../notebooks/outputs/arrow-table.ts';
import { plotlyOutput } from '../../notebooks/outputs/plotly-output.ts';
import { tableOutputs } from '../../notebooks/outputs/table-outputs.ts';
import type { CellResult } from '../../notebooks/session/ports.ts';

function kpiTable({ current }: KpiReport): Uint8Array {
  return arrowTable({
    segment_id: { type: 'whole', values: current.map(({ segmentId }) => segmentId) },
    segment_name: {
      type: 'text',
      values: current.map(({ segmentId, segmentName }) =>
        segmentId === null ? 'All' : segmentName,
      ),
    },
    customers: { type: 'whole', values: current.map(({ customers }) => customers) },
    orders: { type: 'whole', values: current.map(({ orders }) => orders) },
    revenue: { type: 'number', values: current.map(({ revenue }) => revenue) },
    clv_growth: { type: 'number', values: current.map(({ clvGrowth }) => clvGrowth) },
    churn_rate: { type: 'number', values: current.map(({ churnRate }) => churnRate) },
    aov: { type: 'number', values: current.map(({ aov }) => aov) },
    contribution: { type: 'number', values: current.map(({ contribution }) => contribution) },
  });
}

/** Bars by segment with their intervals, lines by month, and a row a segment; all customers are the row without an id. */
export function kpisCell(report: KpiReport, { kpis }: KpisParameters): CellResult {
  const table = kpiTable(report);
  return {
    outputs: [
      plotlyOutput(kpiBars(report, kpis)),
      plotlyOutput(kpiLines(report, kpis)),
      ...tableOutputs(table),
    ],
    table,
  };
}
