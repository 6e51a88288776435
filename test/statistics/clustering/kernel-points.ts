import { createMatrix, type Matrix, selectRows } from '../../../pipeline/statistics/matrix.ts';
import { createRandom, type Random } from '../../../pipeline/statistics/random.ts';

export interface PointsRecipe {
  readonly kind: 'apart' | 'overlapping' | 'skewed' | 'grid' | 'far' | 'whales' | 'groups';
  readonly seed: number;
  readonly rows: number;
  readonly columns: number;
  readonly centers: number;
}

const SPREADS = { apart: 1, overlapping: 5, far: 3 };

/** One cloud, and far from it `centers` rows, or as many groups of five. */
function fillRare(
  { values, columns }: Matrix,
  { random, kind, centers }: { random: Random; kind: 'whales' | 'groups'; centers: number },
): void {
  const float = (): number => random.float();
  const middles = Float64Array.from({ length: centers * columns }, () => (float() - 0.5) * 200);
  const few = centers * (kind === 'whales' ? 1 : 5) * columns;
  for (let at = 0; at < values.length; at += 1) {
    const bell = float() + float() + float() + float() - 2;
    const middle = (middles[at % middles.length] ?? 0) * (kind === 'whales' ? 100 : 1);
    values[at] = at < few ? bell + middle : bell;
  }
}

/** The points of test/fixtures/clustering/make-kernel.py, to the last bit. */
export function makePoints({ kind, seed, rows, columns, centers }: PointsRecipe): Matrix {
  const random = createRandom(seed);
  const float = (): number => random.float();
  const matrix = createMatrix(rows, columns);
  if (kind === 'skewed' || kind === 'grid') {
    for (let at = 0; at < matrix.values.length; at += 1) {
      matrix.values[at] = kind === 'grid' ? Math.floor(float() * 6) : 1 / (0.02 + float());
    }
    return matrix;
  }
  if (kind === 'whales' || kind === 'groups') {
    fillRare(matrix, { random, kind, centers });
    return matrix;
  }
  const middles = Float64Array.from({ length: centers * columns }, () => float() * 10);
  for (let at = 0; at < matrix.values.length;) {
    const middle = Math.floor(float() * centers) * columns;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const bell = float() + float() + float() + float() - 2;
      const value = (middles[middle + column] ?? 0) + SPREADS[kind] * bell;
      matrix.values[at] = kind === 'far' ? value + 1e8 : value;
    }
  }
  return matrix;
}

/** The rows in another order, and where each of them was. */
export function shuffled(matrix: Matrix, seed: number): { matrix: Matrix; from: Int32Array } {
  const random = createRandom(seed);
  const from = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  for (let last = from.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [from[last], from[other]] = [from[other] ?? 0, from[last] ?? 0];
  }
  return { matrix: selectRows(matrix, from), from };
}
