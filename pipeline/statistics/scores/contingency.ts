export interface Contingency {
  /** The labels present in each labelling, rising, and how many rows each has. */
  readonly first: readonly Group[];
  readonly second: readonly Group[];
  /** The pairs of labels that occur, by positions in `first` and `second`. */
  readonly cells: readonly Cell[];
}

interface Group {
  readonly label: number;
  readonly size: number;
}

interface Cell {
  readonly first: number;
  readonly second: number;
  readonly count: number;
}

function groupsOf(labels: Int32Array): Group[] {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes].toSorted(([a], [b]) => a - b).map(([label, size]) => ({ label, size }));
}

function positionsOf(groups: readonly Group[]): Map<number, number> {
  return new Map(groups.map(({ label }, position) => [label, position]));
}

/** How two labellings of the same rows fall together. RangeError without a row or where lengths differ. */
export function contingency(firstLabels: Int32Array, secondLabels: Int32Array): Contingency {
  if (firstLabels.length !== secondLabels.length || firstLabels.length === 0) {
    throw new RangeError(
      `Labellings of the same rows are compared, not of ${firstLabels.length} and ${secondLabels.length} rows.`,
    );
  }
  const first = groupsOf(firstLabels);
  const second = groupsOf(secondLabels);
  const inFirst = positionsOf(first);
  const inSecond = positionsOf(second);
  const counts = new Map<number, number>();
  for (const [row, label] of firstLabels.entries()) {
    const other = inSecond.get(secondLabels[row] ?? 0) ?? 0;
    const key = (inFirst.get(label) ?? 0) * second.length + other;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const cells = [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([key, count]) => ({
      first: Math.floor(key / second.length),
      second: key % second.length,
      count,
    }));
  return { first, second, cells };
}
