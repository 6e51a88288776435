import type { StepCounts } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import type { CompiledMapping } from '../mapping/mapping.ts';
import type { RecordFormat } from '../mapping/record-sql.ts';
import { positionSql, stagedViewSql, stagingSql } from '../mapping/staging-sql.ts';
import { attributes } from '../mapping/targets.ts';
import { repeatedHashes } from './check-models.ts';
import { applyModel } from './run-model.ts';
import type { SqlModel } from './sql-model.ts';
import { settleStaged, stagedCounts } from './stage.ts';
import { tableColumns } from '../engine/table-columns.ts';

const ORDERS = { name: 'silver.transactions', key: 'customer_id, order_id' };

export interface StraightInput {
  readonly compiled: CompiledMapping;
  readonly format: RecordFormat;
  /** Which raw records, as conditions on raw.record_log `r`: all of them at once, and in parts that memory holds. */
  readonly where: string;
  readonly windows: readonly string[];
  readonly records: number;
  /** The ids of their batches, for an SQL list. */
  readonly batches: string;
  readonly models: readonly SqlModel[];
  readonly now: string;
}

export interface StraightResult {
  readonly counts: readonly (StepCounts & { batch_id: number })[];
  /** How many records are still to be staged; they stand in the temporary table `leftover`. */
  readonly left: number;
  /** The table in which no key of these batches occurs twice: the check that would look for it has been made. */
  readonly unique?: string;
}

/** Whether each accepted record becomes one row of one table, whatever the others say: then none needs to be staged. */
export function goesStraight({ mapping, fields }: CompiledMapping): boolean {
  if (mapping.kind === 'customers' || mapping.lines) return false;
  return attributes.every(({ name }) => !fields.has(name));
}

/** What did not become a row: refused, ignored, or worse. Positions are told apart within a batch by its partition. */
async function findLeftover(
  connection: Connection,
  table: string,
  { windows, batches, records }: StraightInput,
): Promise<number> {
  await connection.run('create or replace temp table leftover (row bigint not null)');
  const [taken] = await connection.rows<{ n: number }>(
    `select count(*) as n from ${table} where batch_id in (${batches})`,
  );
  if (taken?.n === records) return 0;
  let left = 0;
  for (const window of windows) {
    left += await connection.run(
      `insert into leftover
       with w as (
         select r.rowid as row, r.batch_id, r.partition, ${positionSql} as position
         from raw.record_log r join ops.batches b using (batch_id) where ${window}
       ), t as (
         -- Only what can stand in this window: else every window would hash all that was taken.
         select batch_id, partition, position from ${table}
         where batch_id in (${batches}) and position between (select min(position) from w) and (select max(position) from w)
       )
       select w.row from w anti join t using (batch_id, partition, position)`,
    );
  }
  return left;
}

/** Orders whose identity occurs twice go back into the staged table, where the first of them is found. */
async function stageRepeated(connection: Connection, input: StraightInput): Promise<void> {
  const { compiled, format, batches } = input;
  const repeated = `batch_id in (${batches}) and hash(${ORDERS.key}) in (from repeated)`;
  // A mapping may name columns that silver.transactions lacks: they were never written, and nothing here reads them.
  const kept = await tableColumns(connection, ORDERS.name);
  const mapped = [...new Set([...compiled.fields.keys(), 'order_id'])];
  const columns = mapped.filter((name) => kept.has(name)).map((name) => `"${name}"`);
  await connection.run(
    `create or replace temp table staged as ${stagingSql(compiled, format, 'false')}`,
  );
  await connection.run(
    `insert into staged by name
     select batch_id, source_id, partition, position, 'accepted' as outcome, false as describes, true as identified,
       ${columns.join(', ')}
     from ${ORDERS.name} where ${repeated}`,
  );
  await connection.run(`delete from ${ORDERS.name} where ${repeated}`);
}

async function hasRepeated(connection: Connection, batches: string): Promise<boolean> {
  const queries = await repeatedHashes(connection, ORDERS.name, ORDERS.key, batches);
  await connection.run(
    `create or replace temp table repeated as ${queries.map((sql) => `(${sql})`).join(' union ')}`,
  );
  const [found] = await connection.rows<{ n: number }>('select count(*) as n from repeated');
  return (found?.n ?? 0) > 0;
}

async function takenCounts(
  connection: Connection,
  table: string,
  batches: string,
): Promise<(StepCounts & { batch_id: number })[]> {
  return connection.rows(
    `select batch_id, count(*) as read, count(*) as accepted, 0 as duplicate, 0 as quarantined, 0 as ignored
     from ${table} where batch_id in (${batches}) group by batch_id order by batch_id`,
  );
}

/**
 * Takes accepted records from raw to silver in one statement, without writing them down in between. The same
 * expressions decide as for staged records, so that both ways end alike. Belongs into a transaction.
 */
export async function takeStraight(
  connection: Connection,
  input: StraightInput,
): Promise<StraightResult> {
  const { compiled, format, where, models, batches } = input;
  const { kind, identity } = compiled.mapping;
  const records = `(${stagingSql(compiled, format, where)})`;
  await connection.run(
    `create or replace temp view staged_records as ${stagedViewSql(compiled, records)} where outcome = 'accepted'`,
  );
  const table = `silver.${kind}`;
  // No other model finds a row here, nor does this one find rows to replace.
  const own = models.filter(({ name }) => name === table);
  for (const { replaces: _, ...model } of own) await applyModel(connection, model);
  const left = await findLeftover(connection, table, input);
  const canRepeat = kind === 'transactions' && identity !== 'position';
  const repeats = canRepeat && (await hasRepeated(connection, batches));
  if (repeats) await stageRepeated(connection, input);
  const taken = await takenCounts(connection, table, batches);
  if (!repeats) return { counts: taken, left, ...(canRepeat ? { unique: ORDERS.name } : {}) };
  await settleStaged(connection, input);
  return { counts: [...taken, ...(await stagedCounts(connection))], left };
}
