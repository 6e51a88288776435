import type { StepCounts } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import type { CompiledMapping } from '../mapping/mapping.ts';
import type { RecordFormat } from '../mapping/record-sql.ts';
import { stagedViewSql, stagingSql } from '../mapping/staging-sql.ts';
import { classify, recordOutcomes } from './classify.ts';
import { checkModel } from './check-models.ts';
import { applyModel } from './run-model.ts';
import type { SqlModel } from './sql-model.ts';

export interface StageInput {
  readonly compiled: CompiledMapping;
  readonly format: RecordFormat;
  /** Which raw records, as a condition on raw.record_log. */
  readonly where: string;
  readonly models: readonly SqlModel[];
  readonly now: string;
}

/** Takes raw records into silver, quarantine or the discarded; belongs into a transaction. */
export async function stageRecords(connection: Connection, input: StageInput): Promise<void> {
  const { compiled, format, where } = input;
  await connection.run(
    `create or replace temp table staged as ${stagingSql(compiled, format, where)}`,
  );
  await settleStaged(connection, input);
}

/** Decides about the records of the table `staged` and writes down where each ended. */
export async function settleStaged(
  connection: Connection,
  { compiled, models, now }: Pick<StageInput, 'compiled' | 'models' | 'now'>,
): Promise<void> {
  await connection.run(
    `create or replace temp view staged_records as ${stagedViewSql(compiled, 'staged')}`,
  );
  await classify(connection);
  await recordOutcomes(connection, now);
  for (const model of models) await applyModel(connection, model);
}

/** Runs the checks of the models on what these batches brought; call it when all of their records were taken. */
export async function checkSilver(
  connection: Connection,
  models: readonly SqlModel[],
  batches: string,
  known: { unique?: string } = {},
): Promise<void> {
  for (const model of models) await checkModel(connection, model, { ...known, batches });
}

/** How many staged records ended where, batch by batch. */
export async function stagedCounts(
  connection: Connection,
): Promise<(StepCounts & { batch_id: number })[]> {
  return connection.rows(
    `select batch_id, count(*) as read,
       count(*) filter (outcome = 'accepted') as accepted, count(*) filter (outcome = 'duplicate') as duplicate,
       count(*) filter (outcome = 'quarantined') as quarantined, count(*) filter (outcome = 'ignored') as ignored
     from staged group by batch_id order by batch_id`,
  );
}

export async function dropStaging(connection: Connection): Promise<void> {
  await connection.run('drop view if exists staged_records');
  for (const table of ['staged', 'leftover', 'repeated', 'candidate_keys', 'verdicts']) {
    await connection.run(`drop table if exists temp.${table}`);
  }
}
