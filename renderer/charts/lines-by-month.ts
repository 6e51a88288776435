import { baseLayout, type ChartTheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';
import { segmentColour, segmentSymbol } from './palette.ts';

export interface Series {
  readonly id: number | null;
  readonly name: string;
  readonly kind: 'segment' | 'whole';
  /** One a month of `months`; null is a gap. */
  readonly values: readonly (number | null)[];
}

interface LinesOptions {
  readonly months: readonly string[];
  readonly series: readonly Series[];
  readonly ticks: string;
  readonly hover: string;
  readonly theme: ChartTheme;
}

function trace(series: Series, { months, hover, theme }: LinesOptions): PlotlyObject {
  const colour = series.kind === 'whole' ? theme.text : segmentColour(series.id, theme.scheme);
  const whole = series.kind === 'whole';
  return {
    type: 'scatter',
    mode: whole ? 'lines' : 'lines+markers',
    name: series.name,
    x: months.map((month) => `${month}-01`),
    y: series.values,
    connectgaps: false,
    line: { color: colour, width: whole ? 1.5 : 2, dash: whole ? 'dot' : 'solid' },
    marker: { color: colour, size: 5, symbol: segmentSymbol(series.id) },
    hovertemplate: `%{y:${hover}}`,
  };
}

/** A line a segment over the months. A month without a value is a gap, never a zero. */
export function linesByMonth(options: LinesOptions): Figure {
  const { theme, ticks } = options;
  return {
    data: options.series.map((series) => trace(series, options)),
    layout: {
      ...baseLayout(theme),
      margin: { l: 8, r: 12, t: 8, b: 26 },
      hovermode: 'x unified',
      showlegend: true,
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.02,
        yanchor: 'bottom',
        font: { color: theme.text, size: 11 },
        itemwidth: 30,
      },
      xaxis: {
        type: 'date',
        hoverformat: '%B %Y',
        gridcolor: theme.grid,
        showgrid: false,
        nticks: 8,
        tickfont: { color: theme.quiet, size: 11 },
        fixedrange: true,
      },
      yaxis: {
        tickformat: ticks,
        automargin: true,
        nticks: 5,
        gridcolor: theme.grid,
        zerolinecolor: theme.quiet,
        tickfont: { color: theme.quiet, size: 11 },
        fixedrange: true,
      },
    },
  };
}
