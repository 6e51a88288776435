import type { Comparison, Flow, ModelInfo } from '../contract/segmentation.ts';
import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import type { Contingency } from '../statistics/scores/contingency.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { shareColumns } from '../work/share-values.ts';
import { readForModel, requireFeatures } from './feature-catalogue.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { listModels, requireModel } from './model-store.ts';
import { assignOnWorker } from './prepare-features.ts';
import { readFeatures } from './read-features.ts';

type Columns = ReadonlyMap<string, Float64Array>;

/** The values of today's customers by feature. */
async function columnsOf(
  connection: Connection,
  ...models: readonly ModelArtifact[]
): Promise<Columns> {
  const names = [...new Set(models.flatMap(({ features }) => features))];
  const { columns } = await readFeatures(connection, names);
  const shared = shareColumns(columns);
  return new Map(names.map((name, i) => [name, shared[i] ?? new Float64Array()]));
}

async function assigned(columns: Columns, model: ModelArtifact, work: Work): Promise<Int32Array> {
  const own = model.features.map((name) => columns.get(name) ?? new Float64Array());
  const { labels } = await assignOnWorker(own, model, work);
  return labels;
}

/** For each of today's customers the position of their segment in a model. */
export async function labelsBy(
  connection: Connection,
  model: ModelArtifact,
  work: Work = {},
): Promise<Int32Array> {
  const columns = await readForModel(model, () => columnsOf(connection, model));
  return assigned(columns, model, work);
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

/** Who goes from where to where, the largest flows first. */
function flowsOf(
  from: ModelArtifact,
  to: ModelArtifact,
  { first, second, cells }: Contingency,
): Flow[] {
  return cells
    .flatMap((cell) => {
      const source = from.segments[first[cell.first]?.label ?? -1];
      const target = to.segments[second[cell.second]?.label ?? -1];
      if (source === undefined || target === undefined) return [];
      return [
        {
          fromId: source.id,
          fromName: source.name,
          toId: target.id,
          toName: target.name,
          customers: cell.count,
        },
      ];
    })
    .toSorted((a, b) => b.customers - a.customers);
}

interface Compared {
  readonly model: ModelArtifact;
  readonly info: ModelInfo;
}

async function requireCompared(connection: Connection, version: number): Promise<Compared> {
  const model = await requireModel(connection, version);
  await readForModel(model, () => requireFeatures(connection, model.features));
  return { model, info: await infoOf(connection, version) };
}

/** Where two models put today's customers. */
export async function compareModels(
  connection: Connection,
  versions: { from: number; to: number },
  work: Work = {},
): Promise<Comparison> {
  const { from, to, columns } = await connection.transaction(async () => {
    const from = await requireCompared(connection, versions.from);
    const to = await requireCompared(connection, versions.to);
    return { from, to, columns: await columnsOf(connection, from.model, to.model) };
  });
  const before = await assigned(columns, from.model, work);
  const after = await assigned(columns, to.model, work);
  const compared = await onWorker(work, 'The comparison', 'compareLabels', before, after);
  const flows = flowsOf(from.model, to.model, compared.table);
  return {
    from: from.info,
    to: to.info,
    agreement: compared.agreement,
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
