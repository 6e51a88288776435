import type { Matrix } from '../matrix.ts';
import { flipBorders } from './flip-borders.ts';
import { leastDistance } from './least-distance.ts';
import { allowedAround, type MovableColumn, type Range, reach } from './movable-column.ts';

/** A row, what of it may move, and where it shall end. */
export interface FlipProblem {
  /** Original units, one a column. */
  readonly values: readonly number[];
  readonly columns: readonly MovableColumn[];
  /** Original units, one a column; low and high are the present value where it stays. */
  readonly ranges: readonly Range[];
  /** Scaled units. */
  readonly centroids: Matrix;
  readonly target: number;
}

export interface ScaledProblem extends FlipProblem {
  /** The scaled present values. */
  readonly present: readonly number[];
  /** The size of scaled values, which the tolerances are relative to. */
  readonly unit: number;
}

/** How far past the border the row must get, so that another order of summation does not put it back. */
const BEYOND = 1e-9;
/** Scaled values as near as this are one; it eats little of what `BEYOND` leaves. */
const SAME = 1e-11;

export function scaleRow(columns: readonly MovableColumn[], values: readonly number[]): number[] {
  return values.map((value, column) => columns[column]?.forward(value) ?? 0);
}

export function squaredBetween(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
}

export function scaleProblem(problem: FlipProblem): ScaledProblem {
  const present = scaleRow(problem.columns, problem.values);
  const sizes = [...present, ...problem.centroids.values].map(Math.abs);
  return { ...problem, present, unit: Math.max(1, ...sizes) };
}

/** The nearest scaled row in the target's cell and within the ranges, steps left out of account. */
export function relax(problem: ScaledProblem, ranges: readonly Range[]): number[] | null {
  const { columns, centroids, target, present, unit } = problem;
  const lows = ranges.map(({ low }, j) => columns[j]?.forward(low) ?? 0);
  const highs = ranges.map(({ high }, j) => columns[j]?.forward(high) ?? 0);
  const moving = [...present.keys()].filter((j) => (lows[j] ?? 0) < (highs[j] ?? 0));
  const start = present.map((value, j) => (moving.includes(j) ? value : (lows[j] ?? 0)));
  const halfSpaces = flipBorders(centroids, target, { start, moving, beyond: BEYOND * unit });
  if (!halfSpaces) return null;
  for (const [index, j] of moving.entries()) {
    const up = new Float64Array(moving.length);
    up[index] = 1;
    const [low, high, from] = [lows[j] ?? 0, highs[j] ?? 0, present[j] ?? 0];
    if (low > -Infinity) halfSpaces.push({ normal: up, least: low - from });
    if (high < Infinity) halfSpaces.push({ normal: up.map((value) => -value), least: from - high });
  }
  const steps = leastDistance(halfSpaces, moving.length);
  if (!steps) return null;
  for (const [index, j] of moving.entries()) start[j] = (start[j] ?? 0) + (steps[index] ?? 0);
  return start;
}

/** A scaled value back in original units: an allowed value, or where there is none the two around it. */
export interface Landing {
  readonly around: Range;
  /** How far the nearer of the two is off, scaled; 0 for an allowed value. */
  readonly gap: number;
}

function landColumn(
  { columns, values, unit }: ScaledProblem,
  index: number,
  { range, wanted }: { range: Range; wanted: number },
): Landing {
  const column = columns[index];
  const present = values[index] ?? 0;
  if (!column || range.low === range.high) return { around: range, gap: 0 };
  const { forward, freedom } = column;
  // By rounding it can be out of reach: above what a clipped column ever gets to, for instance.
  const scaled = Math.min(forward(range.high), Math.max(forward(range.low), wanted));
  const same = (value: number): boolean => Math.abs(forward(value) - scaled) <= SAME * unit;
  const from = Math.min(range.high, Math.max(range.low, present));
  if (same(from)) return { around: { low: from, high: from }, gap: 0 };
  const to = scaled > forward(from) ? range.high : range.low;
  const value = reach(forward, { from, to }, scaled);
  const around = allowedAround(value, present, freedom.kind === 'free' ? freedom.step : undefined);
  for (const exact of [around.low, around.high]) {
    if (same(exact)) return { around: { low: exact, high: exact }, gap: 0 };
  }
  if (around.low === around.high) return { around, gap: 0 };
  const gap = Math.min(scaled - forward(around.low), forward(around.high) - scaled);
  return { around, gap };
}

/** Brings a scaled row back to original units, column by column. */
export function land(
  problem: ScaledProblem,
  ranges: readonly Range[],
  scaled: readonly number[],
): Landing[] {
  return ranges.map((range, j) => landColumn(problem, j, { range, wanted: scaled[j] ?? 0 }));
}
