import type { Connection } from '../engine/engine.ts';
import { latestAsOf, periodStart } from '../features/feature-parameters.ts';
import type { ModelOptions, ModelParameters } from '../transform/run-model.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';
import { forgetGrowth, growth, keepGrowth } from './growth.ts';
import { readState } from './state.ts';

/** How to run a layer's models, and what to write down once they ran. */
export interface Growing {
  readonly options: ModelOptions;
  readonly keep: () => Promise<void>;
}

export interface GrowingFeatures {
  readonly asOf: string;
  readonly periodDays: number;
  /** Those for the whole. */
  readonly parameters: ModelParameters;
}

/** features.customer_sums takes what is new, and what the start of the period has passed since. */
export async function growingFeatures(
  connection: Connection,
  { asOf, periodDays, parameters }: GrowingFeatures,
): Promise<Growing> {
  const fixed = JSON.stringify([periodDays, parameters['category_sums']]);
  const keep = (): Promise<void> => keepGrowth(connection, 'sums', { fixed, from: asOf });
  const grown = await growth(connection, 'sums', fixed);
  if (grown.kind === 'whole' || grown.from > asOf) return { options: { parameters }, keep };
  const { batch, from } = grown;
  const passed = `occurred_at >= ${periodStart(from, periodDays)} and occurred_at < ${periodStart(asOf, periodDays)}`;
  const news = { is_new: `batch_id > ${batch}`, crossed: `batch_id <= ${batch} and ${passed}` };
  return { options: { parameters: { ...parameters, ...news }, grows: true }, keep };
}

export interface GrowingGold {
  readonly asOf: string;
  /** What gold is being made from. */
  readonly from: string;
  readonly kpis: WorkspaceConfig['kpis'];
  /** Those for the whole. */
  readonly parameters: ModelParameters;
}

/** Whose segment is not the one that gold.segment_days counted them to: where they were and where they are. */
const movers = `
  create or replace temp table movers as
  select coalesce(s.customer_id, p.customer_id) as customer_id,
    p.segment_id as from_segment_id, s.segment_id as to_segment_id
  from gold.customer_segments s full join gold.customer_profiles p on p.customer_id = s.customer_id
  where s.segment_id is distinct from p.segment_id`;

/** gold.segment_days and gold.purchase_gaps take what is new; the former also whoever moved since gold was made. */
export async function growingGold(
  connection: Connection,
  { asOf, from, kpis, parameters }: GrowingGold,
): Promise<Growing> {
  // The profiles tell where customers were only as long as they are those that were made beside the days.
  const fixedBy = (gold: string | null): string => JSON.stringify([kpis.churnDays, gold]);
  const keep = async (): Promise<void> => {
    // Where features wait for a run, gold leaves out what silver has of later days: no later run would find it new.
    if ((await latestAsOf(connection)) === asOf) {
      await keepGrowth(connection, 'days', { fixed: fixedBy(from), from });
    } else await forgetGrowth(connection, 'days');
    await connection.run('drop table if exists temp.movers');
  };
  const grown = await growth(connection, 'days', fixedBy(await readState(connection, 'gold')));
  if (grown.kind === 'whole') return { options: { parameters }, keep };
  await connection.run(movers);
  const news = { is_new: `batch_id > ${grown.batch}`, movers: 'movers' };
  return { options: { parameters: { ...parameters, ...news }, grows: true }, keep };
}
