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

/** The segment of each customer of today by rising id; NaN for one who has none yet. */
export async function presentSegments(connection: Connection): Promise<Float64Array> {
  const { columns } = await connection.numbers(
    `select s.segment_id from features.customer_features f left join gold.customer_segments s using (customer_id)
     order by f.customer_id`,
  );
  return columns['segment_id'] ?? new Float64Array();
}

/** The space in which new clusters lie. */
export interface NewSpace {
  readonly fitted: FittedPreprocessing;
  readonly features: readonly string[];
  /** A row a customer, by rising id, and their segments: asked for only where other features were chosen than before. */
  readonly matrix: () => Matrix | Promise<Matrix>;
  readonly segmentOf: () => Float64Array | Promise<Float64Array>;
}

/** Whether the segments of a model lie in a space of these features by their centroids. */
export function sameFeatures(
  previous: Pick<ModelArtifact, 'features'>,
  features: readonly string[],
): boolean {
  return previous.features.join() === features.join();
}

/** Where a model's segments lie in the space of a new one. */
export async function previousSegments(
  previous: ModelArtifact,
  next: NewSpace,
): Promise<KnownSegment[]> {
  const ids = previous.segments.map(({ id }) => id);
  if (sameFeatures(previous, next.features)) {
    const original = invertPreprocessing(
      matrixFromRows(previous.centroids),
      previous.preprocessing,
    );
    const moved = applyPreprocessing(original, next.fitted);
    return ids.map((id, place) => ({ id, centroid: rowOf(moved, place) }));
  }
  // Other features: a segment lies where its customers of today lie on average.
  return meansOf(await next.matrix(), await next.segmentOf(), ids);
}
