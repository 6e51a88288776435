import type { Json } from '../../document/notebook-document.ts';
import { type Scale, scaleOf } from './colour-scale.ts';
import { atX, atY, box, type Pane } from './pane.ts';
import { listAt, numberOf } from './read-json.ts';
import type { Trace } from './read-traces.ts';

/** More cells than this are no picture, and a page of many megabytes. */
export const mostCells = 60_000;

export function heatmapRows(trace: Trace): readonly (readonly Json[])[] {
  return listAt(trace.json, 'z').map((row) => (Array.isArray(row) ? (row as readonly Json[]) : []));
}

export function heatmapScale(trace: Trace): Scale {
  return scaleOf(trace.json, heatmapRows(trace).flat(), ['zmin', 'zmax']);
}

/** From the middles between neighbours to the next; the outer ones are as far out as in. */
function edges(places: readonly (number | null)[], at: number): [number, number] | null {
  const here = places[at] ?? null;
  if (here === null) return null;
  const before = places[at - 1] ?? null;
  const after = places[at + 1] ?? null;
  const low = before === null ? (after === null ? 20 : after - here) : here - before;
  const high = after === null ? (before === null ? 20 : here - before) : after - here;
  const ends = [here - low / 2, here + high / 2];
  return [Math.min(...ends), Math.max(...ends)];
}

/** Cells as one path a shade. */
export function drawHeatmap(trace: Trace, pane: Pane): string {
  const scale = heatmapScale(trace);
  const rows = heatmapRows(trace);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const xs = Array.from({ length: width }, (_, i) => atX(pane, trace.xs[i]));
  const ys = rows.map((_, i) => atY(pane, trace.ys[i]));
  const gap = width * rows.length <= 4000 ? 1 : 0;
  const paths = new Map<number, string[]>();
  for (const [down, row] of rows.entries()) {
    const y = edges(ys, down);
    if (y === null) continue;
    for (const [across, cell] of row.entries()) {
      const value = numberOf(cell);
      const x = edges(xs, across);
      if (value === null || x === null) continue;
      const shade = scale.shadeOf(value);
      const [high, wide] = [y[1] - y[0], x[1] - x[0]];
      const drawn = box(
        x[0] + gap / 2,
        y[0] + gap / 2,
        Math.max(0.3, wide - gap),
        Math.max(0.3, high - gap),
      );
      const pieces = paths.get(shade);
      if (pieces === undefined) paths.set(shade, [drawn]);
      else pieces.push(drawn);
    }
  }
  return [...paths]
    .toSorted(([a], [b]) => a - b)
    .map(([shade, pieces]) => `<path fill="${scale.colourOf(shade)}" d="${pieces.join('')}"/>`)
    .join('');
}
