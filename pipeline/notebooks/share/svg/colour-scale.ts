import type { Json, JsonObject } from '../../document/notebook-document.ts';
import { colourScale } from '../../figures/base-layout.ts';
import { listAt, numberAt, numberOf } from './read-json.ts';
import { isSpread, spread } from './spread.ts';

type Stop = readonly [number, readonly [number, number, number]];

function channels(colour: Json | undefined): readonly [number, number, number] | null {
  const text = typeof colour === 'string' ? colour : '';
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  if (hex !== null) {
    const [, r = '', g = '', b = ''] = hex;
    return [Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)];
  }
  const rgb = /^rgba?\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})/.exec(text);
  return rgb === null ? null : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
}

function stopsOf(scale: readonly Json[]): Stop[] {
  const stops: Stop[] = [];
  for (const stop of scale) {
    const [at, colour] = Array.isArray(stop) ? (stop as readonly Json[]) : [];
    const rgb = channels(colour);
    if (typeof at === 'number' && rgb !== null) stops.push([at, rgb]);
  }
  return stops.length < 2 ? stopsOf(colourScale) : stops;
}

function colourIn(stops: readonly Stop[], at: number): string {
  const after = Math.max(
    1,
    stops.findIndex(([place]) => place >= at),
  );
  const [low, from] = stops[after - 1] ?? [0, [0, 0, 0]];
  const [high, to] = stops[after] ?? [1, [0, 0, 0]];
  const part = high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 0;
  const mixed = from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** So many colours the eye tells from each other; marks of one are one path. */
export const shades = 48;

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** From 0 to `shades`. */
  readonly shadeOf: (value: number) => number;
  readonly colourOf: (shade: number) => string;
}

export function scaleOf(
  json: JsonObject,
  values: Iterable<Json | undefined>,
  ends: readonly ['zmin' | 'cmin', 'zmax' | 'cmax'],
): Scale {
  const [least, greatest] = ends.map((end) => numberAt(json, end));
  const isGiven = least != null && greatest != null && isSpread(least, greatest);
  const numbers = Array.from(values, numberOf).filter((value) => value !== null);
  const [low, high] = isGiven ? [least, greatest] : spread(numbers, 0.5);
  const stops = stopsOf(listAt(json, 'colorscale'));
  const turned = json['reversescale'] === true;
  return {
    low,
    high,
    shadeOf: (value) =>
      Math.max(0, Math.min(shades, Math.round(((value - low) / (high - low)) * shades))),
    colourOf: (shade) => colourIn(stops, turned ? 1 - shade / shades : shade / shades),
  };
}
