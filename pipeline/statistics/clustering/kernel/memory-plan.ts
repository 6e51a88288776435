import type { Precision } from './kernel.ts';

/** A block holds 64 bytes of every column. */
const LINE = 64;

export interface KernelSizes {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly precision: Precision;
}

/** Addresses in the kernel's memory; kernel.assembly.ts says what shape things have there. */
export interface MemoryPlan {
  readonly blockRows: number;
  /** Rows of zeros that fill up the last block included. */
  readonly blockedRows: number;
  readonly pairs: number;
  readonly points: number;
  readonly weights: number;
  readonly labels: number;
  readonly slots: readonly number[];
  readonly centers: number;
  readonly norms: number;
  readonly sums: number;
  readonly counts: number;
  readonly found: number;
  readonly end: number;
}

/** Where things lie in the memory of a kernel of these sizes. */
export function planMemory({ rows, columns, k, precision }: KernelSizes): MemoryPlan {
  const bytes = precision === 'float32' ? 4 : 8;
  const blockRows = LINE / bytes;
  const blockedRows = Math.ceil(rows / blockRows) * blockRows;
  const pairs = Math.ceil(k / 2);
  let end = 0;
  const reserve = (size: number): number => {
    const start = end;
    end += Math.ceil(size / LINE) * LINE;
    return start;
  };
  const plan = {
    blockRows,
    blockedRows,
    pairs,
    points: reserve(blockedRows * columns * bytes),
    weights: reserve(blockedRows * bytes),
    labels: reserve(blockedRows * 4),
    slots: [0, 1, 2].map(() => reserve(blockedRows * bytes)),
    centers: reserve(pairs * 2 * columns * bytes),
    norms: reserve(pairs * 2 * bytes),
    sums: reserve(k * columns * 8),
    counts: reserve(k * 8),
    found: reserve(LINE),
  };
  return { ...plan, end };
}

/** The index of a row's first value among the points; the next columns' follow `blockRows` apart. */
export function placeOf(row: number, columns: number, { blockRows }: MemoryPlan): number {
  const lane = row % blockRows;
  return (row - lane) * columns + lane;
}
