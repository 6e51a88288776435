import type { JsonObject } from '../document/notebook-document.ts';
import { formatted } from '../share/svg/format-number.ts';
import { quiet } from './base-layout.ts';
import type { Pane } from './panes.ts';

/** A bar that lies, and the ends of what is drawn on it: itself and its whiskers. */
export interface LabelledBar {
  readonly name: string;
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
}

/** What a label takes of the width of its chart. */
const room = 0.24;

/** From the least to the greatest of what is drawn, zero included, with room for the labels beyond both. */
export function rangeWithLabels(
  bars: readonly LabelledBar[],
  whole: number | null,
): readonly [number, number] {
  const ends = bars.flatMap(({ low, high }) => [low, high]);
  const low = Math.min(0, whole ?? 0, ...ends);
  const high = Math.max(0, whole ?? 0, ...ends);
  const sides = low < 0 && high > 0 ? 2 : 1;
  const beside = ((high - low || 1) * room) / (1 - sides * room);
  return [low < 0 ? low - beside : low, high > 0 || low === 0 ? high + beside : high];
}

/** Values beside the ends of their bars: Plotly's own texts would lie under the whiskers. */
export function barLabels(
  bars: readonly LabelledBar[],
  { x, y }: Pane,
  format: string,
): JsonObject[] {
  return bars.map(({ name, value, low, high }) => {
    const left = value !== null && value < 0;
    return {
      xref: x,
      yref: y,
      x: value === null ? 0 : left ? low : high,
      y: name,
      text: value === null ? 'no value' : (formatted(value, format) ?? String(value)),
      showarrow: false,
      xanchor: left ? 'right' : 'left',
      xshift: left ? -4 : 4,
      borderpad: 1,
      font: { size: 11, ...(value === null ? { color: quiet } : {}) },
    };
  });
}
