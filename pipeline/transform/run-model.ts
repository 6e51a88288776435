import type { Connection } from '../engine/engine.ts';
import { checkModel } from './check-models.ts';
import { duckdbDialect, expandMacros } from './dialect.ts';
import type { SqlModel } from './sql-model.ts';

export type ModelParameters = Readonly<Record<string, string>>;

export interface ModelOptions {
  readonly parameters?: ModelParameters;
  /** Whether the parameters tell grown models of what is new only; else they make their tables from the whole. */
  readonly grows?: boolean;
}

function expanding(model: SqlModel, parameters: ModelParameters): (sql: string) => string {
  return (sql) => expandMacros(sql, { dialect: duckdbDialect, parameters, model: model.name });
}

/** Makes a table or view anew, or appends to it; belongs into a transaction. */
export async function applyModel(
  connection: Connection,
  model: SqlModel,
  { parameters = {}, grows = false }: ModelOptions = {},
): Promise<void> {
  const known = grows ? model.name : `(select * from (${model.empty ?? ''}) nothing where false)`;
  const sql = expanding(model, { ...parameters, known })(model.sql);
  switch (model.materialize) {
    case 'table':
    case 'view':
      await connection.run(`create or replace ${model.materialize} ${model.name} as ${sql}`);
      return;
    case 'grown':
      await connection.run(`create or replace table ${model.name} as ${sql}`);
      return;
    case 'append':
      await append(connection, model, sql);
  }
}

/** Applies a model and runs its checks; belongs into a transaction, which a check that finds bad rows rolls back. */
export async function runModel(
  connection: Connection,
  model: SqlModel,
  options: ModelOptions = {},
): Promise<void> {
  const { parameters = {} } = options;
  await applyModel(connection, model, options);
  const expand = expanding(model, parameters);
  const checks = model.checks.map((check) =>
    'rows' in check ? { rows: expand(check.rows) } : check,
  );
  await checkModel(connection, { ...model, checks });
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
