import type { Json } from '../../document/notebook-document.ts';
import { leastStep, type Slot } from './bars.ts';
import { atX, atY, box, type Pane, round } from './pane.ts';
import { listAt, numberOf } from './read-json.ts';
import type { Trace } from './read-traces.ts';

export const boxNumbers = ['lowerfence', 'q1', 'median', 'q3', 'upperfence'] as const;

function oneBox(trace: Trace, row: number, pane: Pane, across: { x: number; half: number }) {
  const at = (name: string): number | null => {
    const value = numberOf(listAt(trace.json, name)[row]);
    return value === null ? null : atY(pane, value, 'cut');
  };
  const [low, q1, median, q3, high] = boxNumbers.map(at);
  if (q1 == null || q3 == null || median == null) return null;
  const { x, half } = across;
  const [left, cap] = [round(x - half), round(half)];
  const ends = [
    low == null ? '' : `M${round(x)} ${round(q1)}V${round(low)}m${-cap / 2} 0h${cap}`,
    high == null ? '' : `M${round(x)} ${round(q3)}V${round(high)}m${-cap / 2} 0h${cap}`,
  ];
  const mean = at('mean');
  return {
    body: box(left, Math.min(q1, q3), half * 2, Math.abs(q3 - q1)),
    strokes: `${ends.join('')}M${left} ${round(median)}h${round(half * 2)}`,
    mean: mean === null ? '' : `M${round(x)} ${round(mean - 3)}l3 3l-3 3l-3 -3z`,
  };
}

/** Boxes of quartiles that are given, the mean a diamond. */
export function drawBoxes(trace: Trace, pane: Pane, slot: Slot): string {
  const step = leastStep(trace, pane);
  const room = pane.x.stretch(step) * pane.width * 0.7;
  const wide = Math.min(90, room / slot.of);
  let [bodies, strokes, means] = ['', '', ''];
  for (let row = 0; row < listAt(trace.json, 'median').length; row++) {
    const place: Json | undefined = trace.xs[row];
    const middle = atX(pane, place);
    if (middle === null) continue;
    const x = middle + (slot.at - (slot.of - 1) / 2) * wide;
    const drawn = oneBox(trace, row, pane, { x, half: Math.max(1, wide * 0.42) });
    if (drawn === null) continue;
    bodies += drawn.body;
    strokes += drawn.strokes;
    means += drawn.mean;
  }
  const stroke = `stroke="${trace.colour}" stroke-width="1.5"`;
  return `<path fill="${trace.colour}" fill-opacity="0.3" ${stroke} d="${bodies}"/><path fill="none" ${stroke} d="${strokes}"/><path fill="${trace.colour}" d="${means}"/>`;
}
