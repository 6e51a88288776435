import type { Json, JsonObject } from '../../document/notebook-document.ts';
import { colourAt } from '../../figures/base-layout.ts';
import { colourOf, listAt, numberOf, objectAt, placeKey, textAt } from './read-json.ts';

export interface Trace {
  readonly json: JsonObject;
  readonly kind: 'bar' | 'scatter' | 'box' | 'heatmap';
  readonly name: string;
  /** Names of its axes, such as `x2`. */
  readonly x: string;
  readonly y: string;
  readonly xs: readonly Json[];
  readonly ys: readonly Json[];
  readonly colour: string;
  /** Bars and boxes that lie. */
  readonly lies: boolean;
  /** Where the marks of a stack begin, by row; empty where nothing is below. */
  bases: readonly number[];
}

const kinds: Readonly<Record<string, Trace['kind']>> = {
  bar: 'bar',
  scatter: 'scatter',
  scattergl: 'scatter',
  box: 'box',
  heatmap: 'heatmap',
};

/** Above this a picture in a page is no help. */
const mostValues = 2_000_000;

function axisName(json: JsonObject, axis: 'x' | 'y'): string {
  const name = textAt(json, `${axis}axis`);
  return /^[xy]\d{0,2}$/.test(name) && name.startsWith(axis) ? name : axis;
}

function listsOf(json: JsonObject): { xs: readonly Json[]; ys: readonly Json[] } {
  const [xs, ys] = [listAt(json, 'x'), listAt(json, 'y')];
  const count = Math.max(xs.length, ys.length);
  const places = Array.from({ length: Math.min(count, mostValues) }, (_, i) => i);
  return { xs: xs.length === 0 ? places : xs, ys: ys.length === 0 ? places : ys };
}

/** A trace as we draw it; null for a kind that we do not. */
function readTrace(json: JsonObject, at: number): Trace | null {
  const kind = kinds[textAt(json, 'type') || 'scatter'];
  const lists = listsOf(json);
  if (kind === undefined || Math.max(lists.xs.length, lists.ys.length) > mostValues) return null;
  if (kind === 'box' && listAt(json, 'median').length === 0) return null;
  const colour =
    colourOf(objectAt(json, 'line')['color']) ?? colourOf(objectAt(json, 'marker')['color']);
  return {
    json,
    kind,
    name: textAt(json, 'name'),
    x: axisName(json, 'x'),
    y: axisName(json, 'y'),
    ...lists,
    colour: colour ?? colourAt(at),
    lies: textAt(json, 'orientation') === 'h',
    bases: [],
  };
}

/** Puts traces of one stack on each other: bars by sign, areas by their order. */
function stack(traces: readonly Trace[]): void {
  const sums = new Map<string, number>();
  for (const trace of traces) {
    const [along, values] = trace.lies ? [trace.ys, trace.xs] : [trace.xs, trace.ys];
    trace.bases = along.map((place, row) => {
      const value = numberOf(values[row]) ?? 0;
      const sign = trace.kind === 'bar' && value < 0 ? '-' : '+';
      const key = `${trace.x} ${trace.y} ${sign} ${placeKey(place)}`;
      const base = sums.get(key) ?? 0;
      sums.set(key, base + value);
      return base;
    });
  }
}

/** Draws each point of areas that are stacked at every place that one of them has. */
function evened(trace: Trace, group: readonly Trace[]): Trace {
  const places = new Map<string, Json>();
  for (const { xs } of group) for (const x of xs) places.set(placeKey(x), x);
  if (places.size === trace.xs.length) return trace;
  const values = new Map(trace.xs.map((x, row) => [placeKey(x), trace.ys[row] ?? 0]));
  const order = [...places.values()].toSorted((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : placeKey(a) < placeKey(b) ? -1 : 1,
  );
  return { ...trace, xs: order, ys: order.map((x) => values.get(placeKey(x)) ?? 0) };
}

/** The traces of a figure with their stacks; null where there is one that we do not draw, or none. */
export function readTraces(data: readonly Json[], layout: JsonObject): Trace[] | null {
  const traces: Trace[] = [];
  for (const [at, json] of data.entries()) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
    if ((json as JsonObject)['visible'] === false) continue;
    const trace = readTrace(json as JsonObject, at);
    if (trace === null) return null;
    traces.push(trace);
  }
  if (traces.length === 0 || traces.length > 500) return null;
  const isArea = ({ kind, json }: Trace): boolean =>
    kind === 'scatter' && textAt(json, 'stackgroup') !== '';
  const evenedOut = traces.map((trace) =>
    isArea(trace)
      ? evened(
          trace,
          traces.filter((one) => isArea(one) && one.x === trace.x && one.y === trace.y),
        )
      : trace,
  );
  stack(evenedOut.filter(isArea));
  const mode = textAt(layout, 'barmode');
  if (mode === 'stack' || mode === 'relative') {
    stack(evenedOut.filter(({ kind }) => kind === 'bar'));
  }
  return evenedOut;
}
