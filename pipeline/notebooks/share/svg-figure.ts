import { isJsonObject, member } from '../document/json-object.ts';
import type { Json, JsonObject } from '../document/notebook-document.ts';

import type { Axis } from './svg/axis.ts';
import { drawBars, type Slot } from './svg/bars.ts';
import { drawBoxes } from './svg/boxes.ts';
import { type ColourBar, colourBarOf, drawColourBar } from './svg/colour-bar.ts';
import { bottomRoom, drawAxes, drawGrid, sideRoom } from './svg/draw-axes.ts';
import { drawHeatmap, heatmapRows, mostCells } from './svg/heatmap.ts';
import { cut, drawLegend, legendOf, rowHeight } from './svg/legend.ts';
import { drawLines } from './svg/lines.ts';
import { axisFor } from './svg/make-axes.ts';
import { drawShapes, drawWords, hasWordsOnTop, type Inner, type Places } from './svg/notes.ts';
import type { Pane } from './svg/pane.ts';
import { listAt, numberAt, objectAt, textAt, titleAt } from './svg/read-json.ts';
import { readTraces, type Trace } from './svg/read-traces.ts';
import { xmlText } from './svg/xml-text.ts';

const width = 760;
const defaultHeight = 380;

interface Framed {
  readonly traces: readonly Trace[];
  readonly layout: JsonObject;
  readonly axes: ReadonlyMap<string, Axis>;
  readonly bar: ColourBar | null;
}

const axisOf = (axes: ReadonlyMap<string, Axis>, name: string): Axis => {
  const axis = axes.get(name);
  if (axis === undefined) throw new RangeError(`no axis ${name}`);
  return axis;
};

/** Charts of a figure, each once: those of its traces. */
function pairs(traces: readonly Trace[]): (readonly [string, string])[] {
  const found = new Map(traces.map(({ x, y }) => [`${x} ${y}`, [x, y] as const]));
  return [...found.values()];
}

function innerOf({ traces, layout, axes, bar }: Framed, height: number): Inner {
  const all = pairs(traces).map(([x, y]) => ({ x: axisOf(axes, x), y: axisOf(axes, y) }));
  const lefts = all.filter(({ x }) => x.domain[0] < 0.02).map(({ y }) => sideRoom(y));
  const left = Math.min(width * 0.4, Math.max(12, ...lefts));
  const right = 16 + (bar?.room ?? 0);
  const across = width - left - right;
  const bottoms = all
    .filter(({ y }) => y.domain[0] < 0.02)
    .map(({ x }) => bottomRoom(x, across * (x.domain[1] - x.domain[0])));
  const rows = legendOf(traces, layout, width - 16).at(-1)?.row ?? -1;
  const title = titleAt(layout) === '' ? 6 : 30;
  const top = title + (rows + 1) * rowHeight + (hasWordsOnTop(layout) ? 22 : 6);
  const down = Math.max(60, height - top - Math.max(16, ...bottoms));
  return { left, top, width: across, height: down };
}

function paneOf({ axes }: Framed, [xName, yName]: readonly [string, string], inner: Inner): Pane {
  const [x, y] = [axisOf(axes, xName), axisOf(axes, yName)];
  const [from, to] = x.domain;
  const [low, high] = y.domain;
  // Charts further right keep their labels within their own part.
  const own = from < 0.02 ? 0 : Math.max(0, sideRoom(y) - 12);
  return {
    x,
    y,
    left: inner.left + from * inner.width + own,
    top: inner.top + (1 - high) * inner.height,
    width: Math.max(20, (to - from) * inner.width - own),
    height: Math.max(20, (high - low) * inner.height),
  };
}

/** Bars and boxes of one chart stand beside each other unless they are on one another. */
function slotOf(trace: Trace, { traces, layout }: Framed): Slot {
  const gap = Math.max(0, Math.min(0.9, numberAt(layout, 'bargap') ?? 0.2));
  const mode = textAt(layout, trace.kind === 'box' ? 'boxmode' : 'barmode');
  const alone = trace.kind === 'box' ? mode !== 'group' : !['', 'group'].includes(mode);
  if (alone) return { at: 0, of: 1, gap };
  const beside = traces.filter(
    ({ kind, x, y }) => kind === trace.kind && x === trace.x && y === trace.y,
  );
  return { at: beside.indexOf(trace), of: Math.max(1, beside.length), gap };
}

