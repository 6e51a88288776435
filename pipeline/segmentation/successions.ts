import type { Flow, Succession, Successions } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import { type Matrix, matrixFromRows } from '../statistics/matrix.ts';
import type { FittedPreprocessing } from '../statistics/scaling/preprocessing.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { shareColumns, shareNumbers } from '../work/share-values.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { knownSegments, latestModel } from './model-store.ts';
import { identifying } from './new-identities.ts';
import { presentSegments, sameFeatures } from './previous-segments.ts';
import { readFeatures } from './read-features.ts';
import { type NewCluster, segmentNames } from './segment-identity.ts';

/** The clusterings of a sweep, as segments are matched to them. */
export interface SweepCandidates {
  /** What the features were made from: while it stays, so do the customers, their order and their values. */
  readonly state: string;
  readonly fitted: FittedPreprocessing;
  readonly features: readonly string[];
  readonly fits: readonly Candidate[];
}

interface Candidate {
  readonly k: number;
  readonly clusters: readonly NewCluster[];
  /** The label that each cluster is shown under. */
  readonly places: readonly number[];
}

/** CLV that was fitted anew are other values of a feature, which the state of the features learns of at the next run. */
export async function featuresState(connection: Connection): Promise<string> {
  const found = await connection.rows(
    `select (select value from ops.state where name = 'features') as features,
       (select max(model_version) from ops.clv_models) as clv`,
  );
  return JSON.stringify(found);
}

/** What stands when it is asked who would become whom. */
interface Present {
  readonly model: ModelArtifact;
  readonly known: ReadonlyMap<number, string>;
  /** The position of each customer's segment in the model; that after the last for one who has none yet. */
  readonly places: Int32Array;
  readonly segmentOf: Float64Array;
  /** The values of today's customers where the model has other features than the sweep. */
  readonly columns: readonly Float64Array[] | null;
}

function placesOf({ segments }: ModelArtifact, segmentOf: Float64Array): Int32Array {
  const placeOf = new Map(segments.map(({ id }, place) => [id, place]));
  const places = new Int32Array(segmentOf.length);
  for (let row = 0; row < places.length; row += 1) {
    places[row] = placeOf.get(segmentOf[row] ?? 0) ?? segments.length;
  }
  return shareNumbers(places);
}

async function readPresent(
  connection: Connection,
  { state, features }: SweepCandidates,
): Promise<Present | Exclude<Successions, { kind: 'matched' }>> {
  const model = await latestModel(connection);
  if (model === null) return { kind: 'first' };
  if ((await featuresState(connection)) !== state) return { kind: 'outdated' };
  const segmentOf = await presentSegments(connection);
  const columns = sameFeatures(model, features)
    ? null
    : (await readFeatures(connection, features)).columns;
  return {
    model,
    known: await knownSegments(connection),
    places: placesOf(model, segmentOf),
    segmentOf,
    columns,
  };
}

const place = (id: number | null): number => id ?? Infinity;

function flowsOf(
  { model, known }: Present,
  ids: readonly number[],
  { counts, names }: { counts: Float64Array; names: ReadonlyMap<number, string> },
): Flow[] {
  const flows: Flow[] = [];
  for (const [at, customers] of counts.entries()) {
    if (customers === 0) continue;
    const from = model.segments[Math.floor(at / ids.length)];
    const toId = ids[at % ids.length] ?? 0;
    flows.push({
      fromId: from?.id ?? null,
      fromName: from === undefined ? null : (known.get(from.id) ?? from.name),
      toId,
      toName: names.get(toId) ?? '',
      customers,
    });
  }
  return flows.toSorted(
    (a, b) =>
      b.customers - a.customers ||
      place(a.fromId) - place(b.fromId) ||
      place(a.toId) - place(b.toId),
  );
}

function total(flows: readonly Flow[], counts: (flow: Flow) => boolean): number {
  return flows.reduce((sum, flow) => (counts(flow) ? sum + flow.customers : sum), 0);
}

/** One k: `ids` of its clusters in the order of labels, `counts` of customers by present segment and label. */
function successionOf(
  present: Present,
  { k, ids, counts }: { k: number; ids: readonly number[]; counts: Float64Array },
): Succession {
  const { model, known } = present;
  const names = new Map([...known, ...segmentNames(ids, known)]);
  const before = new Set(model.segments.map(({ id }) => id));
  const flows = flowsOf(present, ids, { counts, names });
  return {
    k,
    clusters: ids.map((id) => ({
      segmentId: id,
      segmentName: names.get(id) ?? '',
      isNew: !before.has(id),
    })),
    ended: model.segments
      .filter(({ id }) => !ids.includes(id))
      .toSorted((a, b) => a.id - b.id)
      .map(({ id, name }) => ({
        segmentId: id,
        segmentName: name,
        customers: total(flows, ({ fromId }) => fromId === id),
      })),
    stay: total(flows, ({ fromId, toId }) => fromId === toId),
    move: total(flows, ({ fromId, toId }) => fromId !== null && fromId !== toId),
    arrive: total(flows, ({ fromId }) => fromId === null),
    flows,
  };
}

/** Today's customers as the sweep saw them. */
async function matrixOf(
  { columns }: Present,
  { fitted, fits }: SweepCandidates,
  work: Work,
): Promise<Matrix> {
  const centroids = matrixFromRows((fits[0]?.clusters ?? []).map(({ centroid }) => centroid));
  const shared = shareColumns(columns ?? []);
  const what = 'Who becomes whom';
  return (await onWorker(work, what, 'assignColumns', shared, fitted, centroids)).matrix;
}

/**
 * Who would become whom with each k of a sweep: its clusters matched to the segments of the present model as a training
 * would match them, and where today's customers would go. Nothing is kept.
 */
export async function successions(
  connection: Connection,
  { candidates, labels }: { candidates: SweepCandidates; labels: ReadonlyMap<number, Uint8Array> },
  work: Work = {},
): Promise<Successions> {
  const present = await connection.transaction(() => readPresent(connection, candidates));
  if ('kind' in present) return present;
  const { model, known, places, segmentOf } = present;
  const { fitted, features, fits } = candidates;
  const matrix = () => matrixOf(present, candidates, work);
  const space = { fitted, features, matrix, segmentOf: () => segmentOf };
  const identify = await identifying(model, space, known);
  const rows = model.segments.length + 1;
  const clusterings: Succession[] = [];
  for (const { k, clusters, places: shown } of fits) {
    const found = identify(clusters);
    const ids = found.map(() => 0);
    for (const [cluster, id] of found.entries()) ids[shown[cluster] ?? cluster] = id;
    const own = labels.get(k) ?? new Uint8Array();
    const size = { rows, columns: k };
    const counts = await onWorker(work, 'Who becomes whom', 'pairCounts', places, own, size);
    clusterings.push(successionOf(present, { k, ids, counts }));
  }
  return { kind: 'matched', version: model.version, clusterings };
}
