import type { Connection } from '../engine/engine.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';

/** Raised when a shipped model changes its meaning, so that existing workspaces make their tables anew. */
export const MODELS_EDITION = 4;

/** What the tables of features and gold were made from; the same again means there is nothing to do. */
export async function derivedFrom(
  connection: Connection,
  config: WorkspaceConfig,
): Promise<string> {
  const [row] = await connection.rows(
    `select (select coalesce(sum(accepted), 0) from ops.batches where processed_by is not null) as accepted,
       (select coalesce(max(batch_id), 0) from ops.batches where processed_by is not null) as batch,
       (select coalesce(max(model_version), 0) from ops.clv_models) as clv`,
  );
  return JSON.stringify({ edition: MODELS_EDITION, ...row, kpis: config.kpis });
}

export async function readState(connection: Connection, name: string): Promise<string | null> {
  const [row] = await connection.rows<{ value: string }>(
    'select value from ops.state where name = $name',
    { name },
  );
  return row?.value ?? null;
}

export async function writeState(
  connection: Connection,
  name: string,
  value: string,
): Promise<void> {
  await connection.run('delete from ops.state where name = $name', { name });
  await connection.run('insert into ops.state values ($name, $value)', { name, value });
}
