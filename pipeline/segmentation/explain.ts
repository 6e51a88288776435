import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { matrixFromRows, rowOf } from '../statistics/matrix.ts';
import { applyScaling, invertScaling } from '../statistics/scaling/scaling.ts';
import { requireModel } from './model-artifact.ts';

export interface Explanation {
  readonly customerId: string;
  readonly segmentId: number;
  readonly segmentName: string;
  readonly modelVersion: number;
  /** Euclidean distances in the model's scaled space, nearest first. */
  readonly distances: readonly { segmentId: number; segmentName: string; distance: number }[];
  readonly nearestOther: string | null;
  /** By how much each feature speaks for the segment against the nearest other: difference of squared distances. */
  readonly features: readonly {
    feature: string;
    value: number;
    segmentCentre: number;
    inFavour: number | null;
  }[];
}

/** Says why a customer is in their segment: distances to every centre, and what each feature adds. */
export async function explain(connection: Connection, customerId: string): Promise<Explanation> {
  const model = await requireModel(connection);
  const columns = model.features.map((name) => `cast("${name}" as double) as "${name}"`).join(', ');
  const [row] = await connection.rows<Record<string, number>>(
    `select ${columns} from features.customer_features where customer_id = $customer`,
    { customer: customerId },
  );
  if (row === undefined) throw new AppError('CUSTOMER_UNKNOWN', { customer: customerId });
  const values = model.features.map((feature) => row[feature] ?? Number.NaN);
  const scaled = rowOf(applyScaling(matrixFromRows([values]), model.scaling), 0);
  const centres = invertScaling(matrixFromRows(model.centroids), model.scaling);
  const squares = model.centroids.map((centroid) =>
    centroid.map((centre, i) => ((scaled[i] ?? 0) - centre) ** 2),
  );
  const ranked = squares
    .map((parts, index) => ({ index, distance: Math.sqrt(parts.reduce((a, b) => a + b, 0)) }))
    .toSorted((a, b) => a.distance - b.distance || a.index - b.index);
  const own = ranked[0]?.index ?? 0;
  const other = ranked[1]?.index;
  const segment = (index: number): { id: number; name: string } =>
    model.segments[index] ?? { id: 0, name: '' };
  return {
    customerId,
    segmentId: segment(own).id,
    segmentName: segment(own).name,
    modelVersion: model.version,
    distances: ranked.map(({ index, distance }) => ({
      segmentId: segment(index).id,
      segmentName: segment(index).name,
      distance,
    })),
    nearestOther: other === undefined ? null : segment(other).name,
    features: model.features.map((feature, i) => ({
      feature,
      value: values[i] ?? Number.NaN,
      segmentCentre: rowOf(centres, own)[i] ?? Number.NaN,
      inFavour: other === undefined ? null : (squares[other]?.[i] ?? 0) - (squares[own]?.[i] ?? 0),
    })),
  };
}
