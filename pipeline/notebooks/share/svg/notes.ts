import type { Json, JsonObject } from '../../document/notebook-document.ts';
import { xmlText } from './xml-text.ts';
import { cut } from './legend.ts';
import { dashOf } from './lines.ts';
import { atX, atY, type Pane, round } from './pane.ts';
import { colourOf, listAt, numberAt, objectAt, textAt } from './read-json.ts';

export interface Inner {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Panes by the names of their axes. */
export interface Places {
  readonly inner: Inner;
  readonly byX: ReadonlyMap<string, Pane>;
  readonly byY: ReadonlyMap<string, Pane>;
}

const objects = (list: readonly Json[]): JsonObject[] =>
  list.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) as never;

/** `paper`, `x2` or `x2 domain`. */
function across(value: Json | undefined, ref: string, { inner, byX }: Places): number | null {
  if (ref === 'paper') return typeof value === 'number' ? inner.left + value * inner.width : null;
  const pane = byX.get(ref.replace(/ domain$/, '') || 'x');
  if (pane === undefined) return null;
  if (!ref.endsWith(' domain')) return atX(pane, value);
  return typeof value === 'number' ? pane.left + value * pane.width : null;
}

function up(value: Json | undefined, ref: string, { inner, byY }: Places): number | null {
  if (ref === 'paper') {
    return typeof value === 'number' ? inner.top + (1 - value) * inner.height : null;
  }
  const pane = byY.get(ref.replace(/ domain$/, '') || 'y');
  if (pane === undefined) return null;
  if (!ref.endsWith(' domain')) return atY(pane, value);
  return typeof value === 'number' ? pane.top + (1 - value) * pane.height : null;
}

/** Lines across a chart, such as the value of all. */
export function drawShapes(layout: JsonObject, places: Places): string {
  const drawn = objects(listAt(layout, 'shapes')).map((shape) => {
    if (textAt(shape, 'type') !== 'line') return '';
    const [xref, yref] = [textAt(shape, 'xref'), textAt(shape, 'yref')];
    const [x0, x1] = [across(shape['x0'], xref, places), across(shape['x1'], xref, places)];
    const [y0, y1] = [up(shape['y0'], yref, places), up(shape['y1'], yref, places)];
    if (x0 === null || x1 === null || y0 === null || y1 === null) return '';
    const line = objectAt(shape, 'line');
    const width = Math.max(0.5, Math.min(6, numberAt(line, 'width') ?? 1.5));
    const colour = colourOf(line['color']) ?? 'currentColor';
    return `<path fill="none" stroke="${colour}" stroke-width="${width}"${dashOf(textAt(line, 'dash'))} d="M${round(x0)} ${round(y0)}L${round(x1)} ${round(y1)}"/>`;
  });
  return drawn.join('');
}

const anchors: Readonly<Record<string, string>> = { left: 'start', right: 'end' };

/** Words on the picture: titles of panes, and what is not drawn. */
export function drawWords(layout: JsonObject, places: Places): string {
  const drawn = objects(listAt(layout, 'annotations')).map((words) => {
    const text = textAt(words, 'text').replaceAll(/<[^<>]{0,200}>/g, ' ');
    const x = across(words['x'], textAt(words, 'xref'), places);
    const y = up(words['y'], textAt(words, 'yref'), places);
    if (text === '' || x === null || y === null) return '';
    const anchor = anchors[textAt(words, 'xanchor')] ?? 'middle';
    const size = Math.max(8, Math.min(18, numberAt(objectAt(words, 'font'), 'size') ?? 11));
    const shift = textAt(words, 'yanchor') === 'bottom' ? -3 : 4;
    const raised = Math.max(-20, Math.min(20, numberAt(words, 'yshift') ?? 0));
    const aside = Math.max(-40, Math.min(40, numberAt(words, 'xshift') ?? 0));
    const looks = [
      ...(objectAt(words, 'font')['color'] === undefined ? [] : ['q']),
      // What stands on a chart keeps clear of its lines.
      ...(textAt(words, 'xref') === 'paper' ? [] : ['h']),
    ];
    const look = looks.length === 0 ? '' : ` class="${looks.join(' ')}"`;
    return `<text x="${round(x + aside)}" y="${round(y + shift - raised)}" text-anchor="${anchor}" font-size="${size}"${look}>${xmlText(cut(text, 120))}</text>`;
  });
  return drawn.join('');
}

/** Whether words stand above the charts, and need room there. */
export function hasWordsOnTop(layout: JsonObject): boolean {
  return objects(listAt(layout, 'annotations')).some(
    (words) => textAt(words, 'yref') === 'paper' && (numberAt(words, 'y') ?? 0) >= 0.99,
  );
}
