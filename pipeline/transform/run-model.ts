import type { Connection } from '../engine/engine.ts';
import { checkModel } from './check-models.ts';
import { duckdbDialect, expandMacros } from './dialect.ts';
import type { SqlModel } from './sql-model.ts';

export type ModelParameters = Readonly<Record<string, string>>;

/** Makes a table anew or appends to it, then runs its checks; belongs into a transaction. */
export async function runModel(
  connection: Connection,
  model: SqlModel,
  options: { parameters?: ModelParameters; batches?: string } = {},
): Promise<void> {
  const { parameters = {}, batches } = options;
  const expand = (sql: string): string =>
    expandMacros(sql, { dialect: duckdbDialect, parameters, model: model.name });
  const sql = expand(model.sql);
  if (model.materialize === 'table') {
    await connection.run(`create or replace table ${model.name} as ${sql}`);
  } else {
    await append(connection, model, sql);
  }
  const checks = model.checks.map((check) =>
    'rows' in check ? { rows: expand(check.rows) } : check,
  );
  await checkModel(
    connection,
    { ...model, checks },
    model.materialize === 'append' ? batches : undefined,
  );
}

async function append(connection: Connection, model: SqlModel, sql: string): Promise<void> {
  const { replaces } = model;
  if (replaces === undefined) {
    await connection.run(`insert into ${model.name} by name ${sql}`);
    return;
  }
  const key = replaces.key.join(', ');
  const old = `(${key}) in (${replaces.rows})`;
  await connection.run(
    `create or replace temp table replaced as select * from ${model.name} where ${old}`,
  );
  await connection.run(`delete from ${model.name} where ${old}`);
  await connection.run(`insert into ${model.name} by name ${sql}`);
  await connection.run('drop table replaced');
}
