import type { DistanceSlots } from './kernel.ts';

/** Squared distances in plain TypeScript between rows of row-major values. */
export function createDistances(
  values: Float64Array,
  columns: number,
  weights: Float64Array = new Float64Array(values.length / columns).fill(1),
): DistanceSlots {
  const rows = weights.length;
  const slots = [0, 1, 2].map(() => new Float64Array(rows).fill(Infinity));
  const [none = new Float64Array(0)] = slots;

  function lower(center: number, from: number, to: number): number {
    const before = slots[from] ?? none;
    const after = slots[to] ?? none;
    const point = values.slice(center * columns, (center + 1) * columns);
    let total = 0;
    for (let row = 0, at = 0; row < rows; row += 1) {
      let sum = 0;
      for (let column = 0; column < columns; column += 1, at += 1) {
        const difference = (values[at] ?? 0) - (point[column] ?? 0);
        sum += difference * difference;
      }
      const lowest = Math.min(sum, before[row] ?? 0);
      after[row] = lowest;
      total += (weights[row] ?? 0) * lowest;
    }
    return total;
  }

  return { slots, weights, lower };
}
