import type { Json, JsonObject } from '../../document/notebook-document.ts';
import { listAt, numberAt, objectAt, placeKey, textAt, titleAt } from './read-json.ts';
import { isSpread, spread } from './spread.ts';
import { dateTicks, numberTicks, timeOf } from './ticks.ts';

export type AxisKind = 'linear' | 'date' | 'category';

export interface AxisTick {
  /** From 0 to 1 along the axis. */
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  readonly kind: AxisKind;
  readonly title: string;
  /** Of the figure's inner part. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly AxisTick[];
  readonly showsLabels: boolean;
  readonly showsGrid: boolean;
  /** Where a value stands, from 0 to 1; null where it has no place. */
  readonly place: (value: Json | undefined) => number | null;
  /** How long a stretch of values is; of categories, how long that many of them are. */
  readonly stretch: (values: number) => number;
}

/** A value as a number on a continuous axis. */
export function continuous(value: Json | undefined, kind: AxisKind): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || kind === 'category') return null;
  if (kind === 'date') return timeOf(value);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

function isDate(value: Json): boolean {
  return typeof value === 'string' && timeOf(value) !== null;
}

/** The kind of an axis as its layout says, or as Plotly guesses it from values; null for one that we do not draw. */
export function kindOf(layout: JsonObject, values: readonly Json[]): AxisKind | null {
  const type = textAt(layout, 'type');
  if (type === 'linear' || type === 'date' || type === 'category') return type;
  if (type !== '' && type !== '-') return null;
  const some = values.filter((value) => value !== null).slice(0, 200);
  if (some.every((value) => typeof value === 'number')) return 'linear';
  return some.length > 0 && some.every(isDate) ? 'date' : 'category';
}

interface AxisValues {
  readonly kind: AxisKind;
  /** In the order in which they are met. */
  readonly categories: readonly Json[];
  /** What a continuous axis has to reach. */
  readonly reach: Iterable<number>;
  /** Whether marks stand out on both sides, so that some room is left around them. */
  readonly padded: boolean;
  /** About so many ticks have room. */
  readonly ticks: number;
}

const shortest = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function domainOf(layout: JsonObject): readonly [number, number] {
  const [low, high] = listAt(layout, 'domain');
  if (typeof low !== 'number' || typeof high !== 'number') return [0, 1];
  return low >= 0 && high <= 1 && low < high ? [low, high] : [0, 1];
}

function common(layout: JsonObject) {
  return {
    title: titleAt(layout),
    domain: domainOf(layout),
    showsLabels: layout['showticklabels'] !== false,
    showsGrid: layout['showgrid'] !== false,
  };
}

function categoryAxis(layout: JsonObject, { categories }: AxisValues): Axis {
  const order = [...listAt(layout, 'categoryarray'), ...categories].map(placeKey);
  const places = new Map([...new Set(order)].map((key, i) => [key, i]));
  const count = Math.max(1, places.size);
  const reversed = layout['autorange'] === 'reversed';
  const at = (i: number): number => {
    const along = (i + 0.5) / count;
    return reversed ? 1 - along : along;
  };
  return {
    ...common(layout),
    kind: 'category',
    ticks: [...places].map(([text, i]) => ({ at: at(i), text: shortest(text) })),
    place: (value) => {
      const i = value === undefined ? undefined : places.get(placeKey(value));
      return i === undefined ? null : at(i);
    },
    stretch: (values) => Math.min(1, Math.abs(values) / count),
  };
}

function rangeOf(layout: JsonObject, { kind, reach, padded }: AxisValues): [number, number] {
  const [from, to] = listAt(layout, 'range').map((end) => continuous(end, kind));
  if (typeof from === 'number' && typeof to === 'number' && isSpread(from, to)) return [from, to];
  const [low, high] = spread(reach, kind === 'date' ? 43_200_000 : 0.5);
  // Where bars begin at zero they stand on the axis.
  const room = padded ? (high - low) * 0.05 : 0;
  return [low === 0 ? low : low - room, high === 0 ? high : high + room];
}

function continuousAxis(layout: JsonObject, values: AxisValues): Axis {
  let [low, high] = rangeOf(layout, values);
  if (layout['autorange'] === 'reversed') [low, high] = [high, low];
  const ends: [number, number] = low < high ? [low, high] : [high, low];
  const at = (value: number): number => (value - low) / (high - low);
  const wanted = numberAt(layout, 'nticks');
  const count = Math.max(2, Math.min(values.ticks, wanted ?? values.ticks));
  const dtick = numberAt(layout, 'dtick');
  const fits = dtick !== null && dtick > 0 && (ends[1] - ends[0]) / dtick <= values.ticks * 2.5;
  const step = fits ? { step: dtick } : {};
  const format = textAt(layout, 'tickformat');
  const ticks =
    values.kind === 'date' ? dateTicks(ends, count) : numberTicks(ends, { count, format, ...step });
  return {
    ...common(layout),
    kind: values.kind,
    ticks: ticks.map(({ value, text }) => ({ at: at(value), text })),
    place: (value) => {
      const number = continuous(value, values.kind);
      const place = number === null ? Number.NaN : at(number);
      return Number.isFinite(place) ? place : null;
    },
    stretch: (span) => Math.min(1, Math.abs(span / (high - low))),
  };
}

export function makeAxis(layout: JsonObject, values: AxisValues): Axis {
  return values.kind === 'category' ? categoryAxis(layout, values) : continuousAxis(layout, values);
}

/** The layout of an axis by the name that traces use: `x2` is `xaxis2`. */
export function axisLayout(layout: JsonObject, name: string): JsonObject {
  return objectAt(layout, `${name.slice(0, 1)}axis${name.slice(1)}`);
}
