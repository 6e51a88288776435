import type { JsonObject } from '../document/notebook-document.ts';
import { colourAt } from './base-layout.ts';
import { axisValues, type ChartData, rounded } from './chart-data.ts';
import { type Drawn, pick, rowsByColour } from './group-traces.ts';

/** Boxes of quartiles that the engine computed. */
export function boxTraces(drawn: Drawn, data: ChartData): JsonObject[] {
  const { parameters, kinds } = drawn;
  const x = parameters.y.length === 0 ? data.column('x') : axisValues(data.column('x'), kinds.x);
  const read = (name: string, rows: readonly number[]): JsonObject[string] =>
    pick(data.column(name).map(rounded), rows);
  return [...rowsByColour(drawn, data)].map(([group, rows], at) => ({
    type: 'box',
    name: group === null ? (parameters.y[0] ?? parameters.x) : String(group),
    x: pick(x, rows),
    q1: read('lower', rows),
    median: read('median', rows),
    q3: read('upper', rows),
    lowerfence: read('low', rows),
    upperfence: read('high', rows),
    mean: read('mean', rows),
    marker: { color: colourAt(at) },
    line: { width: 1.5 },
  }));
}
