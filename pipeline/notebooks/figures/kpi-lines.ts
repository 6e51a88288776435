import type { KpiReport, MonthlyKpiRow } from '../../contract/schemas.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { axis, baseLayout, colourAt, quiet } from './base-layout.ts';
import type { Figure } from './figure.ts';
import { type KpiField, kpiKinds, segmentTitle } from './kpi-kinds.ts';
import { type Pane, panes, paneTitle } from './panes.ts';

function bySegment(report: KpiReport): ReadonlyMap<number | null, readonly MonthlyKpiRow[]> {
  return Map.groupBy(report.monthly, ({ segmentId }) => segmentId);
}

/** A month without a value is a gap, never a zero. */
function line(rows: readonly MonthlyKpiRow[], field: KpiField, pane: Pane): JsonObject {
  const [first] = rows;
  const id = first?.segmentId ?? null;
  const colour = id === null ? quiet : colourAt(id);
  return {
    type: 'scatter',
    mode: id === null ? 'lines' : 'lines+markers',
    name: first === undefined ? '' : segmentTitle(first),
    legendgroup: String(id),
    showlegend: pane.x === 'x',
    xaxis: pane.x,
    yaxis: pane.y,
    x: rows.map(({ month }) => (month.length === 7 ? `${month}-01` : month)),
    y: rows.map((row) => row[field]),
    connectgaps: false,
    line: { color: colour, width: id === null ? 1.5 : 2, dash: id === null ? 'dot' : 'solid' },
    marker: { color: colour, size: 4 },
    hovertemplate: `%{y:${kpiKinds[field].value}}`,
  };
}

/** A line a segment over the months, for each KPI. */
export function kpiLines(report: KpiReport, fields: readonly KpiField[]): Figure {
  const places = panes(fields.length, Math.min(2, fields.length), { across: 0.07, up: 0.22 });
  const each = places.map((pane, at) => ({ pane, field: fields[at] ?? 'aov' }));
  const segments = [...bySegment(report).values()];
  const axes = each.flatMap(({ pane, field }): (readonly [string, JsonObject])[] => [
    [
      pane.xaxis,
      axis('', {
        domain: pane.across,
        anchor: pane.y,
        type: 'date',
        hoverformat: '%B %Y',
        showgrid: false,
        nticks: 8,
      }),
    ],
    [
      pane.yaxis,
      axis('', { domain: pane.up, anchor: pane.x, tickformat: kpiKinds[field].ticks, nticks: 5 }),
    ],
  ]);
  return {
    title: 'KPIs by month',
    axis: 'month',
    data: each.flatMap(({ pane, field }) => segments.map((rows) => line(rows, field, pane))),
    layout: {
      ...baseLayout(null),
      height: Math.ceil(fields.length / 2) * 240,
      margin: { l: 8, r: 12, t: 56, b: 8 },
      legend: { orientation: 'h', x: 0, y: 1.09, yanchor: 'bottom', font: { size: 11 } },
      showlegend: true,
      hovermode: 'x unified',
      annotations: each.map(({ pane, field }) =>
        paneTitle(pane, kpiKinds[field].title.replace(/ by segment$/, '')),
      ),
      ...Object.fromEntries(axes),
    },
  };
}
