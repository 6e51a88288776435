import type { SweepReport, SweepRow } from '../../contract/segmentation.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { axis, baseLayout, colourAt, quiet } from './base-layout.ts';
import type { Figure } from './figure.ts';
import { type Pane, panes, paneTitle } from './panes.ts';

type Field =
  | 'silhouette'
  | 'inertia'
  | 'calinski_harabasz'
  | 'davies_bouldin'
  | 'gap'
  | 'stability';

const scores: readonly { readonly field: Field; readonly title: string }[] = [
  { field: 'silhouette', title: 'Silhouette, higher is better' },
  { field: 'inertia', title: 'Inertia, look for the elbow' },
  { field: 'calinski_harabasz', title: 'Calinski-Harabasz, higher is better' },
  { field: 'davies_bouldin', title: 'Davies-Bouldin, lower is better' },
  { field: 'gap', title: 'Gap statistic, higher is better' },
  { field: 'stability', title: 'Stability, higher is better' },
];

/** Scores that were not asked for are not drawn. */
function drawnScores(rows: readonly SweepRow[]): typeof scores {
  return scores.filter(({ field }) => rows.some((row) => row[field] !== null));
}

function line(rows: readonly SweepRow[], field: Field, pane: Pane): JsonObject {
  const errors = rows.map((row) => row.gap_se);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: field,
    xaxis: pane.x,
    yaxis: pane.y,
    x: rows.map(({ k }) => k),
    y: rows.map((row) => row[field]),
    line: { color: colourAt(0), width: 2 },
    marker: { color: colourAt(0), size: 5 },
    hovertemplate: 'k = %{x}: %{y:.4~g}<extra></extra>',
    ...(field === 'gap'
      ? { error_y: { type: 'data', array: errors, thickness: 1, width: 3 } }
      : {}),
  };
}

function mark(
  k: number,
  pane: Pane,
  look: { readonly color: string; readonly dash: string },
): JsonObject {
  const place = { xref: pane.x, yref: `${pane.y} domain`, x0: k, x1: k, y0: 0, y1: 1 };
  return { type: 'line', ...place, line: { ...look, width: 1.5 }, layer: 'below' };
}

/** Scores by k; the chosen k is a line, and the recommended one a dotted line where it is another. */
export function tuningFigure(report: SweepReport, k: number | null = null): Figure {
  const drawn = drawnScores(report.sweep);
  const columns = Math.min(2, Math.max(1, drawn.length));
  const places = panes(drawn.length, columns, { across: 0.09, up: 0.24 });
  const chosen = k ?? report.recommended;
  const ks = [
    ...(chosen === null ? [] : [{ k: chosen, color: colourAt(1), dash: 'solid' }]),
    ...(report.recommended === null || report.recommended === chosen
      ? []
      : [{ k: report.recommended, color: quiet, dash: 'dot' }]),
  ];
  const axes = places.flatMap((pane): (readonly [string, JsonObject])[] => [
    [pane.xaxis, axis('', { domain: pane.across, anchor: pane.y, dtick: 1, showgrid: false })],
    [pane.yaxis, axis('', { domain: pane.up, anchor: pane.x, nticks: 5 })],
  ]);
  return {
    title: chosen === null ? 'Scores by k' : `Scores by k, ${chosen} chosen`,
    axis: 'k',
    data: places.map((pane, at) => line(report.sweep, drawn[at]?.field ?? 'silhouette', pane)),
    layout: {
      ...baseLayout(null),
      height: Math.max(1, Math.ceil(drawn.length / columns)) * 200,
      showlegend: false,
      annotations: places.map((pane, at) => paneTitle(pane, drawn[at]?.title ?? '')),
      shapes: places.flatMap((pane) => ks.map(({ k: at, ...look }) => mark(at, pane, look))),
      ...Object.fromEntries(axes),
    },
  };
}
