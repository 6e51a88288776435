import type { ChartParameters } from '../../contract/notebook.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { colourAt, colourScale } from './base-layout.ts';
import type { ColumnKind } from './chart-columns.ts';
import { axisValues, type ChartData, compareTexts, rounded, type Value } from './chart-data.ts';

export interface Drawn {
  readonly parameters: ChartParameters;
  readonly kinds: { readonly x: ColumnKind; readonly y: ColumnKind };
  /** A trace for each value of a column, or marks on a scale of its numbers. */
  readonly colour: 'none' | 'group' | 'scale';
}

/** So many traces a legend can hold. */
export const drawnColours = 24;

/** Above this many marks SVG is slow. */
const svgMarks = 5000;

function order(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareTexts(a, b);
}

/** Rows by the value of the colour, the values in their own order; of too many, those with the most rows. */
export function rowsByColour(drawn: Drawn, data: ChartData): ReadonlyMap<Value, readonly number[]> {
  const all = Array.from({ length: data.rows }, (_, row) => row);
  if (drawn.colour !== 'group') return new Map([[null, all]]);
  const colours = data.column('colour');
  const groups = new Map<Value, number[]>();
  for (const row of all) {
    const colour = colours[row] ?? null;
    const rows = groups.get(colour);
    if (rows === undefined) groups.set(colour, [row]);
    else rows.push(row);
  }
  const kept = [...groups]
    .toSorted(([a, rows], [b, others]) => others.length - rows.length || order(a, b))
    .slice(0, drawnColours);
  return new Map(kept.toSorted(([a], [b]) => order(a, b)));
}

export function pick(values: readonly Value[], rows: readonly number[]): Value[] {
  return rows.map((row) => values[row] ?? null);
}

function look({ parameters: { type }, colour }: Drawn, at: number, marks: number): JsonObject {
  const gl = marks > svgMarks ? 'scattergl' : 'scatter';
  const shade = colourAt(at);
  switch (type) {
    case 'bar':
      return { type: 'bar', marker: { color: shade, cornerradius: 2 } };
    case 'scatter':
      return {
        type: gl,
        mode: 'markers',
        marker: {
          size: marks > svgMarks ? 4 : 6,
          opacity: marks > svgMarks ? 0.5 : 0.75,
          ...(colour === 'scale' ? {} : { color: shade }),
        },
      };
    case 'area':
      return {
        type: 'scatter',
        mode: 'lines',
        stackgroup: 'one',
        line: { color: shade, width: 1.5 },
      };
    case 'line':
    case 'histogram':
    case 'box':
    case 'heatmap':
      return { type: gl, mode: 'lines', connectgaps: false, line: { color: shade, width: 2 } };
  }
}

function scaled(trace: JsonObject, colours: readonly Value[], title: string): JsonObject {
  const marker = trace['marker'] as JsonObject;
  const colorbar = { title: { text: title, font: { size: 11 } }, thickness: 10, outlinewidth: 0 };
  return { ...trace, marker: { ...marker, color: colours, colorscale: colourScale, colorbar } };
}

/** Bars, lines, areas and scattered points: a trace for each column of y and each value of the colour. */
export function groupTraces(drawn: Drawn, data: ChartData): JsonObject[] {
  const { parameters, kinds, colour } = drawn;
  const names = parameters.y.length === 0 ? ['rows'] : parameters.y;
  const x = axisValues(data.column('x'), kinds.x);
  const groups = rowsByColour(drawn, data);
  const found: JsonObject[] = [];
  for (const [i, name] of names.entries()) {
    const y = data.column(`y${i}`).map(rounded);
    for (const [group, rows] of groups) {
      const title =
        group === null ? name : names.length === 1 ? String(group) : `${name}, ${group}`;
      const trace = {
        ...look(drawn, found.length, data.rows),
        name: title,
        x: pick(x, rows),
        y: pick(y, rows),
      };
      found.push(
        colour === 'scale' ? scaled(trace, data.column('colour'), parameters.colour ?? '') : trace,
      );
    }
  }
  return found;
}
