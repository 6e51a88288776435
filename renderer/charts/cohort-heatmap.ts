import { baseLayout, type ChartTheme, type Scheme } from './chart-theme.ts';
import type { Figure, PlotlyObject } from './figure.ts';

interface HeatRow {
  readonly name: string;
  /** One a column; null where there is nothing to say, which is not zero. */
  readonly values: readonly (number | null)[];
  /** What hovering over each says. */
  readonly hover: readonly string[];
}

interface HeatmapOptions {
  /** Stands apart above the others. */
  readonly whole: HeatRow;
  readonly rows: readonly HeatRow[];
  readonly columns: number;
  /** The value with the strongest colour; what is above has the same. */
  readonly full: number;
  readonly label: (value: number) => string;
  /** Whether cells have room for their values. */
  readonly written: boolean;
  readonly theme: ChartTheme;
}

/** From zero, which is seen on the card, to the strongest; the card's ink reads on all of them. */
export const heatColours: Readonly<Record<Scheme, readonly [string, string]>> = {
  light: ['#e9eff0', '#5cb3a6'],
  dark: ['#2a343d', '#1a7268'],
};

/** The gap between the whole and the first row, in rows. */
const apart = 1.4;

function trace(rows: readonly HeatRow[], at: readonly number[], options: HeatmapOptions) {
  const { columns, full, label, written, theme } = options;
  const [low, high] = heatColours[theme.scheme];
  return {
    type: 'heatmap',
    x: Array.from({ length: columns }, (_, column) => column),
    y: at,
    z: rows.map(({ values }) => values),
    zmin: 0,
    zmax: full,
    colorscale: [
      [0, low],
      [1, high],
    ],
    showscale: false,
    hoverongaps: false,
    xgap: 2,
    ygap: written ? 2 : 1,
    hovertext: rows.map(({ hover }) => hover),
    hoverinfo: 'text',
    ...(written
      ? {
          text: rows.map(({ values }) =>
            values.map((value) => (value === null ? '' : label(value))),
          ),
          texttemplate: '%{text}',
          textfont: { color: theme.text, size: 11 },
        }
      : {}),
  } satisfies PlotlyObject;
}

/** Rows of cells by column number, shaded from zero up; a cell that is null is left out. */
export function cohortHeatmap(options: HeatmapOptions): Figure {
  const { whole, rows, columns, theme } = options;
  const at = rows.map((_, row) => row);
  // So many that every name has 14 px.
  const every = Math.ceil(rows.length / 48);
  const named = at.filter((row) => row % every === 0);
  return {
    data: [trace([whole], [-apart], options), trace(rows, at, options)],
    layout: {
      ...baseLayout(theme),
      margin: { l: 8, r: 4, t: 26, b: 6 },
      showlegend: false,
      xaxis: {
        range: [-0.5, columns - 0.5],
        side: 'top',
        ticks: '',
        dtick: columns > 40 ? 6 : columns > 16 ? 2 : 1,
        tick0: 0,
        showgrid: false,
        zeroline: false,
        tickfont: { color: theme.quiet, size: 11 },
        fixedrange: true,
      },
      yaxis: {
        range: [rows.length - 0.5, -apart - 0.5],
        tickmode: 'array',
        ticks: '',
        tickvals: [-apart, ...named],
        ticktext: [whole.name, ...named.map((row) => rows[row]?.name ?? '')],
        ticklabelstandoff: 6,
        automargin: true,
        showgrid: false,
        zeroline: false,
        tickfont: { color: theme.text, size: 11.5 },
        fixedrange: true,
      },
    },
  };
}
