import type { Connection } from '../engine/engine.ts';
import { createMatrix, type Matrix, matrixFromRows, rowOf } from '../statistics/matrix.ts';
import {
  applyPreprocessing,
  type FittedPreprocessing,
  invertPreprocessing,
} from '../statistics/scaling/preprocessing.ts';
import type { ModelArtifact } from './model-artifact.ts';
import type { KnownSegment } from './segment-identity.ts';

/** The means of the rows of each segment, where `segmentOf` gives a row's id or NaN; none for one without rows. */
function meansOf(matrix: Matrix, segmentOf: Float64Array, ids: readonly number[]): KnownSegment[] {
  const { values, columns } = matrix;
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const sums = createMatrix(ids.length, columns);
  const sizes = new Float64Array(ids.length);
  for (const [row, id] of segmentOf.entries()) {
    const place = placeOf.get(id);
    if (place === undefined) continue;
    sizes[place] = (sizes[place] ?? 0) + 1;
    for (let column = 0; column < columns; column += 1) {
      const at = place * columns + column;
      sums.values[at] = (sums.values[at] ?? 0) + (values[row * columns + column] ?? 0);
    }
  }
  return ids.flatMap((id, place) => {
    const size = sizes[place] ?? 0;
    return size === 0 ? [] : [{ id, centroid: rowOf(sums, place).map((sum) => sum / size) }];
  });
}

/** Where a model's segments lie in the space of a new one, whose matrix has a row a customer, by rising id. */
export async function previousSegments(
  connection: Connection,
  previous: ModelArtifact,
  next: {
    readonly matrix: Matrix;
    readonly fitted: FittedPreprocessing;
    readonly features: readonly string[];
  },
): Promise<KnownSegment[]> {
  const ids = previous.segments.map(({ id }) => id);
  if (previous.features.join() === next.features.join()) {
    const original = invertPreprocessing(
      matrixFromRows(previous.centroids),
      previous.preprocessing,
    );
    const moved = applyPreprocessing(original, next.fitted);
    return ids.map((id, place) => ({ id, centroid: rowOf(moved, place) }));
  }
  // Other features: a segment lies where its customers of today lie on average.
  const { columns } = await connection.numbers(
    `select s.segment_id from features.customer_features f left join gold.customer_segments s using (customer_id)
     order by f.customer_id`,
  );
  return meansOf(next.matrix, columns['segment_id'] ?? new Float64Array(), ids);
}
