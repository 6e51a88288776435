import { selectRows } from '../matrix.ts';
import { createRandom } from '../random.ts';
import { countDistinct, type PreparedKMeans } from './prepare-kmeans.ts';
import { streamSeed } from './stream-seed.ts';

/** Above twice as many rows, starts compete on a sample of this many. */
export const SAMPLE_ROWS = 25_000;

/**
 * The rows on which starts compete: all of them, or of many a random sample, unless so many are equal that
 * fewer than k rows of the sample differ. A sample given is given back as it is.
 */
export function competitionRows(prepared: PreparedKMeans, k: number, seed: number): PreparedKMeans {
  const { matrix, order } = prepared;
  if (matrix.rows <= 2 * SAMPLE_ROWS) return prepared;
  const drawn = createRandom(streamSeed(seed)).sample(matrix.rows, SAMPLE_ROWS);
  const sample = selectRows(matrix, drawn);
  if (countDistinct(sample, k) < k) return prepared;
  return { ...prepared, matrix: sample, order: drawn.map((row) => order[row] ?? 0) };
}
