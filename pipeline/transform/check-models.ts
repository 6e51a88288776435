import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import type { ModelCheck, SqlModel } from './sql-model.ts';

interface BadRows {
  readonly name: string;
  readonly sql: string;
  /** Cheaper than `sql`: where none of these gives a row there are no bad ones. */
  readonly suspects?: readonly string[];
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * Keys whose hashes occur twice. Of an appended table only the new rows can repeat each other or what was there; the
 * rows that were there are hashed only to be held against the new ones.
 */
function repeatedHashes(name: string, key: string, batches: string | undefined): string[] {
  if (batches === undefined) {
    return [`select hash(${key}) as h from ${name} group by h having count(*) > 1`];
  }
  const news = `select hash(${key}) as h from ${name} where batch_id in (${batches})`;
  return [
    `select h from (${news}) group by h having count(*) > 1`,
    `select 1 from ${name} where batch_id not in (${batches}) and hash(${key}) in (${news})`,
  ];
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
      // Equal hashes are rare, and only then are keys compared as what they are.
      suspects: repeatedHashes(name, key, batches),
      sql: `select ${key} from ${name} group by ${key} having count(*) > 1`,
    };
  }
  if ('accepted' in check) {
    const { column, values } = check.accepted;
    return {
      name: `accepted values: ${column}`,
      sql: `select ${column} from ${name} where ${column} not in (${values.map(text).join(', ')})${within}`,
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

/** Runs every check of a model; the first that finds a bad row blocks, which rolls the step back. */
export async function checkModel(
  connection: Connection,
  model: SqlModel,
  batches?: string,
): Promise<void> {
  for (const check of model.checks) {
    const { name, sql, suspects } = badRows(model, check, batches);
    if (suspects !== undefined && (await areEmpty(connection, suspects))) continue;
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
