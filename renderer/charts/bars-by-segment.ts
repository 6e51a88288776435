import { baseLayout, type ChartTheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';
import { segmentColour } from './palette.ts';

/** How sure a bar's value is. */
export type Spread =
  | { readonly kind: 'interval'; readonly low: number; readonly high: number }
  /** The value stands on too few to say how sure it is: its bar is grey. */
  | { readonly kind: 'too-few' }
  /** Nothing is said of it. */
  | { readonly kind: 'none' };

export interface Bar {
  readonly id: number | null;
  readonly name: string;
  readonly value: number | null;
  readonly spread: Spread;
  /** What hovering says after the value; null adds nothing. */
  readonly hover: string | null;
}

interface BarsOptions {
  readonly bars: readonly Bar[];
  /** The value of all segments together, drawn as a line across the bars; null draws none. */
  readonly whole: number | null;
  readonly label: (value: number | null) => string;
  readonly ticks: string;
  readonly theme: ChartTheme;
}

/** What a label of 60 px beside a bar takes of 230 px of axis: on one side, or on one of two. */
const usualRoom = { one: 0.32, both: 0.45 };

/** The same for a label of 105 px. */
const wideRoom = { one: 0.72, both: 0.78 };

/** From the least to the greatest of the values, zero included, with room for the label beside a bar. */
export function barRange(values: readonly (number | null)[], room = usualRoom): [number, number] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const span = high - low || 1;
  const beside = span * (low < 0 && high > 0 ? room.both : room.one);
  return [low < 0 ? low - beside : low, high > 0 || low === 0 ? high + beside : high];
}

/** So many characters of a name stand beside its bar; hovering has the others. */
const longest = 24;

function shortened(name: string): string {
  return name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name;
}

function wholeLine(whole: number, theme: ChartTheme): PlotlyObject {
  return {
    type: 'line',
    xref: 'x',
    yref: 'paper',
    x0: whole,
    x1: whole,
    y0: 0,
    y1: 1,
    line: { color: theme.text, width: 1.5, dash: 'dot' },
  };
}

/** From the value to the ends of its interval; a bar without one gets NaN, since 0 would leave a cap on it. */
function whiskers(bars: readonly Bar[], theme: ChartTheme): PlotlyObject {
  const reach = bars.map(({ value, spread }) =>
    value === null || spread.kind !== 'interval'
      ? { up: Number.NaN, down: Number.NaN }
      : { up: Math.max(0, spread.high - value), down: Math.max(0, value - spread.low) },
  );
  return {
    type: 'data',
    symmetric: false,
    array: reach.map(({ up }) => up),
    arrayminus: reach.map(({ down }) => down),
    color: theme.text,
    thickness: 1.25,
    width: 4,
  };
}

/** Where a bar and its whiskers end, on the side away from zero. */
function tip({ value, spread }: Bar): number {
  if (value === null) return 0;
  if (spread.kind !== 'interval') return value;
  return value < 0 ? Math.min(value, spread.low) : Math.max(value, spread.high);
}

/** The values that the axis must hold. */
function reached(bars: readonly Bar[]): (number | null)[] {
  return bars.flatMap(({ value, spread }) =>
    value !== null && spread.kind === 'interval' ? [value, spread.low, spread.high] : [value],
  );
}

/** Beside the end of its bar, on the card's colour, so that the line of the whole does not cross the digits. */
function valueNote(bar: Bar, row: number, { label, theme }: BarsOptions): PlotlyObject {
  const left = bar.value !== null && bar.value < 0;
  const few = bar.spread.kind === 'too-few' ? ' <i>too few</i>' : '';
  const plain = bar.value !== null && few === '';
  return {
    xref: 'x',
    yref: 'y',
    x: tip(bar),
    y: row,
    text: bar.value === null ? `<i>${label(null)}</i>` : `${label(bar.value)}${few}`,
    showarrow: false,
    xanchor: left ? 'right' : 'left',
    xshift: left ? -4 : 4,
    bgcolor: theme.card,
    borderpad: 1,
    font: { color: plain ? theme.text : theme.quiet, size: 12 },
  };
}

function wholeNote(whole: number, { label, theme }: BarsOptions): PlotlyObject {
  return {
    xref: 'x',
    yref: 'paper',
    x: whole,
    y: 1,
    yanchor: 'bottom',
    text: `all ${label(whole)}`,
    showarrow: false,
    font: { color: theme.quiet, size: 11 },
  };
}

/** The colour of its segment, or grey hatching where the value stands on too few. */
function looks(bars: readonly Bar[], theme: ChartTheme): PlotlyObject {
  const few = bars.map(({ spread }) => spread.kind === 'too-few');
  return {
    color: bars.map(({ id }, row) => segmentColour(few[row] === true ? null : id, theme.scheme)),
    pattern: {
      shape: few.map((is) => (is ? '/' : '')),
      fillmode: 'replace',
      size: 6,
      solidity: 0.4,
    },
  };
}

/** Horizontal bars, one a segment in the order given, first on top. A null value is a note, not a bar of zero. */
export function barsBySegment(options: BarsOptions): Figure {
  const { bars, whole, label, ticks, theme } = options;
  const rows = bars.map((_, row) => row);
  const hasFew = bars.some(({ spread }) => spread.kind === 'too-few');
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: bars.map((bar) => bar.value),
        y: rows,
        width: 0.62,
        hovertext: bars.map(({ name, value, hover }) =>
          [`${name}: ${label(value)}`, ...(hover === null ? [] : [hover])].join(', '),
        ),
        hoverinfo: 'text',
        marker: { ...looks(bars, theme), cornerradius: 3 },
        error_x: whiskers(bars, theme),
      },
    ],
    layout: {
      ...baseLayout(theme),
      margin: { l: 8, r: 12, t: 22, b: 26 },
      showlegend: false,
      xaxis: {
        range: barRange([...reached(bars), whole], hasFew ? wideRoom : usualRoom),
        tickformat: ticks,
        nticks: 5,
        gridcolor: theme.grid,
        zerolinecolor: theme.quiet,
        tickfont: { color: theme.quiet, size: 11 },
        fixedrange: true,
      },
      yaxis: {
        autorange: 'reversed',
        tickmode: 'array',
        tickvals: rows,
        ticktext: bars.map((bar) => shortened(bar.name)),
        ticklabelstandoff: 6,
        automargin: true,
        showgrid: false,
        zeroline: false,
        fixedrange: true,
      },
      shapes: whole === null ? [] : [wholeLine(whole, theme)],
      annotations: [
        ...(whole === null ? [] : [wholeNote(whole, options)]),
        ...bars.map((bar, row) => valueNote(bar, row, options)),
      ],
    },
  };
}
