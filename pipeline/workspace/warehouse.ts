import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { tableExists } from '../engine/table-exists.ts';

/** Raised whenever a table of raw, silver or ops changes shape. */
const LAYOUT = 2;

const provenance = `
  batch_id bigint not null,
  source_id integer not null,
  partition integer not null,
  position bigint not null`;

const money = 'decimal(18,4)';

const kpiColumns = `
  segment_id integer, segment_name varchar, customers bigint not null, orders bigint, revenue decimal(38,4),
  clv_growth double, churn_rate double, aov double, contribution double, as_of date not null`;

/** What holds from one day to the next: slowly changing dimension, type 2. */
const validity = 'valid_from date not null, valid_to date, is_current boolean not null';

/** What came with the second layout; workspaces of the first get it when they are opened. */
const second = [
  `create table if not exists ops.recipes (
     name varchar not null, recipe varchar not null, saved_at timestamp not null)`,
  'create table if not exists ops.segment_names (segment_id integer not null, name varchar not null)',
  `create table if not exists ops.clv_models (
     model_version integer not null, fitted_at timestamp not null, as_of date not null, artifact varchar not null)`,
];

/** What Strata writes itself; the other tables of features and gold are made anew by the models. */
const statements = [
  ...['raw', 'silver', 'features', 'gold', 'ops'].map(
    (schema) => `create schema if not exists ${schema}`,
  ),
  'create table if not exists ops.layout (version integer not null)',
  `create table if not exists ops.sources (
     source_id integer not null, kind varchar not null, name varchar not null, preset varchar not null,
     identity varchar not null, topic varchar, cluster varchar, file varchar, format varchar not null,
     mapping varchar not null, created_at timestamp not null)`,
  `create table if not exists ops.batches (
     batch_id bigint not null, source_id integer not null, records bigint not null, bytes bigint not null,
     first_row bigint not null, first_position bigint, landed_at timestamp not null, processed_by bigint, accepted bigint, duplicate bigint,
     quarantined bigint, ignored bigint)`,
  `create table if not exists ops.offsets (
     source_id integer not null, partition integer not null, next_offset bigint not null,
     bytes bigint, digest varchar, updated_at timestamp not null)`,
  // Every state in which a file has landed, so that an old copy of a grown one is known too.
  `create table if not exists ops.file_contents (
     source_id integer not null, bytes bigint not null, digest varchar not null, next_line bigint not null)`,
  `create table if not exists ops.quarantine (${provenance},
     reason varchar not null, detail varchar, quarantined_at timestamp not null)`,
  `create table if not exists ops.discarded (${provenance}, outcome varchar not null)`,
  `create table if not exists ops.runs (
     run_id bigint not null, started_at timestamp not null, finished_at timestamp, status varchar not null,
     as_of date, error_code varchar, error varchar)`,
  `create table if not exists ops.steps (
     run_id bigint not null, step varchar not null, status varchar not null, read bigint not null,
     accepted bigint not null, duplicate bigint not null, quarantined bigint not null,
     ignored bigint not null, started_at timestamp not null, milliseconds double not null)`,
  `create table if not exists ops.models (
     model_version integer not null, trained_at timestamp not null, as_of date not null, k integer not null,
     features varchar[] not null, inertia double not null, silhouette double, customers bigint not null,
     artifact varchar not null)`,
  `create table if not exists ops.previous_segments (
     customer_id varchar not null, segment_id integer not null, segment_name varchar not null)`,
  'create table if not exists ops.state (name varchar not null, value varchar not null)',
  // The lines of a file take their positions from their rows: only so can DuckDB land them on all cores.
  `create table if not exists raw.record_log (
     batch_id bigint not null, source_id integer not null, partition integer not null, position bigint,
     event_time timestamp, key blob, value blob using compression zstd, headers struct("key" varchar, "value" blob)[])`,
  `create or replace view raw.records as
     select s.kind as source_kind, s.name as source, s.topic, s.file, r.partition,
            coalesce(r.position, r.rowid - b.first_row + b.first_position) as position,
            case when s.kind = 'kafka' then r.position end as "offset",
            case when s.kind <> 'kafka' then coalesce(r.position, r.rowid - b.first_row + b.first_position) end as line,
            r.event_time, r.key, r.value, r.headers, r.batch_id, r.source_id
     from raw.record_log r join ops.batches b using (batch_id) join ops.sources s on s.source_id = r.source_id`,
  `create table if not exists silver.transaction_lines (${provenance},
     customer_id varchar not null, order_id varchar not null, occurred_at timestamp not null,
     amount ${money} not null, category varchar, currency varchar, product varchar, quantity ${money})`,
  // Ids are nearly all different: to look for a dictionary first, as DuckDB would, takes longer and packs no better.
  `create table if not exists silver.transactions (
     customer_id varchar not null using compression zstd, order_id varchar not null using compression zstd, occurred_at timestamp not null,
     amount ${money} not null, category varchar, currency varchar, payment_method varchar,
     coupon_used boolean, discount_amount ${money}, lines integer not null, ${provenance})`,
  `create table if not exists silver.engagement (
     customer_id varchar not null, event varchar not null, channel varchar,
     occurred_at timestamp not null, ${provenance})`,
  `create table if not exists silver.customers (
     customer_id varchar not null, name varchar, age integer, income ${money}, gender varchar,
     mobile varchar, region varchar, signup_date date, observed_at timestamp not null,
     observed struct(name timestamp, age timestamp, income timestamp, gender timestamp,
       mobile timestamp, region timestamp, signup_date timestamp), ${provenance})`,
  `create table if not exists features.customer_features_scaled (
     customer_id varchar not null, feature varchar not null, value double not null, model_version integer not null)`,
  `create table if not exists gold.customer_segments (
     customer_id varchar not null, segment_id integer not null, segment_name varchar not null,
     model_version integer not null, as_of date not null)`,
  `create table if not exists gold.customer_segments_history (
     customer_id varchar not null, segment_id integer not null, segment_name varchar not null,
     model_version integer not null, as_of date not null, ${validity})`,
  `create table if not exists gold.segment_kpis_history (${kpiColumns}, ${validity})`,
  `create table if not exists gold.segment_migration (
     as_of date not null, model_version integer not null, from_segment_id integer, from_segment_name varchar,
     to_segment_id integer not null, to_segment_name varchar not null, customers bigint not null)`,
  ...second,
];

async function upgrade(connection: Connection): Promise<void> {
  await connection.transaction(async () => {
    for (const statement of second) await connection.run(statement);
    await connection.run('update ops.layout set version = $version', { version: LAYOUT });
  });
}

/** Makes, upgrades or checks the warehouse's layout; runs in one transaction, so that a kill leaves none or all of it. */
export async function prepareWarehouse(connection: Connection, path: string): Promise<void> {
  if (await tableExists(connection, 'ops.layout')) {
    const [layout] = await connection.rows<{ version: number }>('select version from ops.layout');
    const version = layout?.version ?? 0;
    if (version === LAYOUT) return;
    if (version === 1) return upgrade(connection);
    throw version < LAYOUT
      ? new AppError('WORKSPACE_TOO_OLD', { path, found: version, known: LAYOUT })
      : new AppError('WORKSPACE_TOO_NEW', { path, found: version, known: LAYOUT });
  }
  await connection.transaction(async () => {
    for (const statement of statements) await connection.run(statement);
    await connection.run('insert into ops.layout values ($version)', { version: LAYOUT });
  });
}
