import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import type { ModelCheck, SqlModel } from './sql-model.ts';

interface BadRows {
  readonly name: string;
  readonly sql: string;
  /** Cheaper than `sql`: where it gives no row there are no bad ones. */
  readonly suspects?: string;
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** `within` narrows a check of an appended table to the rows that may have changed. */
function badRows(model: SqlModel, check: ModelCheck, within: string): BadRows {
  const { name } = model;
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
      suspects: `select hash(${key}) as h from ${name} group by h having count(*) > 1`,
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

async function isEmpty(connection: Connection, sql: string): Promise<boolean> {
  return (await connection.rows(`select 1 from (${sql}) limit 1`)).length === 0;
}

/** Runs every check of a model; the first that finds a bad row blocks, which rolls the step back. */
export async function checkModel(
  connection: Connection,
  model: SqlModel,
  batches?: string,
): Promise<void> {
  const within = batches === undefined ? '' : ` and batch_id in (${batches})`;
  for (const check of model.checks) {
    const { name, sql, suspects } = badRows(model, check, within);
    if (suspects !== undefined && (await isEmpty(connection, suspects))) continue;
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
