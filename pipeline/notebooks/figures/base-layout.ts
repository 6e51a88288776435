import type { JsonObject } from '../document/notebook-document.ts';

/** Okabe and Ito's hues (2008), each with contrast 3:1 on white: those of the pages, in their order. */
const colourway = [
  '#0072b2',
  '#c47f00',
  '#008f68',
  '#bb5f95',
  '#cf5500',
  '#3a9bd0',
  '#7a6fc9',
  '#7d7f1d',
] as const;

export const quiet = '#7b8592';

/** Low to high, even to the eye in its lightness. */
export const colourScale = [
  [0, '#e8f1f8'],
  [0.25, '#a9cfe8'],
  [0.5, '#4f9fd0'],
  [0.75, '#0072b2'],
  [1, '#00395c'],
] as const;

/** Lines that show on light and on dark pages. */
export const grid = 'rgba(128,138,150,0.22)';

export function colourAt(index: number): string {
  return colourway[index % colourway.length] ?? quiet;
}

/** The parts of a layout that every figure has: transparent, without a frame, and the legend on top. */
export function baseLayout(title: string | null): JsonObject {
  return {
    autosize: true,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    colorway: colourway,
    font: { family: 'Inter, system-ui, sans-serif', size: 12 },
    hoverlabel: { align: 'left' },
    separators: '.,',
    legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', font: { size: 11 } },
    margin: { l: 8, r: 12, t: title === null ? 28 : 56, b: 8 },
    ...(title === null
      ? {}
      : {
          title: {
            text: title,
            x: 0,
            xref: 'paper',
            xanchor: 'left',
            y: 1,
            yref: 'container',
            yanchor: 'top',
            pad: { t: 6 },
            font: { size: 14 },
          },
        }),
  };
}

export function axis(title: string, more: JsonObject = {}): JsonObject {
  return {
    title: { text: title, font: { size: 11 }, standoff: 10 },
    automargin: true,
    gridcolor: grid,
    zerolinecolor: grid,
    ...more,
  };
}

/** What a reader must know of what is drawn, below the figure on the right. */
export function note(text: string): JsonObject {
  return {
    xref: 'paper',
    yref: 'paper',
    x: 1,
    y: 1.02,
    xanchor: 'right',
    yanchor: 'bottom',
    text,
    showarrow: false,
    font: { size: 11, color: quiet },
  };
}
