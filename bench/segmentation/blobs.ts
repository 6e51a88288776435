import { join } from 'node:path';
import { assignNearest } from '../../pipeline/statistics/clustering/assign.ts';
import { createMatrix, type Matrix } from '../../pipeline/statistics/matrix.ts';
import { createRandom, type Random } from '../../pipeline/statistics/random.ts';
import { once } from '../input.ts';
import { cache } from '../places.ts';
import { writeNumbers } from './raw-numbers.ts';

export const COLUMNS = 8;
const BLOBS = 7;
const SEED = 1;

/** Where centres stand about four standard deviations of a blob apart: neighbours overlap. */
function centres(random: Random): Matrix {
  const matrix = createMatrix(BLOBS, COLUMNS);
  for (let at = 0; at < matrix.values.length; at += 1) matrix.values[at] = random.normal();
  return matrix;
}

/** Normal blobs of different sizes (as 1 to 7) and spreads (0.7 to 1.3). */
function blobs(rows: number): { points: Matrix; around: Matrix } {
  const random = createRandom(SEED);
  const around = centres(random);
  const points = createMatrix(rows, COLUMNS);
  const sizes = Array.from({ length: BLOBS }, (_, blob) => blob + 1);
  const tickets = sizes.flatMap((size, blob) => Array.from({ length: size }, () => blob));
  for (let row = 0, at = 0; row < rows; row += 1) {
    const blob = tickets[random.integer(tickets.length)] ?? 0;
    const spread = 0.7 + blob * 0.1;
    for (let column = 0; column < COLUMNS; column += 1, at += 1) {
      const centre = around.values[blob * COLUMNS + column] ?? 0;
      points.values[at] = centre + spread * random.normal();
    }
  }
  return { points, around };
}

/** The path of so many points in overlapping blobs, row-major. */
export function blobFile(rows: number): Promise<string> {
  return once(join(cache, `blobs-${rows}x${COLUMNS}.f64`), async (to) =>
    writeNumbers(to, blobs(rows).points.values),
  );
}

/** The path of their labels: the nearest of the first k centres. */
export function labelFile(rows: number, k: number): Promise<string> {
  return once(join(cache, `blobs-${rows}x${COLUMNS}-${k}.i32`), async (to) => {
    const { points, around } = blobs(rows);
    const first = { ...around, rows: k, values: around.values.subarray(0, k * COLUMNS) };
    writeNumbers(to, assignNearest(points, first).labels);
  });
}
