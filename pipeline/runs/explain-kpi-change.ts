import { AppError } from '../contract/errors.ts';
import type { KpiName, KpiSplit } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { withRoom } from '../engine/with-room.ts';
import { latestClv } from '../features/clv-artifact.ts';
import { featureParameters } from '../features/feature-parameters.ts';
import { predictClv } from '../features/predict-clv.ts';
import { labelsBy } from '../segmentation/compare-models.ts';
import { readForModel, requireFeatures } from '../segmentation/feature-catalogue.ts';
import type { ModelArtifact } from '../segmentation/model-artifact.ts';
import { requireLatestModel } from '../segmentation/model-store.ts';
import { splitChange } from '../statistics/intervals/kpi-split.ts';
import type { Flow } from '../statistics/intervals/flow.ts';
import { loadModels } from '../transform/node/load-models.ts';
import { runModel } from '../transform/run-model.ts';
import type { Work } from '../work/on-worker.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';

/** What a KPI divides by what, customer by customer. */
const fractions: Readonly<Record<KpiName, { numerator: string; denominator: string }>> = {
  clv_growth: {
    numerator: 'monetary - monetary_before_period',
    denominator: 'monetary_before_period',
  },
  churn_rate: { numerator: 'case when recency_days > $churn then 1 else 0 end', denominator: '1' },
  aov: { numerator: 'monetary', denominator: 'frequency' },
};

interface Day {
  readonly customers: ReadonlyMap<string, number>;
  readonly labels: Int32Array;
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
}

interface SplitInput extends Work {
  readonly kpi: KpiName;
  readonly from: string;
  readonly to: string;
}

/** Where the segments go by predicted CLV, that of the day, by the fit of today. */
async function predictedClvOf(
  connection: Connection,
  day: string,
  model: ModelArtifact,
): Promise<void> {
  const features = await readForModel(model, () => requireFeatures(connection, model.features));
  const kept = await latestClv(connection);
  if (kept === null || !features.some(({ table }) => table === 'features.customer_clv')) return;
  await predictClv(connection, kept.model, { asOf: day });
}

interface DayOptions extends Work {
  readonly model: ModelArtifact;
  readonly config: WorkspaceConfig;
  readonly kpi: KpiName;
}

/** Customers as they stood on a day, in the segments that the model of today gives them. */
async function readDay(
  connection: Connection,
  day: string,
  { model, config, kpi, ...work }: DayOptions,
): Promise<Day> {
  const parameters = await featureParameters(connection, day, config.kpis);
  for (const one of loadModels('features')) await runModel(connection, one, { parameters });
  await predictedClvOf(connection, day, model);
  const ids = await connection.strings(
    'select customer_id from features.customer_features order by customer_id',
  );
  if (ids.length === 0) {
    throw new AppError('KPI_UNDEFINED', { kpi, day, problem: 'nobody had bought anything yet' });
  }
  const { numerator, denominator } = fractions[kpi];
  const churn = numerator.includes('$churn') ? { churn: config.kpis.churnDays } : {};
  const { columns } = await connection.numbers(
    `select cast(${numerator} as double) as numerator, cast(${denominator} as double) as denominator
     from features.customer_features order by customer_id`,
    churn,
  );
  return {
    customers: new Map(ids.map((id, row) => [id ?? '', row])),
    labels: await labelsBy(connection, model, work),
    numerators: columns['numerator'] ?? new Float64Array(),
    denominators: columns['denominator'] ?? new Float64Array(),
  };
}

/** Sums by where customers were and where they are. */
function flowsBetween(before: Day, after: Day): Flow[] {
  const flows = new Map<string, { -readonly [Key in keyof Flow]: Flow[Key] }>();
  const add = (was: number | undefined, is: number | undefined): void => {
    const from = was === undefined ? null : (before.labels[was] ?? 0);
    const to = is === undefined ? null : (after.labels[is] ?? 0);
    const key = `${from} ${to}`;
    const flow = flows.get(key) ?? {
      from,
      to,
      customers: 0,
      numeratorBefore: 0,
      denominatorBefore: 0,
      numeratorAfter: 0,
      denominatorAfter: 0,
    };
    flow.customers += 1;
    flow.numeratorBefore += was === undefined ? 0 : (before.numerators[was] ?? 0);
    flow.denominatorBefore += was === undefined ? 0 : (before.denominators[was] ?? 0);
    flow.numeratorAfter += is === undefined ? 0 : (after.numerators[is] ?? 0);
    flow.denominatorAfter += is === undefined ? 0 : (after.denominators[is] ?? 0);
    flows.set(key, flow);
  };
  for (const [id, row] of after.customers) add(before.customers.get(id), row);
  for (const [id, row] of before.customers) if (!after.customers.has(id)) add(row, undefined);
  return [...flows.values()];
}

function splitOf({ kpi, from, to }: SplitInput, flows: Flow[], model: ModelArtifact): KpiSplit {
  const split = splitChange(flows);
  if (split.kind === 'no-value') {
    const day = split.at === 'before' ? from : to;
    throw new AppError('KPI_UNDEFINED', { kpi, day, problem: 'what it is divided by is 0' });
  }
  const { before, after, change, mix, rate, migration, arrived, departed } = split;
  return {
    kpi,
    from,
    to,
    before,
    after,
    change,
    mix,
    rate,
    migration,
    arrivals: arrived,
    departures: departed,
    segments: split.groups
      .map((terms) => {
        const segment = model.segments[Number(terms.group)];
        const { movedIn, movedOut } = terms;
        return {
          segmentId: segment?.id ?? 0,
          segmentName: segment?.name ?? '',
          mix: terms.mix,
          rate: terms.rate,
          migration: movedIn + movedOut + terms.arrived + terms.departed,
        };
      })
      .toSorted((a, b) => a.segmentId - b.segmentId),
  };
}

/** Thrown to leave a transaction whose tables were only made to be looked at. */
class LookedAt extends Error {
  readonly split: KpiSplit;
  constructor(split: KpiSplit) {
    super('looked at');
    this.split = split;
  }
}

/**
 * What moved a KPI of all customers from one day to another, by the segments that today's model gave them on
 * each: the terms sum to the change exactly. Nothing is kept. Throws KPI_UNDEFINED where a day has no value.
 */
export async function explainKpiChange(
  connection: Connection,
  config: WorkspaceConfig,
  input: SplitInput,
): Promise<KpiSplit> {
  const model = await requireLatestModel(connection);
  const { kpi, pool, signal } = input;
  const given = { model, config, kpi, pool, signal };
  try {
    const look = async (): Promise<never> => {
      const before = await readDay(connection, input.from, given);
      const after = await readDay(connection, input.to, given);
      throw new LookedAt(splitOf(input, flowsBetween(before, after), model));
    };
    await withRoom(connection, () => connection.transaction(look));
  } catch (error) {
    if (error instanceof LookedAt) return error.split;
    throw error;
  }
  throw new AppError('INTERNAL', { problem: 'the split was not computed' });
}
