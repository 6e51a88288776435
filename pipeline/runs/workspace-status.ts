import {
  noCounts,
  type RunReport,
  type StepCounts,
  type StepReport,
  type WorkspaceStatus,
} from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { tableExists } from '../engine/table-exists.ts';
import type { Mapping } from '../mapping/mapping.ts';

async function tables(connection: Connection): Promise<WorkspaceStatus['tables']> {
  const found = await connection.rows<{ layer: string; name: string }>(
    `select schema_name as layer, table_name as name from duckdb_tables()
     where schema_name in ('raw', 'silver', 'features', 'gold', 'ops') and table_name not in ('layout', 'state', 'previous_segments', 'record_log')
     union all select 'raw', 'records' order by layer, name`,
  );
  const counted = [];
  for (const { layer, name } of found) {
    const table = name === 'records' ? 'raw.record_log' : `${layer}.${name}`;
    const [row] = await connection.rows<{ n: number }>(`select count(*) as n from ${table}`);
    counted.push({ layer, name, rows: row?.n ?? 0 });
  }
  return counted;
}

async function lastRun(connection: Connection): Promise<RunReport | null> {
  const [run] = await connection.rows<{
    run_id: number;
    status: RunReport['status'];
    as_of: string | null;
    milliseconds: number;
  }>(
    `select run_id, status, as_of, coalesce(date_diff('millisecond', started_at, finished_at), 0) as milliseconds
     from ops.runs where status <> 'running' order by run_id desc limit 1`,
  );
  if (run === undefined) return null;
  const steps = await connection.rows<StepReport>(
    `select step, status, read, accepted, duplicate, quarantined, ignored, milliseconds
     from ops.steps where run_id = $run order by started_at, rowid`,
    { run: run.run_id },
  );
  return {
    runId: run.run_id,
    status: run.status,
    asOf: run.as_of,
    steps,
    milliseconds: run.milliseconds,
  };
}

/** The day of the tables that stand, which a run that failed or was cancelled leaves as they were. */
async function standingAsOf(connection: Connection): Promise<string | null> {
  if (!(await tableExists(connection, 'features.customer_features'))) return null;
  const [row] = await connection.rows<{ as_of: string | null }>(
    'select max(as_of) as as_of from features.customer_features',
  );
  return row?.as_of ?? null;
}

/** Everything that a first look at a workspace needs. */
export async function readStatus(
  connection: Connection,
  workspace: { path: string; name: string; presets: readonly Mapping[] },
): Promise<WorkspaceStatus> {
  const sources = await connection.rows<{
    name: string;
    kind: string;
    preset: string;
    records: number;
  }>(
    `select name, kind, preset, cast(coalesce(sum(records), 0) as bigint) as records
     from ops.sources left join ops.batches using (source_id) group by all order by name`,
  );
  const quarantine = await connection.rows<{ reason: string; records: number }>(
    'select reason, count(*) as records from ops.quarantine group by reason order by records desc, reason',
  );
  const [totals] = await connection.rows<StepCounts & { pending: number }>(
    `select cast(coalesce(sum(records) filter (processed_by is not null), 0) as bigint) as read,
       cast(coalesce(sum(accepted), 0) as bigint) as accepted, cast(coalesce(sum(duplicate), 0) as bigint) as duplicate,
       cast(coalesce(sum(quarantined), 0) as bigint) as quarantined, cast(coalesce(sum(ignored), 0) as bigint) as ignored,
       cast(coalesce(sum(records) filter (processed_by is null), 0) as bigint) as pending
     from ops.batches`,
  );
  const { pending, ...counts } = totals ?? { ...noCounts, pending: 0 };
  const [model] = await connection.rows<{ version: number; k: number; features: string[] }>(
    `select model_version as version, k, features from ops.models order by model_version desc limit 1`,
  );
  const run = await lastRun(connection);
  return {
    path: workspace.path,
    name: workspace.name,
    asOf: await standingAsOf(connection),
    tables: await tables(connection),
    sources,
    quarantine,
    totals: counts,
    pending,
    lastRun: run,
    model: model ?? null,
    presets: workspace.presets.map(({ name, description }) => ({ name, description })),
  };
}
