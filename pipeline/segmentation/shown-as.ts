/** For each cluster of a fit the label that it is shown under, where `shown` has that of each row. */
export function shownAs(labels: Int32Array, shown: Int32Array, k: number): number[] {
  const places = Array.from({ length: k }, (_, cluster) => cluster);
  const seen = new Set<number>();
  for (const [row, label] of labels.entries()) {
    if (seen.size === k) break;
    seen.add(label);
    places[label] = shown[row] ?? 0;
  }
  return places;
}
