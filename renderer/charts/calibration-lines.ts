import { baseLayout, type ChartTheme, type Scheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';

interface CalibrationPoint {
  readonly group: string;
  readonly predicted: number;
  readonly actual: number;
  readonly customers: string;
}

interface CalibrationOptions {
  readonly points: readonly CalibrationPoint[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly theme: ChartTheme;
}

const promised: Readonly<Record<Scheme, string>> = { light: '#0b7268', dark: '#3cc4b4' };

function line(which: 'predicted' | 'actual', { points, theme }: CalibrationOptions): PlotlyObject {
  const predicted = which === 'predicted';
  const colour = predicted ? promised[theme.scheme] : theme.text;
  const words = predicted ? 'predicted' : 'bought';
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: predicted ? 'Predicted' : 'Bought',
    x: points.map(({ group }) => group),
    y: points.map((point) => point[which]),
    line: { color: colour, width: 2, dash: predicted ? 'dot' : 'solid' },
    marker: { color: colour, size: 8, symbol: predicted ? 'diamond-open' : 'circle' },
    hovertext: points.map((point) => `${point[which].toFixed(2)} ${words}, ${point.customers}`),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}

/** What was promised and what came, by group in the order given. */
export function calibrationLines(options: CalibrationOptions): Figure {
  const { theme, xTitle, yTitle } = options;
  const title = (text: string): PlotlyObject => ({
    text,
    font: { color: theme.quiet, size: 12 },
    standoff: 8,
  });
  const tickfont = { color: theme.quiet, size: 11 };
  return {
    data: [line('actual', options), line('predicted', options)],
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
        font: { color: theme.text, size: 12 },
      },
      xaxis: {
        type: 'category',
        title: title(xTitle),
        automargin: true,
        showgrid: false,
        spikecolor: theme.quiet,
        spikethickness: 1,
        tickfont,
        fixedrange: true,
      },
      yaxis: {
        title: title(yTitle),
        rangemode: 'tozero',
        automargin: true,
        nticks: 6,
        gridcolor: theme.grid,
        zerolinecolor: theme.quiet,
        tickfont,
        fixedrange: true,
      },
    },
  };
}
