import { AppError } from '../contract/errors.ts';
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

/** Strata's own SQL that fails is Strata's fault, and no advice to correct a statement helps whoever runs it. */
async function ownFault<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SQL_INVALID') throw error;
    const problem = `${what}: ${String(error.details['problem']).split('\n', 1)[0] ?? ''}`;
    throw new AppError('INTERNAL', { problem }, { cause: error });
  }
}

/** Takes raw records into silver, quarantine or the discarded; belongs into a transaction. */
export function stageRecords(connection: Connection, input: StageInput): Promise<void> {
  const what = `typing records of the mapping "${input.compiled.mapping.name}" failed`;
  return ownFault(what, () => stage(connection, input));
}

async function stage(connection: Connection, input: StageInput): Promise<void> {
  const { compiled, format, where, models, now } = input;
  await connection.run(
    `create or replace temp table staged as ${stagingSql(compiled, format, where)}`,
  );
  await connection.run(
    `create or replace temp view staged_records as ${stagedViewSql(compiled, 'staged')}`,
  );
  await classify(connection);
  await recordOutcomes(connection, now);
  for (const model of models) await applyModel(connection, model);
}

/** Runs the checks of the models on what these batches brought; call it when all of their records were staged. */
export async function checkSilver(
  connection: Connection,
  models: readonly SqlModel[],
  batches: string,
): Promise<void> {
  for (const model of models) await checkModel(connection, model, batches);
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
  for (const table of ['staged', 'candidate_keys', 'verdicts']) {
    await connection.run(`drop table if exists temp.${table}`);
  }
}
