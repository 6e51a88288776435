import { baseLayout, type ChartTheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';
import { segmentColour } from './palette.ts';

export interface Bar {
  readonly id: number | null;
  readonly name: string;
  readonly value: number | null;
}

interface BarsOptions {
  readonly bars: readonly Bar[];
  /** The value of all segments together, drawn as a line across the bars; null draws none. */
  readonly whole: number | null;
  readonly label: (value: number | null) => string;
  readonly ticks: string;
  readonly theme: ChartTheme;
}

/** From the least to the greatest of the values, zero included, with room for a label of 60 px beside a bar in 230 px of axis. */
export function barRange(values: readonly (number | null)[]): [number, number] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const span = high - low || 1;
  const room = span * (low < 0 && high > 0 ? 0.45 : 0.32);
  return [low < 0 ? low - room : low, high > 0 || low === 0 ? high + room : high];
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

/** Beside the end of its bar, on the card's colour, so that the line of the whole does not cross the digits. */
function valueNote(bar: Bar, row: number, { label, theme }: BarsOptions): PlotlyObject {
  const left = bar.value !== null && bar.value < 0;
  return {
    xref: 'x',
    yref: 'y',
    x: bar.value ?? 0,
    y: row,
    text: bar.value === null ? `<i>${label(null)}</i>` : label(bar.value),
    showarrow: false,
    xanchor: left ? 'right' : 'left',
    xshift: left ? -4 : 4,
    bgcolor: theme.card,
    borderpad: 1,
    font: { color: bar.value === null ? theme.quiet : theme.text, size: 12 },
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

/** Horizontal bars, one a segment in the order given, first on top. A null value is a note, not a bar of zero. */
export function barsBySegment(options: BarsOptions): Figure {
  const { bars, whole, label, ticks, theme } = options;
  const rows = bars.map((_, row) => row);
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: bars.map((bar) => bar.value),
        y: rows,
        width: 0.62,
        hovertext: bars.map((bar) => `${bar.name}: ${label(bar.value)}`),
        hoverinfo: 'text',
        marker: { color: bars.map((bar) => segmentColour(bar.id, theme.scheme)), cornerradius: 3 },
      },
    ],
    layout: {
      ...baseLayout(theme),
      margin: { l: 8, r: 12, t: 22, b: 26 },
      showlegend: false,
      xaxis: {
        range: barRange([...bars.map((bar) => bar.value), whole]),
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
        ticktext: bars.map((bar) => bar.name),
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
