import { xmlText } from './xml-text.ts';
import type { Axis } from './axis.ts';
import { cut, widthOf } from './legend.ts';
import { type Pane, round } from './pane.ts';

const longestSide = 26;
const longestTurned = 20;
const turned = 35;
const radians = (turned * Math.PI) / 180;

/** Every nth of labels that would stand on each other. */
function everyNth(axis: Axis, length: number, least: number): Axis['ticks'] {
  const n = Math.max(1, Math.ceil((axis.ticks.length * least) / Math.max(1, length)));
  return n === 1 ? axis.ticks : axis.ticks.filter((_, i) => i % n === 0);
}

function isTurned(axis: Axis, width: number): boolean {
  if (axis.kind !== 'category') return false;
  const widest = Math.max(0, ...axis.ticks.map(({ text }) => widthOf(text)));
  return widest + 8 > width / Math.max(1, axis.ticks.length);
}

/** How much room the labels and the title of an upright axis take on its left. */
export function sideRoom(axis: Axis): number {
  const labels = axis.showsLabels
    ? Math.max(0, ...axis.ticks.map(({ text }) => widthOf(cut(text, longestSide)))) + 13
    : 4;
  return labels + (axis.title === '' ? 0 : 18);
}

/** How much room the labels and the title of a lying axis take below it. */
export function bottomRoom(axis: Axis, width: number): number {
  const widest = Math.max(0, ...axis.ticks.map(({ text }) => widthOf(cut(text, longestTurned))));
  const labels = isTurned(axis, width) ? widest * Math.sin(radians) + 14 : 20;
  return (axis.showsLabels ? labels : 6) + (axis.title === '' ? 0 : 20);
}

function lyingLabels(pane: Pane): string {
  const { x: axis, left, top, width, height } = pane;
  if (!axis.showsLabels) return '';
  const turn = isTurned(axis, width);
  const drawn = everyNth(axis, width, turn ? 13 : 1).map(({ at, text }) => {
    const x = round(left + at * width);
    const y = round(top + height + (turn ? 12 : 16));
    const shown = xmlText(turn ? cut(text, longestTurned) : text);
    return turn
      ? `<text x="${x}" y="${y}" text-anchor="end" transform="rotate(-${turned} ${x} ${y})">${shown}</text>`
      : `<text x="${x}" y="${y}" text-anchor="middle">${shown}</text>`;
  });
  return drawn.join('');
}

function uprightLabels({ y: axis, left, top, height }: Pane): string {
  if (!axis.showsLabels) return '';
  const drawn = everyNth(axis, height, 13).map(({ at, text }) => {
    const y = round(top + (1 - at) * height + 3.8);
    return `<text x="${round(left - 7)}" y="${y}" text-anchor="end">${xmlText(cut(text, longestSide))}</text>`;
  });
  return drawn.join('');
}

/** So many letters there are along a length. */
const lettersIn = (length: number): number => Math.max(12, Math.floor(length / 6));

function titles(pane: Pane): string {
  const { left, top, width, height } = pane;
  const middle = round(left + width / 2);
  const below = round(top + height + bottomRoom(pane.x, width) - 5);
  const across = round(left - sideRoom(pane.y) + 11);
  const half = round(top + height / 2);
  return [
    pane.x.title === ''
      ? ''
      : `<text x="${middle}" y="${below}" text-anchor="middle" class="q">${xmlText(cut(pane.x.title, lettersIn(width)))}</text>`,
    pane.y.title === ''
      ? ''
      : `<text x="${across}" y="${half}" text-anchor="middle" transform="rotate(-90 ${across} ${half})" class="q">${xmlText(cut(pane.y.title, lettersIn(height)))}</text>`,
  ].join('');
}

/** What stands behind the marks. */
export function drawGrid(pane: Pane): string {
  const { x, y, left, top, width, height } = pane;
  const lines = [
    ...(y.showsGrid && y.kind !== 'category'
      ? y.ticks.map(({ at }) => `M${round(left)} ${round(top + (1 - at) * height)}h${round(width)}`)
      : []),
    ...(x.showsGrid && x.kind !== 'category'
      ? x.ticks.map(({ at }) => `M${round(left + at * width)} ${round(top)}v${round(height)}`)
      : []),
  ];
  const zero = y.kind === 'linear' ? y.place(0) : null;
  const isWithin = zero !== null && zero > 0.001 && zero < 0.999;
  const zeroLine = isWithin
    ? `<path class="z" d="M${round(left)} ${round(top + (1 - zero) * height)}h${round(width)}"/>`
    : '';
  return `<path class="g" d="${lines.join('')}"/>${zeroLine}`;
}

/** Labels, titles, and the line that the marks stand on. */
export function drawAxes(pane: Pane): string {
  const base = `M${round(pane.left)} ${round(pane.top + pane.height)}h${round(pane.width)}`;
  return `<path class="z" d="${base}"/><g class="t">${lyingLabels(pane)}${uprightLabels(pane)}</g>${titles(pane)}`;
}
