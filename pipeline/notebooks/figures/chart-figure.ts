import type { ChartParameters } from '../../contract/notebook.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { axis, baseLayout, note } from './base-layout.ts';
import { boxTraces } from './box-traces.ts';
import { chartColumns, columnKind, type TableColumn } from './chart-columns.ts';
import { type ChartData, distinct, readChartData, type Value } from './chart-data.ts';
import { drawnRows } from './chart-sql.ts';
import { drawnColours, type Drawn, groupTraces } from './group-traces.ts';
import type { Figure } from './figure.ts';
import { heatmapTraces } from './heatmap-traces.ts';
import { histogramTraces } from './histogram-traces.ts';

const verbs = {
  none: '',
  count: 'number of ',
  sum: 'sum of ',
  mean: 'mean ',
  median: 'median ',
  min: 'least ',
  max: 'greatest ',
} as const;

function measure({ aggregate, y }: ChartParameters): string {
  if (y.length === 0) return 'rows';
  return `${verbs[aggregate]}${y.join(', ')}`;
}

/** What stands on the vertical axis. */
function upright(parameters: ChartParameters): string {
  switch (parameters.type) {
    case 'histogram':
      return 'rows';
    case 'box':
      return parameters.y[0] ?? parameters.x;
    case 'heatmap':
      return parameters.y[0] ?? '';
    case 'bar':
    case 'line':
    case 'area':
    case 'scatter':
      return measure(parameters);
  }
}

/** Figures in words, for a text in their place. */
function inWords(parameters: ChartParameters): string {
  const { type, x, data, title } = parameters;
  if (title !== null) return title;
  const by =
    type === 'histogram' || (type === 'box' && parameters.y.length === 0) ? '' : ` by ${x}`;
  const what =
    type === 'histogram' ? x : type === 'heatmap' ? measure(parameters) : upright(parameters);
  return `${type} of ${what}${by}, ${data}`;
}

const counted = (value: number): string => value.toLocaleString('en');

function partWord({ type, aggregate }: ChartParameters): string {
  if (type === 'box') return 'boxes';
  if (type === 'histogram') return 'bins';
  return aggregate === 'none' ? 'rows' : 'points';
}

/** What is not drawn of what there is; null where all of it is. */
function left(drawn: Drawn, data: ChartData, x: readonly Value[]): string | null {
  const { parameters, kinds } = drawn;
  if (data.rows === 0) return 'nothing to draw';
  const colours = drawn.colour === 'group' ? distinct(data.column('colour')).length : 0;
  if (colours > drawnColours) return `${drawnColours} of ${counted(colours)} colours drawn`;
  const total = data.first('total');
  if (parameters.type === 'heatmap') {
    return data.rows >= drawnRows ? `the ${counted(drawnRows)} greatest cells drawn` : null;
  }
  if (typeof total !== 'number') return null;
  const grouped =
    kinds.x === 'category' && (parameters.aggregate !== 'none' || parameters.type === 'histogram');
  const shown = grouped ? distinct(x).length : data.rows;
  const word = grouped ? 'values' : partWord(parameters);
  return shown < total ? `${counted(shown)} of ${counted(total)} ${word} drawn` : null;
}

function traces(drawn: Drawn, data: ChartData): JsonObject[] {
  switch (drawn.parameters.type) {
    case 'histogram':
      return histogramTraces(drawn, data);
    case 'box':
      return boxTraces(drawn, data);
    case 'heatmap':
      return heatmapTraces(drawn, data);
    case 'bar':
    case 'line':
    case 'area':
    case 'scatter':
      return groupTraces(drawn, data);
  }
}

/** What a heatmap has put in its order. */
function across([map]: readonly JsonObject[]): readonly Value[] {
  const x = map?.['x'];
  return Array.isArray(x) ? (x as readonly Value[]) : [];
}

function xAxis(drawn: Drawn, x: readonly Value[]): JsonObject {
  const { parameters, kinds } = drawn;
  if (parameters.type === 'box' && parameters.y.length === 0)
    return axis('', { showticklabels: false });
  if (kinds.x === 'category') {
    const categories = { type: 'category', categoryorder: 'array', categoryarray: distinct(x) };
    return axis(parameters.x, { ...categories, showgrid: false });
  }
  return axis(parameters.x, { type: kinds.x === 'time' ? 'date' : 'linear', showgrid: false });
}

function yAxis({ parameters, kinds }: Drawn): JsonObject {
  if (parameters.type !== 'heatmap') return axis(upright(parameters));
  const types = { number: 'linear', time: 'date', category: 'category' } as const;
  const reversed = kinds.y === 'category' ? { autorange: 'reversed' } : {};
  return axis(upright(parameters), { type: types[kinds.y], ...reversed, showgrid: false });
}

/** The figure of a chart cell: `ipc` is what `chartQuery` gave of the table with these columns. Throws CELL_INVALID. */
export function chartFigure(
  parameters: ChartParameters,
  columns: readonly TableColumn[],
  ipc: Uint8Array,
): Figure {
  const { x: along, y, colour } = chartColumns(parameters, columns);
  const data = readChartData(ipc);
  const isNumber =
    colour !== null && columnKind(colour) === 'number' && parameters.type === 'scatter';
  const many = isNumber && distinct(data.column('colour')).length > 12;
  const drawn: Drawn = {
    parameters,
    kinds: { x: columnKind(along), y: columnKind(y[0] ?? along) },
    colour: colour === null ? 'none' : many ? 'scale' : 'group',
  };
  const x = data.column('x');
  const missing = left(drawn, data, x);
  const drawnTraces = traces(drawn, data);
  const hasTop = drawnTraces.length > 1 || missing !== null;
  return {
    title: inWords(parameters),
    axis: parameters.x,
    data: drawnTraces,
    layout: {
      ...baseLayout(parameters.title),
      ...(hasTop ? {} : { margin: { l: 8, r: 12, t: parameters.title === null ? 12 : 36, b: 8 } }),
      showlegend: drawnTraces.length > 1,
      hovermode: ['line', 'area'].includes(parameters.type) ? 'x unified' : 'closest',
      bargap: parameters.type === 'histogram' && drawn.kinds.x !== 'category' ? 0.03 : 0.2,
      barmode: parameters.type === 'histogram' || colour !== null ? 'stack' : 'group',
      ...(parameters.type === 'box' ? { boxmode: 'group' } : {}),
      xaxis: xAxis(drawn, parameters.type === 'heatmap' ? across(drawnTraces) : x),
      yaxis: yAxis(drawn),
      annotations: missing === null ? [] : [note(missing)],
    },
  };
}
