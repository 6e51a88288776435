/** How many customers are in cluster i of the one and cluster j of the other labelling. */
export type Crosstab = readonly (readonly number[])[];

/** Counts customers by their clusters in two labellings of the same rows; a million take a few milliseconds. */
export function crosstab(
  a: Uint8Array,
  b: Uint8Array,
  size: { readonly rows: number; readonly columns: number },
): Crosstab {
  const cells = new Float64Array(size.rows * size.columns);
  const length = Math.min(a.length, b.length);
  for (let row = 0; row < length; row += 1) {
    const at = (a[row] ?? 0) * size.columns + (b[row] ?? 0);
    cells[at] = (cells[at] ?? 0) + 1;
  }
  return Array.from({ length: size.rows }, (_, row) =>
    Array.from(cells.subarray(row * size.columns, (row + 1) * size.columns)),
  );
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The adjusted Rand index of two labellings from their cross table: 1 where they part customers alike, about 0 where
 * they agree no more than by chance. Hubert and Arabie (1985), Comparing partitions, equation 5.
 */
export function adjustedRand(table: Crosstab): number {
  const rows = table.map(sum);
  const columns = (table[0] ?? []).map((_, at) => sum(table.map((row) => row[at] ?? 0)));
  const together = sum(table.flat().map(pairs));
  const inRows = sum(rows.map(pairs));
  const inColumns = sum(columns.map(pairs));
  const all = pairs(sum(rows));
  const expected = all === 0 ? 0 : (inRows * inColumns) / all;
  const most = (inRows + inColumns) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}
