import type { FeatureColumn, FeatureReport } from '../../contract/features.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { axis, baseLayout, colourAt } from './base-layout.ts';
import type { Figure } from './figure.ts';
import { type Pane, panes, paneTitle } from './panes.ts';

function middles(edges: readonly number[]): number[] {
  return edges.slice(1).map((edge, i) => ((edges[i] ?? edge) + edge) / 2);
}

function widths(edges: readonly number[]): number[] {
  return edges.slice(1).map((edge, i) => edge - (edges[i] ?? edge));
}

interface Half {
  readonly column: FeatureColumn;
  readonly part: 'before' | 'after';
}

function bars({ column, part }: Half, pane: Pane): JsonObject {
  const { edges, counts } = column[part];
  return {
    type: 'bar',
    name: `${column.label}, ${part}`,
    xaxis: pane.x,
    yaxis: pane.y,
    x: middles(edges),
    y: counts,
    width: widths(edges),
    marker: { color: colourAt(part === 'before' ? 5 : 0) },
    hovertemplate: '%{x:.4~g}: %{y:,} customers<extra></extra>',
  };
}

function title({ column, part }: Half): string {
  const skewness = part === 'before' ? column.skewness : column.skewnessAfter;
  const skewed = skewness === null ? '' : `, skewness ${skewness.toFixed(2)}`;
  return part === 'before' ? `${column.label}${skewed}` : `prepared${skewed}`;
}

/** A row a feature: its histogram as it is, and as the recipe gives it to the distances. */
export function featuresFigure(report: FeatureReport): Figure {
  const halves = report.columns.flatMap((column): Half[] => [
    { column, part: 'before' },
    { column, part: 'after' },
  ]);
  const rows = report.columns.length;
  const places = panes(halves.length, 2, {
    across: 0.07,
    up: Math.min(0.3, 0.32 / Math.max(1, rows)),
  });
  const each = places.flatMap((pane, at) => {
    const half = halves[at];
    return half === undefined ? [] : [{ pane, half }];
  });
  const axes = places.flatMap((pane): (readonly [string, JsonObject])[] => [
    [pane.xaxis, axis('', { domain: pane.across, anchor: pane.y, showgrid: false, nticks: 6 })],
    [pane.yaxis, axis('', { domain: pane.up, anchor: pane.x, nticks: 4 })],
  ]);
  return {
    title: `${rows} feature${rows === 1 ? '' : 's'} before and after the recipe`,
    axis: 'value',
    data: each.map(({ pane, half }) => bars(half, pane)),
    layout: {
      ...baseLayout(null),
      height: 60 + Math.max(1, rows) * 150,
      bargap: 0.03,
      showlegend: false,
      annotations: each.map(({ pane, half }) => paneTitle(pane, title(half))),
      ...Object.fromEntries(axes),
    },
  };
}
