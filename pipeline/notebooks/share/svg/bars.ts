import type { Json } from '../../document/notebook-document.ts';
import { xmlText } from './xml-text.ts';
import { continuous } from './axis.ts';
import { formatted } from './format-number.ts';
import { atX, atY, box, type Pane, round } from './pane.ts';
import { colourOf, listAt, numberAt, numberOf, objectAt, textAt } from './read-json.ts';
import type { Trace } from './read-traces.ts';

/** Where the bars of one trace stand beside those of others: its place among them, and how many there are. */
export interface Slot {
  readonly at: number;
  readonly of: number;
  /** What of the room of a bar is left free. */
  readonly gap: number;
}

/** The least distance between two places of an axis, which bars share; 1 of categories. */
export function leastStep(trace: Trace, pane: Pane): number {
  const { kind } = trace.lies ? pane.y : pane.x;
  if (kind === 'category') return 1;
  const places = new Set<number>();
  for (const value of trace.lies ? trace.ys : trace.xs) {
    const number = continuous(value, kind);
    if (number !== null) places.add(number);
  }
  const sorted = Float64Array.from(places).sort();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    least = Math.min(least, (sorted[i] ?? 0) - (sorted[i - 1] ?? 0));
  }
  return Number.isFinite(least) ? least : kind === 'date' ? 86_400_000 : 1;
}

function widthOf(trace: Trace, row: number, step: number, slot: Slot): number {
  const given = numberAt(trace.json, 'width') ?? numberOf(listAt(trace.json, 'width')[row]);
  return given ?? (step * (1 - slot.gap)) / slot.of;
}

/** The text of a bar, such as `%{x:,.1%}`. */
function labelOf(trace: Trace, row: number): string | null {
  const found = /^%\{([xy])(?::([^}]{0,12}))?\}$/.exec(textAt(trace.json, 'texttemplate'));
  if (found === null) return null;
  const value = numberOf((found[1] === 'x' ? trace.xs : trace.ys)[row]);
  return value === null ? null : (formatted(value, found[2] ?? '') ?? String(value));
}

interface Ends {
  /** Of the value, and of where it begins. */
  readonly to: number;
  readonly from: number;
  readonly middle: number;
  readonly thick: number;
}

function endsOf(trace: Trace, row: number, pane: Pane, { step, slot }: Steps): Ends | null {
  const base = trace.bases[row] ?? 0;
  const value = numberOf((trace.lies ? trace.xs : trace.ys)[row]);
  if (value === null) return null;
  const place: Json | undefined = (trace.lies ? trace.ys : trace.xs)[row];
  const width = widthOf(trace, row, step, slot);
  const along = trace.lies ? pane.y : pane.x;
  const room = trace.lies ? pane.height : pane.width;
  const thick = along.stretch(width) * room;
  const sides = trace.lies ? atY(pane, place) : atX(pane, place);
  const [from, to] = trace.lies
    ? [atX(pane, base, 'cut'), atX(pane, base + value, 'cut')]
    : [atY(pane, base, 'cut'), atY(pane, base + value, 'cut')];
  if (sides === null || from === null || to === null) return null;
  const hasWidth = numberAt(trace.json, 'width') !== null || listAt(trace.json, 'width').length > 0;
  const shift = hasWidth ? 0 : (slot.at - (slot.of - 1) / 2) * thick;
  // On a hairline's width neighbours would hide the grid between them.
  return { from, to, middle: sides + (trace.lies ? -shift : shift), thick: Math.max(0.6, thick) };
}

interface Steps {
  readonly step: number;
  readonly slot: Slot;
}

function whisker(trace: Trace, row: number, pane: Pane, { middle }: Ends): string {
  const error = objectAt(trace.json, trace.lies ? 'error_x' : 'error_y');
  const up = numberOf(listAt(error, 'array')[row]);
  const down = numberOf(listAt(error, 'arrayminus')[row]) ?? up;
  const value = numberOf((trace.lies ? trace.xs : trace.ys)[row]);
  if (up === null || down === null || value === null || (up === 0 && down === 0)) return '';
  const place = trace.lies ? atX : atY;
  const [low, high] = [place(pane, value - down, 'cut'), place(pane, value + up, 'cut')];
  if (low === null || high === null) return '';
  return trace.lies
    ? `M${round(low)} ${round(middle)}H${round(high)}M${round(low)} ${round(middle - 3)}v6M${round(high)} ${round(middle - 3)}v6`
    : `M${round(middle)} ${round(low)}V${round(high)}M${round(middle - 3)} ${round(low)}h6M${round(middle - 3)} ${round(high)}h6`;
}

function labelAt(trace: Trace, row: number, pane: Pane, ends: Ends): string {
  const text = labelOf(trace, row);
  if (text === null) return '';
  const error = objectAt(trace.json, trace.lies ? 'error_x' : 'error_y');
  const value = numberOf((trace.lies ? trace.xs : trace.ys)[row]) ?? 0;
  const up = numberOf(listAt(error, 'array')[row]) ?? 0;
  const down = numberOf(listAt(error, 'arrayminus')[row]) ?? up;
  const end = value < 0 ? value - down : value + up;
  const tip = (trace.lies ? atX(pane, end, 'cut') : atY(pane, end, 'cut')) ?? ends.to;
  const [x, y, anchor] = trace.lies
    ? [tip + (value < 0 ? -5 : 5), ends.middle + 3.5, value < 0 ? 'end' : 'start']
    : [ends.middle, tip + (value < 0 ? 12 : -4), 'middle'];
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-size="10.5">${xmlText(text)}</text>`;
}

/** Bars as one path a colour, with their whiskers and texts. */
export function drawBars(trace: Trace, pane: Pane, slot: Slot): string {
  const step = leastStep(trace, pane);
  const marker = objectAt(trace.json, 'marker');
  const colours = listAt(marker, 'color');
  const shapes = listAt(objectAt(marker, 'pattern'), 'shape');
  const paths = new Map<string, string[]>();
  let whiskers = '';
  let labels = '';
  const count = Math.max(trace.xs.length, trace.ys.length);
  for (let row = 0; row < count; row++) {
    const ends = endsOf(trace, row, pane, { step, slot });
    if (ends === null) continue;
    const { from, to, middle, thick } = ends;
    const [start, long] = [Math.min(from, to), Math.abs(to - from)];
    const bar = trace.lies
      ? box(start, middle - thick / 2, long, thick)
      : box(middle - thick / 2, start, thick, long);
    const colour = colourOf(colours[row]) ?? trace.colour;
    const isFaint = (shapes[row] ?? '') !== '';
    const look = `fill="${colour}"${isFaint ? ' fill-opacity="0.35"' : ''}`;
    const pieces = paths.get(look);
    if (pieces === undefined) paths.set(look, [bar]);
    else pieces.push(bar);
    whiskers += whisker(trace, row, pane, ends);
    if (count <= 60) labels += labelAt(trace, row, pane, ends);
  }
  const drawn = [...paths].map(([look, pieces]) => `<path ${look} d="${pieces.join('')}"/>`);
  if (whiskers !== '') drawn.push(`<path class="w" d="${whiskers}"/>`);
  return drawn.join('') + labels;
}
