import type { Comparison, Flow, ModelInfo } from '../contract/segmentation.ts';
import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { assignNearest } from '../statistics/clustering/assign.ts';
import { matrixFromRows } from '../statistics/matrix.ts';
import { adjustedRandIndex } from '../statistics/scores/adjusted-rand-index.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { listModels, requireModel } from './model-store.ts';
import { applyRecipe } from './prepare-features.ts';
import { readFeatures } from './read-features.ts';

/** For each of today's customers the position of their segment in a model. */
export async function labelsBy(connection: Connection, model: ModelArtifact): Promise<Int32Array> {
  const { columns } = await readFeatures(connection, model.features);
  const matrix = applyRecipe(columns, model.preprocessing, model.features);
  return assignNearest(matrix, matrixFromRows(model.centroids)).labels;
}

async function infoOf(connection: Connection, version: number): Promise<ModelInfo> {
  const models = await listModels(connection);
  const found = models.find((model) => model.version === version);
  if (found !== undefined) return found;
  throw new AppError('MODEL_UNKNOWN', {
    version,
    known: models.map((model) => model.version).join(', '),
  });
}

/** Counts who goes from where to where, the largest flows first. */
function flowsOf(
  from: { model: ModelArtifact; labels: Int32Array },
  to: { model: ModelArtifact; labels: Int32Array },
): Flow[] {
  const width = to.model.segments.length;
  const counts = new Float64Array(from.model.segments.length * width);
  for (const [row, label] of from.labels.entries()) {
    const at = label * width + (to.labels[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return [...counts.entries()]
    .flatMap(([at, customers]) => {
      const source = from.model.segments[Math.floor(at / width)];
      const target = to.model.segments[at % width];
      if (customers === 0 || source === undefined || target === undefined) return [];
      return [
        {
          fromId: source.id,
          fromName: source.name,
          toId: target.id,
          toName: target.name,
          customers,
        },
      ];
    })
    .toSorted((a, b) => b.customers - a.customers);
}

/** Where two models put today's customers. */
export async function compareModels(
  connection: Connection,
  versions: { from: number; to: number },
): Promise<Comparison> {
  const from = await requireModel(connection, versions.from);
  const to = await requireModel(connection, versions.to);
  const [before, after] = [await labelsBy(connection, from), await labelsBy(connection, to)];
  const flows = flowsOf({ model: from, labels: before }, { model: to, labels: after });
  return {
    from: await infoOf(connection, versions.from),
    to: await infoOf(connection, versions.to),
    agreement: adjustedRandIndex(before, after),
    moved: flows.reduce(
      (sum, { fromId, toId, customers }) => (fromId === toId ? sum : sum + customers),
      0,
    ),
    flows,
  };
}

/** Who moved at the latest day and model, and how many stayed where they were. */
export async function readMigration(connection: Connection): Promise<Flow[]> {
  return connection.rows<Flow & Record<string, never>>(
    `with latest as (select any_value(as_of) as as_of, any_value(model_version) as model_version from gold.customer_segments),
     moved as (
       select m.from_segment_id, m.from_segment_name, m.to_segment_id, m.to_segment_name, m.customers
       from gold.segment_migration m join latest l on l.as_of = m.as_of and l.model_version = m.model_version
     ),
     stayed as (
       select s.segment_id, any_value(s.segment_name) as segment_name, count(*) as customers
       from gold.customer_segments s join ops.previous_segments p
         on p.customer_id = s.customer_id and p.segment_id = s.segment_id
       group by s.segment_id
     )
     select from_segment_id as "fromId", from_segment_name as "fromName", to_segment_id as "toId",
       to_segment_name as "toName", customers from moved
     union all
     select segment_id, segment_name, segment_id, segment_name, customers from stayed
     order by customers desc, "fromId" nulls last, "toId"`,
  );
}
