import { withinRounding } from '../column-summary.ts';
import { risingOrder } from '../rising-order.ts';
import { centreColumn, dotProduct, largestOf } from './centre-column.ts';

/** Square and symmetric; null where one of the two columns is constant. */
export type CorrelationMatrix = readonly (readonly (number | null)[])[];

/** The column around its mean and of length 1, or null if it is constant. */
function unitColumn(column: Float64Array): Float64Array | null {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of column) {
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  if (column.length < 2 || withinRounding(minimum, maximum)) return null;
  // The halves of a column have a range even where its own overflows.
  const halve = !Number.isFinite(maximum - minimum);
  const { centred } = centreColumn(halve ? column.map((value) => value / 2) : column);
  const largest = largestOf(centred);
  const scaled = centred.map((value) => value / largest);
  const length = Math.sqrt(dotProduct(scaled, scaled));
  return scaled.map((value) => value / length);
}

/** Ranks from 1; equal values share the mean of theirs. */
function averageRanks(column: Float64Array): Float64Array {
  const order = risingOrder(column);
  const ranks = new Float64Array(column.length);
  for (let start = 0; start < order.length;) {
    const value = column[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && column[order[end] ?? 0] === value) end += 1;
    for (let at = start; at < end; at += 1) ranks[order[at] ?? 0] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

interface Prepared {
  readonly column: Float64Array;
  /** Null if the column misses values, and so must be prepared anew with each partner. */
  readonly complete: { readonly unit: Float64Array | null } | null;
}

type Measure = (column: Float64Array) => Float64Array | null;

function correlate(a: Prepared, b: Prepared, measure: Measure): number | null {
  let first = a.complete?.unit ?? null;
  let second = b.complete?.unit ?? null;
  if (a.complete === null || b.complete === null) {
    const both = a.column.map((value, row) => value + (b.column[row] ?? 0));
    const there = (_: number, row: number): boolean => !Number.isNaN(both[row]);
    first = measure(a.column.filter(there));
    second = measure(b.column.filter(there));
  }
  if (first === null || second === null) return null;
  if (a === b) return 1;
  return Math.min(1, Math.max(-1, dotProduct(first, second)));
}

function correlationsBy(measure: Measure, columns: readonly Float64Array[]): CorrelationMatrix {
  const rows = columns[0]?.length ?? 0;
  const prepared = columns.map((column, index): Prepared => {
    const infinite = column.findIndex((value) => Math.abs(value) === Infinity);
    if (column.length !== rows || infinite >= 0) {
      throw new RangeError(
        infinite >= 0
          ? `Row ${infinite}, column ${index} is ${column[infinite]}, not a finite number.`
          : `Column ${index} has ${column.length} values, but column 0 has ${rows}.`,
      );
    }
    const missing = column.some((value) => Number.isNaN(value));
    return { column, complete: missing ? null : { unit: measure(column) } };
  });
  const upper = prepared.map((a, i) => prepared.slice(i).map((b) => correlate(a, b, measure)));
  return prepared.map((_, i) =>
    prepared.map((_other, j) => upper[Math.min(i, j)]?.[Math.abs(i - j)] ?? null),
  );
}

/**
 * Pearson's correlation of every two columns (NaN where a value is missing), over the rows in which
 * both are there. RangeError for infinite values and columns of different lengths.
 */
export function pearsonCorrelations(columns: readonly Float64Array[]): CorrelationMatrix {
  return correlationsBy(unitColumn, columns);
}

/** As `pearsonCorrelations`, of ranks (Spearman 1904); ties have the mean of their ranks. */
export function spearmanCorrelations(columns: readonly Float64Array[]): CorrelationMatrix {
  return correlationsBy((column) => unitColumn(averageRanks(column)), columns);
}
