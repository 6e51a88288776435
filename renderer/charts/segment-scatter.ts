import { baseLayout, type ChartTheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';
import { segmentColour, segmentSymbol } from './palette.ts';
import type { ScatterGroup } from './scatter-groups.ts';

interface ScatterOptions {
  readonly groups: readonly ScatterGroup[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly log: boolean;
  /** WebGL draws more points; SVG works everywhere. */
  readonly drawing: 'webgl' | 'svg';
  readonly theme: ChartTheme;
}

function axis(title: string, log: boolean, theme: ChartTheme): PlotlyObject {
  return {
    type: log ? 'log' : 'linear',
    title: { text: title, font: { color: theme.quiet, size: 12 }, standoff: 8 },
    gridcolor: theme.grid,
    zerolinecolor: theme.grid,
    tickfont: { color: theme.quiet, size: 11 },
    automargin: true,
    // Powers of ten and nothing between: minor digits read as values of their own.
    ...(log ? { dtick: 1, exponentformat: 'none', tickformat: ',~r' } : { nticks: 7 }),
  };
}

/** Customers as points, coloured by segment; a click on a name in the legend hides the segment. */
export function segmentScatter(options: ScatterOptions): Figure {
  const { groups, xTitle, yTitle, log, drawing, theme } = options;
  return {
    data: groups.map((group) => ({
      type: drawing === 'webgl' ? 'scattergl' : 'scatter',
      mode: 'markers',
      name: group.name,
      x: group.x,
      y: group.y,
      marker: {
        color: segmentColour(group.id, theme.scheme),
        symbol: segmentSymbol(group.id),
        size: 6,
        opacity: 0.6,
      },
      hovertemplate: `${xTitle} %{x:,.6~r}<br>${yTitle} %{y:,.6~r}<extra>${group.name}</extra>`,
    })),
    layout: {
      ...baseLayout(theme),
      margin: { l: 8, r: 12, t: 8, b: 8 },
      hovermode: 'closest',
      dragmode: 'zoom',
      uirevision: `${xTitle} ${yTitle} ${String(log)}`,
      showlegend: true,
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.02,
        yanchor: 'bottom',
        itemsizing: 'constant',
        font: { color: theme.text, size: 12 },
      },
      xaxis: axis(xTitle, log, theme),
      yaxis: axis(yTitle, log, theme),
    },
  };
}
