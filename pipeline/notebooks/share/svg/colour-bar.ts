import { xmlText } from './xml-text.ts';
import { type Scale, scaleOf, shades } from './colour-scale.ts';
import { heatmapScale } from './heatmap.ts';
import { cut, widthOf } from './legend.ts';
import { round } from './pane.ts';
import { listAt, objectAt, titleAt } from './read-json.ts';
import type { Trace } from './read-traces.ts';
import { niceStep, numberTicks, type Tick } from './ticks.ts';

export interface ColourBar {
  readonly scale: Scale;
  readonly title: string;
  readonly ticks: readonly Tick[];
  /** How much room it takes on the right. */
  readonly room: number;
}

/** The scale of the first trace that has one; null where none has. */
export function colourBarOf(traces: readonly Trace[]): ColourBar | null {
  for (const trace of traces) {
    const marker = objectAt(trace.json, 'marker');
    const colours = trace.kind === 'scatter' ? listAt(marker, 'color') : [];
    const hasScale = typeof colours.find((one) => one !== null) === 'number';
    if (trace.kind !== 'heatmap' && !hasScale) continue;
    const holder = trace.kind === 'heatmap' ? trace.json : marker;
    if (holder['showscale'] === false) continue;
    const scale =
      trace.kind === 'heatmap' ? heatmapScale(trace) : scaleOf(marker, colours, ['cmin', 'cmax']);
    const step = niceStep(scale.low, scale.high, 5);
    const ticks = numberTicks([scale.low, scale.high], { count: 5, format: '', step });
    const widest = Math.max(0, ...ticks.map(({ text }) => widthOf(text)));
    const title = cut(titleAt(objectAt(holder, 'colorbar')), 16);
    return { scale, title, ticks, room: Math.max(widest + 34, widthOf(title) + 18) };
  }
  return null;
}

export function drawColourBar(
  { scale, title, ticks }: ColourBar,
  place: { readonly left: number; readonly top: number; readonly height: number },
): string {
  const top = place.top + (title === '' ? 0 : 16);
  const height = place.height - (title === '' ? 0 : 16);
  const step = height / shades;
  const pieces = Array.from({ length: shades }, (_, i) => {
    const y = round(top + height - (i + 1) * step);
    return `<rect x="${round(place.left)}" y="${y}" width="11" height="${round(step + 0.6)}" fill="${scale.colourOf(i + 0.5)}"/>`;
  });
  const labels = ticks.map(({ value, text }) => {
    const y = top + height * (1 - (value - scale.low) / (scale.high - scale.low)) + 3.8;
    return `<text x="${round(place.left + 16)}" y="${round(y)}">${xmlText(text)}</text>`;
  });
  const head = `<text x="${round(place.left)}" y="${round(place.top + 6)}" class="q">${xmlText(title)}</text>`;
  return `${title === '' ? '' : head}<g>${pieces.join('')}</g><g class="t">${labels.join('')}</g>`;
}
