import type { Json } from '../../document/notebook-document.ts';
import { scaleOf } from './colour-scale.ts';
import { atX, atY, type Pane, round } from './pane.ts';
import { colourOf, listAt, numberAt, numberOf, objectAt, textAt } from './read-json.ts';
import type { Trace } from './read-traces.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly row: number;
}

/** Points in the picture; null where one is missing and the line breaks. */
function pointsOf(trace: Trace, pane: Pane): (Point | null)[] {
  const count = Math.min(trace.xs.length, trace.ys.length);
  const isArea = trace.bases.length > 0;
  return Array.from({ length: count }, (_, row) => {
    const value: Json | undefined = trace.ys[row];
    const top = isArea ? (trace.bases[row] ?? 0) + (numberOf(value) ?? 0) : value;
    const [x, y] = [atX(pane, trace.xs[row]), atY(pane, top)];
    return x === null || y === null || value === null ? null : { x, y, row };
  });
}

const manyPoints = 2000;

/** Of more points than the picture is wide only the first, least, greatest and last of each step across. */
function thinned(points: readonly (Point | null)[]): readonly (Point | null)[] {
  if (points.length <= manyPoints) return points;
  const kept: (Point | null)[] = [];
  let column: Point[] = [];
  const flush = (): void => {
    const [first] = column;
    const last = column.at(-1);
    if (first === undefined || last === undefined) return;
    let [low, high] = [first, first];
    for (const point of column) {
      if (point.y < low.y) low = point;
      if (point.y > high.y) high = point;
    }
    const ends = [first, low, high, last].toSorted((a, b) => a.row - b.row);
    kept.push(...ends.filter((point, i) => point !== ends[i - 1]));
    column = [];
  };
  for (const point of points) {
    const [start] = column;
    if (point === null || (start !== undefined && Math.abs(point.x - start.x) >= 0.5)) flush();
    if (point === null) kept.push(null);
    else column.push(point);
  }
  flush();
  return kept;
}

function pathOf(points: readonly (Point | null)[], steps: boolean): string {
  let path = '';
  let isOpen = false;
  for (const point of points) {
    if (point === null) {
      isOpen = false;
      continue;
    }
    const [x, y] = [round(point.x), round(point.y)];
    path += !isOpen ? `M${x} ${y}` : steps ? `H${x}V${y}` : `L${x} ${y}`;
    isOpen = true;
  }
  return path;
}

const dashes: Readonly<Record<string, string>> = {
  dot: '1.5 3.5',
  dash: '6 4',
  longdash: '9 4',
  dashdot: '6 3 1.5 3',
  longdashdot: '9 3 1.5 3',
};

/** What a line that is dashed has, such as a shape's. */
export function dashOf(dash: string): string {
  const pattern = dashes[dash];
  return pattern === undefined ? '' : ` stroke-dasharray="${pattern}"`;
}

function areaOf(trace: Trace, points: readonly (Point | null)[], pane: Pane): string {
  const there = points.filter((point) => point !== null);
  if (there.length < 2) return '';
  const base = (row: number): number =>
    atY(pane, trace.bases[row] ?? 0, 'cut') ?? pane.top + pane.height;
  const back = there
    .toReversed()
    .map(({ x, row }) => `L${round(x)} ${round(base(row))}`)
    .join('');
  return `<path fill="${trace.colour}" fill-opacity="0.4" d="${pathOf(there, false)}${back}z"/>`;
}

function line(trace: Trace, points: readonly (Point | null)[]): string {
  const look = objectAt(trace.json, 'line');
  const width = Math.max(0.5, Math.min(8, numberAt(look, 'width') ?? 2));
  const path = pathOf(points, textAt(look, 'shape') === 'hv');
  return `<path fill="none" stroke="${trace.colour}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"${dashOf(textAt(look, 'dash'))} d="${path}"/>`;
}

/** Dots as one path of round ends a colour; dots that would cover each other are drawn once. */
function dots(trace: Trace, points: readonly (Point | null)[]): string {
  const marker = objectAt(trace.json, 'marker');
  const sizes = listAt(marker, 'size');
  const size = Math.max(1.5, Math.min(40, numberAt(marker, 'size') ?? 6));
  const opacity = Math.max(0.05, Math.min(1, numberAt(marker, 'opacity') ?? 1));
  const colours = listAt(marker, 'color');
  const isScale = typeof colours.find((colour) => colour !== null) === 'number';
  const scale = isScale ? scaleOf(marker, colours, ['cmin', 'cmax']) : null;
  const own = colourOf(marker['color']) ?? trace.colour;
  const paths = new Map<string, Set<string>>();
  // Of very many dots a whole unit is exact enough, and those that fall together are one.
  const exact = points.length > manyPoints ? (at: number) => Math.round(at) : round;
  for (const point of points) {
    if (point === null) continue;
    const value = colours[point.row];
    const number = numberOf(value);
    const shade =
      scale !== null && number !== null ? scale.colourOf(scale.shadeOf(number)) : colourOf(value);
    const wide = Math.max(1.5, Math.min(40, numberOf(sizes[point.row]) ?? size));
    const look = `stroke="${shade ?? own}" stroke-width="${round(wide)}"`;
    const place = `M${exact(point.x)} ${exact(point.y)}h0`;
    const places = paths.get(look);
    if (places === undefined) paths.set(look, new Set([place]));
    else places.add(place);
  }
  return [...paths]
    .map(
      ([look, places]) =>
        `<path fill="none" ${look} stroke-linecap="round" stroke-opacity="${opacity}" d="${[...places].join('')}"/>`,
    )
    .join('');
}

function errors(trace: Trace, pane: Pane): string {
  const error = objectAt(trace.json, 'error_y');
  const [up, down] = [listAt(error, 'array'), listAt(error, 'arrayminus')];
  let path = '';
  for (let row = 0; row < Math.min(up.length, trace.ys.length, manyPoints); row++) {
    const value = numberOf(trace.ys[row]);
    const above = numberOf(up[row]);
    if (value === null || above === null) continue;
    const x = atX(pane, trace.xs[row]);
    const high = atY(pane, value + above, 'cut');
    const low = atY(pane, value - (numberOf(down[row]) ?? above), 'cut');
    if (x === null || low === null || high === null) continue;
    path += `M${round(x)} ${round(low)}V${round(high)}M${round(x - 3)} ${round(low)}h6M${round(x - 3)} ${round(high)}h6`;
  }
  return path === '' ? '' : `<path class="w" d="${path}"/>`;
}

/** Lines, areas and dots. */
export function drawLines(trace: Trace, pane: Pane): string {
  const points = pointsOf(trace, pane);
  const mode = textAt(trace.json, 'mode') || (points.length < 20 ? 'lines+markers' : 'lines');
  const isArea = trace.bases.length > 0;
  const shown = thinned(points);
  return [
    isArea ? areaOf(trace, shown, pane) : '',
    errors(trace, pane),
    mode.includes('lines') ? line(trace, shown) : '',
    mode.includes('markers') ? dots(trace, points) : '',
  ].join('');
}
