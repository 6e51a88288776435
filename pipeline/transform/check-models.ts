import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import type { ModelCheck, SqlModel } from './sql-model.ts';
import { tableColumns } from '../engine/table-columns.ts';
import { quotedText } from '../engine/sql-quoting.ts';

interface BadRows {
  readonly name: string;
  readonly sql: string;
  /** The key of which no two rows may have the same. */
  readonly unique?: string;
}

/**
 * Queries for the hashes of keys that occur twice: equal hashes are rare, and only then need keys be compared as what
 * they are. Of an appended table only the rows of the given batches can repeat each other or what was there before.
 */
export async function repeatedHashes(
  connection: Connection,
  name: string,
  key: string,
  batches: string | undefined,
): Promise<string[]> {
  if (batches === undefined) {
    return [`select hash(${key}) as h from ${name} group by h having count(*) > 1`];
  }
  const news = `select hash(${key}) as h from ${name} where batch_id in (${batches})`;
  const among = `select h from (${news}) group by h having count(*) > 1`;
  const older = `from ${name} where batch_id not in (${batches})`;
  // A first batch has nothing before it, and to hash all of it for that would be in vain.
  if ((await connection.rows(`select 1 ${older} limit 1`)).length === 0) return [among];
  // Ids and positions mostly go up: of what stands below the new ones no more than the last column's bounds is read.
  const last = key.slice(key.lastIndexOf(',') + 1).trim();
  const near = `${last} in (select ${last} from ${name} where batch_id in (${batches}))`;
  return [among, `select hash(${key}) as h ${older} and ${near} and hash(${key}) in (${news})`];
}

/** `batches` narrows a check of an appended table to the rows that these brought. */
function badRows(model: SqlModel, check: ModelCheck, batches: string | undefined): BadRows {
  const { name } = model;
  const within = batches === undefined ? '' : ` and batch_id in (${batches})`;
  if ('not_null' in check) {
    const condition = check.not_null.map((column) => `${column} is null`).join(' or ');
    return {
      name: `not null: ${check.not_null.join(', ')}`,
      sql: `select ${check.not_null.join(', ')} from ${name} where (${condition})${within}`,
    };
  }
  if ('unique' in check) {
    const key = check.unique.join(', ');
    return {
      name: `unique: ${key}`,
      unique: key,
      sql: `select ${key} from ${name} group by ${key} having count(*) > 1`,
    };
  }
  if ('accepted' in check) {
    const { column, values } = check.accepted;
    return {
      name: `accepted values: ${column}`,
      sql: `select ${column} from ${name} where ${column} not in (${values.map(quotedText).join(', ')})${within}`,
    };
  }
  if ('relationships' in check) {
    const { column, to } = check.relationships;
    return {
      name: `relationships: ${column} to ${to}`,
      sql: `select ${column} from ${name} where ${column} not in (select ${column} from ${to} where ${column} is not null)${within}`,
    };
  }
  return { name: 'rows', sql: check.rows };
}

async function areEmpty(connection: Connection, queries: readonly string[]): Promise<boolean> {
  for (const sql of queries) {
    if ((await connection.rows(`select 1 from (${sql}) limit 1`)).length > 0) return false;
  }
  return true;
}

export interface CheckOptions {
  /** Narrows the checks of an appended table to what these batches brought. */
  readonly batches?: string;
  /** The table whose key is known not to repeat: whoever says so has run repeatedHashes() on it as it is. */
  readonly unique?: string;
}

async function cannotRepeat(
  connection: Connection,
  model: SqlModel,
  key: string,
  { batches, unique: known }: CheckOptions,
): Promise<boolean> {
  if (known === model.name) return true;
  return areEmpty(connection, await repeatedHashes(connection, model.name, key, batches));
}

/** Whether the table itself lets no NULL into these columns: what it already refused need not be looked for. */
async function refusesNull(
  connection: Connection,
  table: string,
  columns: readonly string[],
): Promise<boolean> {
  const names = await tableColumns(connection, table, { notNull: true });
  return columns.every((column) => names.has(column));
}

/** Runs every check of a model; the first that finds a bad row blocks, which rolls the step back. */
export async function checkModel(
  connection: Connection,
  model: SqlModel,
  options: CheckOptions = {},
): Promise<void> {
  for (const check of model.checks) {
    if ('not_null' in check && (await refusesNull(connection, model.name, check.not_null)))
      continue;
    const { name, sql, unique } = badRows(model, check, options.batches);
    if (unique !== undefined && (await cannotRepeat(connection, model, unique, options))) continue;
    const [found] = await connection.rows<{ n: number; example: string | null }>(
      `select count(*) as n, any_value(to_json(bad)::varchar) as example from (${sql}) bad`,
    );
    if (found === undefined || found.n === 0) continue;
    throw new AppError('CHECK_FAILED', {
      check: name,
      model: model.name,
      rows: found.n,
      example: found.example ?? '',
    });
  }
}
