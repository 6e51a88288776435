import type { JsonObject } from '../document/notebook-document.ts';
import { colourAt } from './base-layout.ts';
import { axisValues, type ChartData, type Value } from './chart-data.ts';
import { type Drawn, pick, rowsByColour } from './group-traces.ts';

function middles(edges: readonly Value[], width: number): Value[] {
  return edges.map((edge) => (typeof edge === 'number' ? edge + width / 2 : edge));
}

/** Bars that touch, one a bin; of texts, one a value. */
export function histogramTraces(drawn: Drawn, data: ChartData): JsonObject[] {
  const kind = drawn.kinds.x;
  const step = data.first('width');
  const width = typeof step === 'number' ? step : null;
  const edges = data.column('x');
  const x = width === null ? edges : axisValues(middles(edges, width), kind);
  const counts = data.column('y0');
  return [...rowsByColour(drawn, data)].map(([group, rows], at): JsonObject => ({
    type: 'bar',
    name: group === null ? 'rows' : String(group),
    x: pick(x, rows),
    y: pick(counts, rows),
    width,
    marker: { color: colourAt(at) },
  }));
}
