import { baseLayout, type ChartTheme, type Scheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';

interface WaterfallTerm {
  readonly name: string;
  readonly value: number;
  /** The value in words, beside its bar. */
  readonly words: string;
  /** What hovering says. */
  readonly hover: string;
}

interface Stand {
  readonly name: string;
  readonly value: number;
  readonly words: string;
}

interface WaterfallOptions {
  readonly before: Stand;
  /** From the first to the last; together they lead from before to after. */
  readonly terms: readonly WaterfallTerm[];
  readonly after: Stand;
  readonly ticks: string;
  readonly theme: ChartTheme;
}

/** Blue up and orange down, told apart with every common kind of colour blindness; neither is good or bad. */
const directions: Readonly<Record<Scheme, { readonly up: string; readonly down: string }>> = {
  light: { up: '#0072b2', down: '#cf5500' },
  dark: { up: '#4aa8e8', down: '#ff8a4a' },
};

/** Where each term begins and ends. */
function stairs(start: number, terms: readonly WaterfallTerm[]): { from: number; to: number }[] {
  let at = start;
  return terms.map(({ value }) => {
    const from = at;
    at += value;
    return { from, to: at };
  });
}

/** Every step and both ends, with room for words of 70 px to the right of the last in 330 px of axis; zero need not be there. */
export function waterfallRange(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || Math.abs(high) || 1;
  return [low - 0.08 * span, high + 0.34 * span];
}

function note(x: number, y: number, text: string, theme: ChartTheme): PlotlyObject {
  return {
    xref: 'x',
    yref: 'y',
    x,
    y,
    text,
    showarrow: false,
    xanchor: 'left',
    xshift: 8,
    font: { color: theme.text, size: 12.5 },
  };
}

function axes({ before, terms, after, ticks, theme }: WaterfallOptions): PlotlyObject {
  const names = [before.name, ...terms.map(({ name }) => name), after.name];
  const ends = stairs(before.value, terms).map(({ to }) => to);
  return {
    xaxis: {
      range: waterfallRange([before.value, ...ends, after.value]),
      tickformat: ticks,
      nticks: 6,
      gridcolor: theme.grid,
      zeroline: false,
      tickfont: { color: theme.quiet, size: 11 },
      fixedrange: true,
    },
    yaxis: {
      range: [names.length - 0.5, -0.5],
      tickmode: 'array',
      tickvals: names.map((_, row) => row),
      ticktext: names,
      ticklabelstandoff: 6,
      automargin: true,
      showgrid: false,
      zeroline: false,
      fixedrange: true,
    },
  };
}

/** The two ends are marks, not bars: the axis need not begin at zero, and a bar cut off there would lie. */
function ends({ before, terms, after, theme }: WaterfallOptions): PlotlyObject {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [before.value, after.value],
    y: [0, terms.length + 1],
    hovertext: [`${before.name}: ${before.words}`, `${after.name}: ${after.words}`],
    hoverinfo: 'text',
    marker: { symbol: 'diamond', size: 11, color: theme.text },
  };
}

/** How terms lead from one value to another, from top to bottom. */
export function changeWaterfall(options: WaterfallOptions): Figure {
  const { before, terms, after, theme } = options;
  const { up, down } = directions[theme.scheme];
  const steps = stairs(before.value, terms);
  const edge = (row: number): number => Math.max(steps[row]?.from ?? 0, steps[row]?.to ?? 0);
  return {
    data: [
      {
        type: 'waterfall',
        orientation: 'h',
        base: before.value,
        // The first and the last have no length: only their connectors are drawn.
        x: [0, ...terms.map(({ value }) => value), 0],
        y: [0, ...terms.map((_, row) => row + 1), terms.length + 1],
        measure: Array.from({ length: terms.length + 2 }, () => 'relative'),
        width: 0.56,
        hovertext: ['', ...terms.map(({ hover }) => hover), ''],
        hoverinfo: 'text',
        increasing: { marker: { color: up } },
        decreasing: { marker: { color: down } },
        connector: { mode: 'between', line: { color: theme.quiet, width: 1, dash: 'dot' } },
      },
      ends(options),
    ],
    layout: {
      ...baseLayout(theme),
      ...axes(options),
      margin: { l: 8, r: 12, t: 6, b: 26 },
      showlegend: false,
      annotations: [
        note(before.value, 0, `<b>${before.words}</b>`, theme),
        ...terms.map((term, row) => note(edge(row), row + 1, term.words, theme)),
        note(after.value, terms.length + 1, `<b>${after.words}</b>`, theme),
      ],
    },
  };
}
