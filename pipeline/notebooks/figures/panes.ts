import type { JsonObject } from '../document/notebook-document.ts';

/** Where the nth of several small charts stands: the names of its axes, and its part of the figure. */
export interface Pane {
  readonly x: string;
  readonly y: string;
  /** Names of the axes in the layout. */
  readonly xaxis: string;
  readonly yaxis: string;
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
  readonly leftmost: boolean;
}

/** `count` panes in rows from the top, with room for a title above each; `gap` is in parts of the figure. */
export function panes(
  count: number,
  columns: number,
  gap: { readonly across: number; readonly up: number },
): Pane[] {
  const rows = Math.max(1, Math.ceil(count / columns));
  const width = (1 - gap.across * (columns - 1)) / columns;
  const height = (1 - gap.up * (rows - 1)) / rows;
  return Array.from({ length: count }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const left = column * (width + gap.across);
    const top = 1 - row * (height + gap.up);
    const number = at === 0 ? '' : String(at + 1);
    return {
      x: `x${number}`,
      y: `y${number}`,
      xaxis: `xaxis${number}`,
      yaxis: `yaxis${number}`,
      across: [left, Math.min(1, left + width)],
      up: [Math.max(0, top - height), top],
      leftmost: column === 0,
    };
  });
}

/** The title of a pane, above its left corner. */
export function paneTitle(pane: Pane, text: string): JsonObject {
  return {
    xref: 'paper',
    yref: 'paper',
    x: pane.across[0],
    y: pane.up[1],
    xanchor: 'left',
    yanchor: 'bottom',
    yshift: 4,
    text,
    showarrow: false,
    font: { size: 12 },
  };
}
