import type { KpiInterval, KpiReport, KpiRow } from '../../contract/schemas.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { barLabels, type LabelledBar, rangeWithLabels } from './bar-labels.ts';
import { axis, baseLayout, colourAt, quiet } from './base-layout.ts';
import type { Figure } from './figure.ts';
import { type KpiField, kpiKinds, segmentTitle } from './kpi-kinds.ts';
import { type Pane, panes, paneTitle } from './panes.ts';

const noValue: KpiInterval = { kind: 'no-value' };

function intervalOf(report: KpiReport, row: KpiRow, field: KpiField): KpiInterval {
  const found = report.intervals.find(({ segmentId }) => segmentId === row.segmentId);
  return found?.[field] ?? noValue;
}

function segmentsOf({ current }: KpiReport): KpiRow[] {
  return current.filter(({ segmentId }) => segmentId !== null);
}

/** From the value to the ends of its interval; 0 where there is none. */
function whiskers(rows: readonly KpiRow[], report: KpiReport, field: KpiField): JsonObject {
  const reach = rows.map((row) => {
    const value = row[field];
    const interval = intervalOf(report, row, field);
    if (value === null || interval.kind !== 'interval') return { up: null, down: null };
    return { up: Math.max(0, interval.high - value), down: Math.max(0, value - interval.low) };
  });
  return {
    type: 'data',
    symmetric: false,
    array: reach.map(({ up }) => up),
    arrayminus: reach.map(({ down }) => down),
    thickness: 1.25,
    width: 4,
  };
}

/** Where each bar ends, its whiskers with it. */
function labelled(report: KpiReport, field: KpiField): LabelledBar[] {
  return segmentsOf(report).map((row) => {
    const value = row[field];
    const interval = intervalOf(report, row, field);
    const ends = value !== null && interval.kind === 'interval' ? interval : null;
    return {
      name: segmentTitle(row),
      value,
      low: Math.min(value ?? 0, ends?.low ?? Infinity),
      high: Math.max(value ?? 0, ends?.high ?? -Infinity),
    };
  });
}

/** Grey and hatched where a value stands on too few customers. */
function looks(rows: readonly KpiRow[], report: KpiReport, field: KpiField): JsonObject {
  const few = rows.map((row) => intervalOf(report, row, field).kind === 'too-few');
  return {
    cornerradius: 3,
    color: rows.map(({ segmentId }, at) => (few[at] === true ? quiet : colourAt(segmentId ?? 0))),
    pattern: {
      shape: few.map((is) => (is ? '/' : '')),
      fillmode: 'replace',
      size: 6,
      solidity: 0.4,
    },
  };
}

function bars(report: KpiReport, field: KpiField, pane: Pane): JsonObject {
  const rows = segmentsOf(report);
  const kind = kpiKinds[field];
  return {
    type: 'bar',
    orientation: 'h',
    name: kind.title,
    xaxis: pane.x,
    yaxis: pane.y,
    y: rows.map(segmentTitle),
    x: rows.map((row) => row[field]),
    hovertemplate: `%{y}: %{x:${kind.value}}<extra></extra>`,
    marker: looks(rows, report, field),
    error_x: whiskers(rows, report, field),
  };
}

/** The value of all customers; contributions have none, being parts of it. */
function wholeOf({ current }: KpiReport, field: KpiField): number | null {
  if (field === 'contribution') return null;
  return current.find(({ segmentId }) => segmentId === null)?.[field] ?? null;
}

/** The value of all customers, across the bars. */
function wholeLine(report: KpiReport, field: KpiField, pane: Pane): JsonObject[] {
  const value = wholeOf(report, field);
  if (value === null) return [];
  const line = { color: quiet, width: 1.5, dash: 'dot' };
  return [
    {
      type: 'line',
      xref: pane.x,
      yref: `${pane.y} domain`,
      x0: value,
      x1: value,
      y0: 0,
      y1: 1,
      line,
    },
  ];
}

/** Bars of each KPI by segment, the first segment on top, with the intervals of the report. */
export function kpiBars(report: KpiReport, fields: readonly KpiField[]): Figure {
  const places = panes(fields.length, Math.min(2, fields.length), { across: 0.04, up: 0.22 });
  const each = places.map((pane, at) => ({ pane, field: fields[at] ?? 'aov' }));
  const axes = each.flatMap(({ pane, field }): (readonly [string, JsonObject])[] => [
    [
      pane.xaxis,
      axis('', {
        domain: pane.across,
        anchor: pane.y,
        range: rangeWithLabels(labelled(report, field), wholeOf(report, field)),
        tickformat: kpiKinds[field].ticks,
        nticks: 5,
      }),
    ],
    [
      pane.yaxis,
      axis('', {
        domain: pane.up,
        anchor: pane.x,
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        showticklabels: pane.leftmost,
      }),
    ],
  ]);
  const segments = report.current.length - 1;
  return {
    title: `KPIs by segment${report.asOf === null ? '' : `, ${report.asOf}`}`,
    axis: 'segment',
    data: each.map(({ pane, field }) => bars(report, field, pane)),
    layout: {
      ...baseLayout(null),
      height: Math.ceil(fields.length / 2) * Math.max(190, 70 + 34 * segments),
      showlegend: false,
      annotations: each.flatMap(({ pane, field }) => [
        paneTitle(pane, kpiKinds[field].title),
        ...barLabels(labelled(report, field), pane, kpiKinds[field].value),
      ]),
      shapes: each.flatMap(({ pane, field }) => wholeLine(report, field, pane)),
      ...Object.fromEntries(axes),
    },
  };
}
