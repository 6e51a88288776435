import { selectRows } from '../matrix.ts';
import { createRandom } from '../random.ts';
import { countDistinct, type PreparedKMeans } from './prepare-kmeans.ts';
import { samplingChances } from './sampling-chances.ts';
import { streamSeed } from './stream-seed.ts';

/** Above twice as many rows, starts compete on a sample of about this many. */
export const SAMPLE_ROWS = 20_000;
/** Of weights: sums of its multiples keep their digits in any order, in Float32 kernels too. */
const WEIGHT_STEP = 2 ** -10;

/** Rows drawn by their chances, systematically: one for each whole number that the sum of chances passes. */
function drawByChance(chances: Float64Array, seed: number): Int32Array {
  const drawn: number[] = [];
  let next = createRandom(seed).float();
  let sum = 0;
  for (let row = 0; row < chances.length; row += 1) {
    const chance = chances[row] ?? 0;
    if (chance === 1) drawn.push(row);
    else sum += chance;
    if (sum <= next) continue;
    drawn.push(row);
    next += 1;
  }
  return Int32Array.from(drawn);
}

/**
 * The rows on which starts compete: all of them, or of many a weighted random sample that holds the rare
 * and far ones, unless so many are equal that fewer than k rows of the sample differ. A sample given is
 * given back as it is.
 */
export function competitionRows(prepared: PreparedKMeans, k: number, seed: number): PreparedKMeans {
  const { matrix, order } = prepared;
  if (matrix.rows <= 2 * SAMPLE_ROWS) return prepared;
  const chances = samplingChances(prepared, { k, seed: streamSeed(seed, k), size: SAMPLE_ROWS });
  const drawn = drawByChance(chances, streamSeed(seed));
  const sample = selectRows(matrix, drawn);
  if (countDistinct(sample, k) < k) return prepared;
  const weights = Float64Array.from(drawn, (row) => {
    return Math.round(1 / (chances[row] ?? 1) / WEIGHT_STEP) * WEIGHT_STEP;
  });
  return { ...prepared, matrix: sample, order: drawn.map((row) => order[row] ?? 0), weights };
}
