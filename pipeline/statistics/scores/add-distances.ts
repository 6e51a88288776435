import { PANEL_COLUMNS, type PackedPoints } from './packed-points.ts';

/** Rows `from` .. `to` - 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the panels before the last two leave their squares: as long as the longest span at least. */
export type Scratch = Float64Array;

/** Adds to the squared distances of one row to a span of rows what one panel gives. */
function addSquares(
  { values, rows }: PackedPoints,
  { panel, row, from, to }: Span & { panel: number; row: number },
  squares: Scratch,
): void {
  const own = (panel * rows + row) * PANEL_COLUMNS;
  const x0 = values[own] ?? 0;
  const x1 = values[own + 1] ?? 0;
  const x2 = values[own + 2] ?? 0;
  const x3 = values[own + 3] ?? 0;
  let at = (panel * rows + from) * PANEL_COLUMNS;
  for (let index = 0; index < to - from; index += 1, at += PANEL_COLUMNS) {
    const d0 = (values[at] ?? 0) - x0;
    const d1 = (values[at + 1] ?? 0) - x1;
    const d2 = (values[at + 2] ?? 0) - x2;
    const d3 = (values[at + 3] ?? 0) - x3;
    squares[index] = (squares[index] ?? 0) + (d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3));
  }
}

function addFromOnePanel(
  { values }: PackedPoints,
  { row, from, to }: Span & { row: number },
  sums: Float64Array,
): number {
  const own = row * PANEL_COLUMNS;
  const x0 = values[own] ?? 0;
  const x1 = values[own + 1] ?? 0;
  const x2 = values[own + 2] ?? 0;
  const x3 = values[own + 3] ?? 0;
  let total = 0;
  for (let other = from, at = from * PANEL_COLUMNS; other < to; other += 1, at += PANEL_COLUMNS) {
    const d0 = (values[at] ?? 0) - x0;
    const d1 = (values[at + 1] ?? 0) - x1;
    const d2 = (values[at + 2] ?? 0) - x2;
    const d3 = (values[at + 3] ?? 0) - x3;
    const distance = Math.sqrt(d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3));
    total += distance;
    sums[other] = (sums[other] ?? 0) + distance;
  }
  return total;
}

function addFromLastTwoPanels(
  { values, rows, panels }: PackedPoints,
  { row, from, to, squares }: Span & { row: number; squares: Scratch },
  sums: Float64Array,
): number {
  const step = rows * PANEL_COLUMNS;
  const own = ((panels - 2) * rows + row) * PANEL_COLUMNS;
  const x0 = values[own] ?? 0;
  const x1 = values[own + 1] ?? 0;
  const x2 = values[own + 2] ?? 0;
  const x3 = values[own + 3] ?? 0;
  const x4 = values[own + step] ?? 0;
  const x5 = values[own + step + 1] ?? 0;
  const x6 = values[own + step + 2] ?? 0;
  const x7 = values[own + step + 3] ?? 0;
  let total = 0;
  let at = ((panels - 2) * rows + from) * PANEL_COLUMNS;
  for (let other = from; other < to; other += 1, at += PANEL_COLUMNS) {
    const d0 = (values[at] ?? 0) - x0;
    const d1 = (values[at + 1] ?? 0) - x1;
    const d2 = (values[at + 2] ?? 0) - x2;
    const d3 = (values[at + 3] ?? 0) - x3;
    const d4 = (values[at + step] ?? 0) - x4;
    const d5 = (values[at + step + 1] ?? 0) - x5;
    const d6 = (values[at + step + 2] ?? 0) - x6;
    const d7 = (values[at + step + 3] ?? 0) - x7;
    const near = d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
    const far = d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7);
    const distance = Math.sqrt(near + far + (squares[other - from] ?? 0));
    total += distance;
    sums[other] = (sums[other] ?? 0) + distance;
  }
  return total;
}

/**
 * Adds the Euclidean distance of one row to each row of a span to `sums` at that row, and gives their
 * sum. From differences: right at any offset. The inner loop of the exact silhouette.
 */
export function addDistances(
  points: PackedPoints,
  row: number,
  { from, to }: Span,
  { sums, scratch }: { sums: Float64Array; scratch: Scratch },
): number {
  if (points.panels === 1) return addFromOnePanel(points, { row, from, to }, sums);
  scratch.fill(0, 0, to - from);
  for (let panel = 0; panel < points.panels - 2; panel += 1) {
    addSquares(points, { panel, row, from, to }, scratch);
  }
  return addFromLastTwoPanels(points, { row, from, to, squares: scratch }, sums);
}
