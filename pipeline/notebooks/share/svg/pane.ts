import type { Json } from '../../document/notebook-document.ts';
import type { Axis } from './axis.ts';

/** A chart's place in the picture, in its units. */
export interface Pane {
  readonly x: Axis;
  readonly y: Axis;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const round = (value: number): number => Math.round(value * 10) / 10;

/** What is outside of a chart has no place in it, or is cut at its edge. */
type Outside = 'left out' | 'cut';

function within(place: number | null, outside: Outside): number | null {
  if (place === null) return null;
  if (outside === 'cut') return Math.min(1, Math.max(0, place));
  return place < -0.01 || place > 1.01 ? null : place;
}

export function atX(
  pane: Pane,
  value: Json | undefined,
  outside: Outside = 'left out',
): number | null {
  const place = within(pane.x.place(value), outside);
  return place === null ? null : pane.left + place * pane.width;
}

export function atY(
  pane: Pane,
  value: Json | undefined,
  outside: Outside = 'left out',
): number | null {
  const place = within(pane.y.place(value), outside);
  return place === null ? null : pane.top + (1 - place) * pane.height;
}

/** A path of rectangles is a tenth of as many elements. */
export function box(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}
