import { linearTicks } from './linear-ticks.ts';

export interface ScoreValue {
  readonly k: number;
  readonly value: number | null;
  /** One standard error, where the score has one. */
  readonly error: number | null;
}

/** Positions are percent of the plot, from its left and its top. */
export interface ScorePoint {
  readonly k: number;
  readonly value: number | null;
  readonly left: number;
  readonly top: number | null;
  /** The ends of its error bar. */
  readonly whisker: { readonly top: number; readonly bottom: number } | null;
}

export interface ScoreShape {
  readonly points: readonly ScorePoint[];
  readonly ticks: readonly { readonly value: number; readonly top: number }[];
  /** An SVG path in a box of 100 by 100; a k without a value is a gap. */
  readonly path: string;
  /** Where a value of the axis stands; null outside of it. */
  readonly topOf: (value: number) => number | null;
}

function bounds(values: readonly ScoreValue[], floor: number | null): [number, number] {
  let low = floor ?? Infinity;
  let high = -Infinity;
  for (const { value, error } of values) {
    if (value === null) continue;
    low = Math.min(low, value - (error ?? 0));
    high = Math.max(high, value + (error ?? 0));
  }
  const pad = (high - low) * 0.12 || Math.abs(high) * 0.1 || 1;
  return [floor === null ? low - pad : floor, high + pad];
}

function linePath(points: readonly ScorePoint[]): string {
  let path = '';
  let pen = 'M';
  for (const { left, top } of points) {
    if (top !== null) path += `${pen}${left.toFixed(2)} ${top.toFixed(2)}`;
    pen = top === null ? 'M' : 'L';
  }
  return path;
}

/** A score over the numbers of clusters as places in a box, or null where no k has a value. A floor begins the axis. */
export function scoreShape(
  values: readonly ScoreValue[],
  floor: number | null = null,
): ScoreShape | null {
  if (values.every(({ value }) => value === null)) return null;
  const [low, high] = bounds(values, floor);
  const place = (value: number): number => (100 * (high - value)) / (high - low);
  const points = values.map(({ k, value, error }, at) => ({
    k,
    value,
    left: (100 * (at + 0.5)) / values.length,
    top: value === null ? null : place(value),
    whisker:
      value === null || error === null
        ? null
        : { top: place(value + error), bottom: place(value - error) },
  }));
  return {
    points,
    ticks: linearTicks(low, high, 3).map((value) => ({ value, top: place(value) })),
    path: linePath(points),
    topOf: (value) => (value < low || value > high ? null : place(value)),
  };
}
