import type { JsonObject } from '../document/notebook-document.ts';
import { colourScale } from './base-layout.ts';
import type { ColumnKind } from './chart-columns.ts';
import {
  axisValues,
  type ChartData,
  compareTexts,
  distinct,
  rounded,
  type Value,
} from './chart-data.ts';
import type { Drawn } from './group-traces.ts';

const most = 1000;

/** Rising; of too many texts those with the greatest cells, which come first. */
function places(values: readonly Value[], kind: ColumnKind): Value[] {
  const found = distinct(values);
  if (kind !== 'category') return found.toSorted((a, b) => Number(a) - Number(b)).slice(0, most);
  return found.slice(0, most).toSorted(compareTexts);
}

export function heatmapTraces({ parameters, kinds }: Drawn, data: ChartData): JsonObject[] {
  const [xs, ys] = [data.column('x'), data.column('y')];
  const across = places(xs, kinds.x);
  const down = places(ys, kinds.y);
  const [column, row] = [across, down].map((list) => new Map(list.map((value, i) => [value, i])));
  const z = down.map(() => across.map((): Value => null));
  for (const [i, value] of data.column('z').entries()) {
    const line = z[row?.get(ys[i] ?? null) ?? -1];
    const at = column?.get(xs[i] ?? null);
    if (line !== undefined && at !== undefined) line[at] = rounded(value);
  }
  const title = parameters.y[1] ?? 'rows';
  return [
    {
      type: 'heatmap',
      x: axisValues(across, kinds.x),
      y: axisValues(down, kinds.y),
      z,
      colorscale: colourScale,
      colorbar: { title: { text: title, font: { size: 11 } }, thickness: 10, outlinewidth: 0 },
      xgap: 1,
      ygap: 1,
      hoverongaps: false,
    },
  ];
}
