import type { Matrix } from '../matrix.ts';

export const PANEL_COLUMNS = 4;

/**
 * Rows for loops over distances: columns lie in panels of four, each row-major, so that value c of a
 * row is at `values[(panel * rows + row) * 4 + c % 4]` with panel = floor(c / 4). The last panel is
 * filled up with zeros, which add nothing to a distance.
 */
export interface PackedPoints {
  readonly values: Float64Array;
  readonly rows: number;
  readonly panels: number;
}

/** Brings the largest magnitude near 1 by a power of two: exact, and no square overflows. */
function rescale(values: Float64Array): void {
  let largest = 0;
  for (let at = 0; at < values.length; at += 1) {
    largest = Math.max(largest, Math.abs(values[at] ?? 0));
  }
  if (largest === 0) return;
  const unit = 2 ** Math.min(1023, -Math.floor(Math.log2(largest)));
  for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) * unit;
}

/** Packs some rows of a matrix in the order given, in a unit of its own: distances keep their ratios only. */
export function packRows({ values, columns }: Matrix, order: Int32Array): PackedPoints {
  const panels = Math.ceil(columns / PANEL_COLUMNS);
  const packed = new Float64Array(panels * order.length * PANEL_COLUMNS);
  for (let column = 0; column < columns; column += 1) {
    const panel = Math.floor(column / PANEL_COLUMNS);
    let target = panel * order.length * PANEL_COLUMNS + (column % PANEL_COLUMNS);
    for (let at = 0; at < order.length; at += 1, target += PANEL_COLUMNS) {
      packed[target] = values[(order[at] ?? 0) * columns + column] ?? 0;
    }
  }
  rescale(packed);
  return { values: packed, rows: order.length, panels };
}