function drawTrace(trace: Trace, pane: Pane, framed: Framed): string {
  switch (trace.kind) {
    case 'bar':
      return drawBars(trace, pane, slotOf(trace, framed));
    case 'box':
      return drawBoxes(trace, pane, slotOf(trace, framed));
    case 'heatmap':
      return drawHeatmap(trace, pane);
    case 'scatter':
      return drawLines(trace, pane);
  }
}

function axesOf(
  traces: readonly Trace[],
  layout: JsonObject,
  height: number,
): Map<string, Axis> | null {
  const axes = new Map<string, Axis>();
  for (const name of new Set(traces.flatMap(({ x, y }) => [x, y]))) {
    const domain = listAt(objectAt(layout, `${name.slice(0, 1)}axis${name.slice(1)}`), 'domain');
    const [low, high] = domain;
    const part = typeof low === 'number' && typeof high === 'number' ? high - low : 1;
    const length = (name.startsWith('x') ? width - 80 : height - 80) * Math.max(0.05, part);
    const axis = axisFor(name, traces, { layout, length });
    if (axis === null) return null;
    axes.set(name, axis);
  }
  return axes;
}

const style = `<style>.f{font:11px system-ui,"Segoe UI",Helvetica,Arial,sans-serif;fill:currentColor}.f .g{stroke:currentColor;stroke-opacity:.13;fill:none}.f .z{stroke:currentColor;stroke-opacity:.38;fill:none}.f .t{fill-opacity:.78}.f .q{fill-opacity:.62}.f .h{paint-order:stroke;stroke:var(--back,#fff);stroke-width:3px}.f .w{stroke:currentColor;stroke-opacity:.75;stroke-width:1.2;fill:none}</style>`;

function draw(framed: Framed, height: number): string {
  const { traces, layout, bar } = framed;
  const inner = innerOf(framed, height);
  const panes = new Map(pairs(traces).map((pair) => [pair.join(' '), paneOf(framed, pair, inner)]));
  const places: Places = {
    inner,
    byX: new Map(traces.flatMap(({ x, y }) => [[x, panes.get(`${x} ${y}`)] as never])),
    byY: new Map(traces.flatMap(({ x, y }) => [[y, panes.get(`${x} ${y}`)] as never])),
  };
  const marks = traces.map((trace) => {
    const pane = panes.get(`${trace.x} ${trace.y}`);
    return pane === undefined ? '' : drawTrace(trace, pane, framed);
  });
  const title = titleAt(layout);
  const legend = legendOf(traces, layout, width - 16);
  return [
    title === ''
      ? ''
      : `<text x="8" y="19" font-size="14" font-weight="600">${xmlText(cut(title, 100))}</text>`,
    drawLegend(legend, { x: 8, y: title === '' ? 4 : 28 }),
    [...panes.values()].map(drawGrid).join(''),
    drawShapes(layout, places),
    marks.join(''),
    [...panes.values()].map(drawAxes).join(''),
    drawWords(layout, places),
    bar === null
      ? ''
      : drawColourBar(bar, {
          left: width - bar.room,
          top: inner.top,
          height: Math.min(inner.height, 260),
        }),
  ].join('');
}

function cellsOf(trace: Trace): number {
  if (trace.kind !== 'heatmap') return 0;
  return heatmapRows(trace).reduce(
    (sum, row) => sum + row.filter((cell) => cell !== null).length,
    0,
  );
}

/**
 * A Plotly figure as an SVG of its own, for pages without scripts: bars, lines, areas, dots, boxes of given quartiles and
 * heatmaps. Null for what is none of these. Its texts take the colour of the page.
 */
export function svgFigure(figure: Json, label: string): string | null {
  if (!isJsonObject(figure)) return null;
  const data = member(figure, 'data');
  const given = member(figure, 'layout');
  const layout = isJsonObject(given) ? given : {};
  const traces = Array.isArray(data) ? readTraces(data as readonly Json[], layout) : null;
  if (traces === null) return null;
  if (traces.some((trace) => cellsOf(trace) > mostCells)) return null;
  const height = Math.max(180, Math.min(2400, numberAt(layout, 'height') ?? defaultHeight));
  const axes = axesOf(traces, layout, height);
  if (axes === null) return null;
  const drawn = draw({ traces, layout, axes, bar: colourBarOf(traces) }, height);
  const name = xmlText(label);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${name}" class="f">${style}${drawn}</svg>`;
}
