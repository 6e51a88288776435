import type { Json, JsonObject } from '../../document/notebook-document.ts';
import { type Axis, axisLayout, type AxisKind, continuous, kindOf, makeAxis } from './axis.ts';
import { boxNumbers } from './boxes.ts';
import { listAt, numberAt, numberOf, objectAt, textAt } from './read-json.ts';
import type { Trace } from './read-traces.ts';

type Side = 'x' | 'y';

const valuesOf = (trace: Trace, side: Side): readonly Json[] =>
  side === 'x' ? trace.xs : trace.ys;

/** Whether the axis is the one along which bars and boxes stand. */
const isAlong = (trace: Trace, side: Side): boolean => (side === 'x') !== trace.lies;

function* placesWithRoom(trace: Trace, side: Side, kind: AxisKind): Generator<number> {
  const places: number[] = [];
  for (const value of valuesOf(trace, side)) {
    const number = continuous(value, kind);
    if (number !== null) places.push(number);
  }
  const sorted = Float64Array.from(new Set(places)).sort();
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    step = Math.min(step, (sorted[i] ?? 0) - (sorted[i - 1] ?? 0));
  }
  const some = Number.isFinite(step) ? step : kind === 'date' ? 86_400_000 : 1;
  const widths = listAt(trace.json, 'width');
  for (const [row, place] of places.entries()) {
    const width = numberAt(trace.json, 'width') ?? numberOf(widths[row]) ?? some;
    yield place - width / 2;
    yield place + width / 2;
  }
}

function* barValues(trace: Trace, side: Side): Generator<number> {
  const error = objectAt(trace.json, side === 'x' ? 'error_x' : 'error_y');
  const [up, down] = [listAt(error, 'array'), listAt(error, 'arrayminus')];
  const hasTexts = trace.kind === 'bar' && textAt(trace.json, 'texttemplate') !== '';
  let [low, high] = [0, 0];
  if (trace.kind === 'bar' || trace.bases.length > 0) yield 0;
  for (const [row, value] of valuesOf(trace, side).entries()) {
    const number = numberOf(value);
    if (number === null) continue;
    const tip = (trace.bases[row] ?? 0) + number;
    const above = numberOf(up[row]) ?? 0;
    const below = numberOf(down[row]) ?? above;
    yield tip + above;
    yield tip - below;
    if (number >= 0) high = Math.max(high, tip + above);
    else low = Math.min(low, tip - below);
  }
  // The texts of the longest bars stand beyond them.
  if (hasTexts && high > 0) yield high + (high - low) * 0.16;
  if (hasTexts && low < 0) yield low - (high - low) * 0.16;
}

/** What an axis has to reach for a trace to be seen whole. */
function* reachOf(trace: Trace, side: Side, kind: AxisKind): Generator<number> {
  if (trace.kind === 'heatmap') return yield* placesWithRoom(trace, side, kind);
  if (trace.kind === 'box') {
    if (isAlong(trace, side)) return yield* placesWithRoom(trace, side, kind);
    for (const name of boxNumbers) {
      for (const value of listAt(trace.json, name)) {
        const number = numberOf(value);
        if (number !== null) yield number;
      }
    }
    return;
  }
  if (trace.kind === 'bar' && isAlong(trace, side)) {
    return yield* placesWithRoom(trace, side, kind);
  }
  if (kind === 'linear' && (trace.kind === 'bar' || side === 'y')) {
    return yield* barValues(trace, side);
  }
  for (const value of valuesOf(trace, side)) {
    const number = continuous(value, kind);
    if (number !== null) yield number;
  }
}

/** Marks have room around them; what fills its place, or is a line from end to end, has none. */
function isPadded(trace: Trace, side: Side): boolean {
  if (trace.kind === 'heatmap') return false;
  if (trace.kind === 'bar' || trace.kind === 'box') return !isAlong(trace, side);
  return side === 'y' || textAt(trace.json, 'mode').includes('markers');
}

const lengths = { x: 64, y: 36 } as const;

/** The axis of a name such as `x2`, of about `length` units; null where it is of a kind that we do not draw. */
export function axisFor(
  name: string,
  traces: readonly Trace[],
  { layout, length }: { readonly layout: JsonObject; readonly length: number },
): Axis | null {
  const side: Side = name.startsWith('x') ? 'x' : 'y';
  const on = traces.filter((trace) => trace[side] === name);
  const own = axisLayout(layout, name);
  // The values of a box stand in lists of their own.
  const named = on.filter(({ kind }) => kind !== 'box' || side === 'x');
  const kind = kindOf(
    own,
    named.flatMap((trace) => valuesOf(trace, side).slice(0, 200)),
  );
  if (kind === null) return null;
  const categories =
    kind === 'category' ? [...new Set(on.flatMap((trace) => valuesOf(trace, side)))] : [];
  if (categories.length > 5000) return null;
  return makeAxis(own, {
    kind,
    categories,
    reach: on.flatMap((trace) => [...reachOf(trace, side, kind)]),
    padded: on.some((trace) => isPadded(trace, side)),
    ticks: Math.max(2, Math.floor(length / lengths[side])),
  });
}
