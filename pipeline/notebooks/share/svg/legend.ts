import type { JsonObject } from '../../document/notebook-document.ts';
import { xmlText } from './xml-text.ts';
import { round } from './pane.ts';
import { textAt } from './read-json.ts';
import type { Trace } from './read-traces.ts';

export const rowHeight = 18;
const letter = 6.1;

/** About how wide a text is; wide letters are half as wide again. */
export function widthOf(text: string): number {
  const wide = text.match(/[%\u2212+mwMW@\u2e80-\uffdc]/g)?.length ?? 0;
  return (text.length + wide * 0.6) * letter;
}

export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}

interface Entry {
  readonly trace: Trace;
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

/** Names of traces in rows, each group of them once. */
export function legendOf(
  traces: readonly Trace[],
  layout: JsonObject,
  room: number,
): readonly Entry[] {
  if (layout['showlegend'] === false) return [];
  const seen = new Set<string>();
  const entries: Entry[] = [];
  let [x, row] = [0, 0];
  for (const trace of traces) {
    const group = textAt(trace.json, 'legendgroup') || trace.name;
    if (trace.name === '' || trace.json['showlegend'] === false || seen.has(group)) continue;
    seen.add(group);
    const text = cut(trace.name, 40);
    const wide = widthOf(text) + 34;
    if (x > 0 && x + wide > room) [x, row] = [0, row + 1];
    entries.push({ trace, text, x, row });
    x += wide;
  }
  return entries.length > 1 ? entries : [];
}

/** `at` is where the first row begins. */
export function drawLegend(entries: readonly Entry[], at: { x: number; y: number }): string {
  const drawn = entries.map(({ trace, text, x, row }) => {
    const [left, middle] = [at.x + x, at.y + row * rowHeight + rowHeight / 2];
    const isLine = trace.kind === 'scatter' && !textAt(trace.json, 'stackgroup');
    const onlyDots = textAt(trace.json, 'mode') === 'markers';
    const mark = !isLine
      ? `<rect x="${round(left)}" y="${round(middle - 5)}" width="11" height="10" rx="2" fill="${trace.colour}"/>`
      : onlyDots
        ? `<circle cx="${round(left + 6)}" cy="${round(middle)}" r="4" fill="${trace.colour}"/>`
        : `<path stroke="${trace.colour}" stroke-width="2.5" stroke-linecap="round" d="M${round(left)} ${round(middle)}h13"/>`;
    return `${mark}<text x="${round(left + 18)}" y="${round(middle + 4)}" font-size="11">${xmlText(text)}</text>`;
  });
  return drawn.join('');
}
