export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Population skewness and excess kurtosis: 0 and 0 for a normal distribution. */
export function moments(values: readonly number[]): { skewness: number; excessKurtosis: number } {
  const centre = mean(values);
  const power = (n: number): number => mean(values.map((value) => (value - centre) ** n));
  return { skewness: power(3) / power(2) ** 1.5, excessKurtosis: power(4) / power(2) ** 2 - 3 };
}

/** Pearson's. */
export function correlation(xs: readonly number[], ys: readonly number[]): number {
  const xMean = mean(xs);
  const yMean = mean(ys);
  const product = sum(xs.map((x, index) => (x - xMean) * ((ys[index] ?? 0) - yMean)));
  const squares = (values: readonly number[], centre: number): number =>
    sum(values.map((value) => (value - centre) ** 2));
  return product / Math.sqrt(squares(xs, xMean) * squares(ys, yMean));
}

export function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  return Map.groupBy(values, keyOf);
}
