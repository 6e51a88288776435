/** Sums of terms that come one by one; their order does not change a bit of what they come to. */
interface OrderlessSums {
  /** Adds a term to the sum at `index`. */
  add(index: number, term: number): void;
  /** The sum divided by a count; finite even where the sum itself is beyond doubles. */
  mean(index: number, count: number): number;
}

interface Bound {
  /** How many terms there are at most. */
  readonly terms: number;
  /** None is larger by magnitude. */
  readonly largest: number;
}

/**
 * What cuts terms at two grids so coarse that sums of their parts never round: for a term t times `unit`,
 * t + coarse - coarse is a multiple of the first grid, and of what it leaves the same with `fine` one of
 * the second (Demmel and Nguyen 2013, Fast Reproducible Floating-Point Summation). What lies below that
 * is lost, of a term no more than terms^2 2^-101 of the largest.
 */
function gridsFor({ terms, largest }: Bound): { unit: number; coarse: number; fine: number } {
  const coarse = 2 ** (Math.ceil(Math.log2(Math.max(1, terms))) + 1);
  const unit = 2 ** -Math.max(-1022, Math.ceil(Math.log2(largest)));
  return { unit, coarse, fine: coarse * coarse * 2 ** -53 };
}

/** `size` sums of 0 so far. They become NaN if `largest` is not finite. */
export function createSums(size: number, bound: Bound): OrderlessSums {
  const { unit, coarse, fine } = gridsFor(bound);
  const high = new Float64Array(size);
  const low = new Float64Array(size);
  return {
    add: (index, term) => {
      const value = term * unit;
      const top = value + coarse - coarse;
      high[index] = (high[index] ?? 0) + top;
      low[index] = (low[index] ?? 0) + (value - top + fine - fine);
    },
    mean: (index, count) => ((high[index] ?? 0) + (low[index] ?? 0)) / count / unit,
  };
}

function sumInUnits(terms: Float64Array): { sum: number; unit: number } {
  let largest = 0;
  for (let at = 0; at < terms.length; at += 1) {
    const size = Math.abs(terms[at] ?? 0);
    if (!(size <= largest)) largest = size;
  }
  const { unit, coarse, fine } = gridsFor({ terms: terms.length, largest });
  let high = 0;
  let low = 0;
  for (let at = 0; at < terms.length; at += 1) {
    const value = (terms[at] ?? 0) * unit;
    const top = value + coarse - coarse;
    high += top;
    low += value - top + fine - fine;
  }
  return { sum: high + low, unit };
}

/** The sum of terms, the same to the last bit in whatever order they stand; NaN if one is not finite. */
export function sumOf(terms: Float64Array): number {
  const { sum, unit } = sumInUnits(terms);
  return sum / unit;
}

/** As `sumOf`, divided by the number of terms; NaN without any. Finite even where the sum is not. */
export function meanOf(terms: Float64Array): number {
  const { sum, unit } = sumInUnits(terms);
  return sum / terms.length / unit;
}
