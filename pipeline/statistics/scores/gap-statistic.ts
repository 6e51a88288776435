import type { Matrix } from '../matrix.ts';
import { drawSeeds } from './draw-seeds.ts';
import { drawReference, referenceBox } from './reference-box.ts';

export interface GapRow {
  readonly k: number;
  /** How far the logarithm of the inertia lies below that of evenly spread rows; higher is better. */
  readonly gap: number;
  /** Of `gap`, s_k: the spread over the references times sqrt(1 + 1 / B). */
  readonly standardError: number;
}

export interface GapStatistic {
  readonly rows: readonly GapRow[];
  /** What `gapChoice` says of them. */
  readonly k: number | null;
}

export interface GapOptions {
  /** The numbers of clusters, rising, from 1 (which stands for no groups) to rows - 1. */
  readonly ks: readonly number[];
  /** B, from 2. */
  readonly references: number;
  readonly seed: number;
  /** Of the box of references, as `referenceBox` takes them. */
  readonly axes?: Matrix;
  /** The inertia of the best clustering of k clusters: of the matrix, then of each reference. */
  readonly fit: (matrix: Matrix, k: number, seed: number) => number;
}

/**
 * One k's gap from the inertia of the data and those of B references: mean(ln W*) - ln W, and
 * s = sd(ln W*) sqrt(1 + 1 / B), sd over B (Tibshirani, Walther and Hastie 2001, sections 3 and 4). It is
 * Infinity where the data has no inertia left. RangeError for fewer than 2 references or one without
 * inertia, which is to say for rows that are all equal or no more than k.
 */
export function gapRow(k: number, inertia: number, references: readonly number[]): GapRow {
  if (!(inertia >= 0)) throw new RangeError(`An inertia is a number from 0, not ${inertia}.`);
  if (references.length < 2) {
    throw new RangeError(`A gap needs 2 references at least, not ${references.length}.`);
  }
  const logs = references.map((value) => Math.log(value));
  if (!logs.every(Number.isFinite)) {
    throw new RangeError(
      `The gap of k = ${k} is not defined: a reference has no inertia, as where all rows are equal or there are only ${k}.`,
    );
  }
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
  return {
    k,
    gap: mean - Math.log(inertia),
    standardError: Math.sqrt(variance * (1 + 1 / logs.length)),
  };
}

/**
 * The smallest k whose gap is at least the next one's less that one's standard error (the paper's rule),
 * where `rows` hold rising k without holes; null where none is. 1 says: no more groups than evenly spread
 * rows have.
 */
export function gapChoice(rows: readonly GapRow[]): number | null {
  const found = rows.find(({ gap }, index) => {
    const next = rows[index + 1];
    return next !== undefined && gap >= next.gap - next.standardError;
  });
  return found?.k ?? null;
}

/**
 * The gap statistic of each k (Tibshirani, Walther and Hastie 2001). What it does one after another may
 * be spread: `referenceBox`, then for each k and each of `drawSeeds` the fit of `drawReference`, then
 * `gapRow`.
 */
export function gapStatistic(matrix: Matrix, options: GapOptions): GapStatistic {
  const { ks, references, seed, axes, fit } = options;
  const box = referenceBox(matrix, axes);
  const seeds = drawSeeds(seed, references);
  const inertias = ks.map((): number[] => []);
  for (const referenceSeed of seeds) {
    const reference = drawReference(box, referenceSeed);
    for (const [index, k] of ks.entries()) {
      inertias[index]?.push(fit(reference, k, referenceSeed));
    }
  }
  const rows = ks.map((k, index) => gapRow(k, fit(matrix, k, seed), inertias[index] ?? []));
  return { rows, k: gapChoice(rows) };
}
