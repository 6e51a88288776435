import type { Connection } from '../engine/engine.ts';

export interface HistoryOptions {
  /** The table as it is now. */
  readonly table: string;
  /** Its history, with valid_from, valid_to and is_current. */
  readonly history: string;
  readonly key: string;
  /** A change in one of these starts a new version of the row. */
  readonly compared: readonly string[];
  readonly asOf: string;
}

/**
 * Slowly changing dimension, type 2: what changed is closed as of the day and opened anew; what is the same stays.
 * Changes within one day replace each other, so that a version never ends on the day it began. The day may go back, as
 * when a late line moves the newest order to an earlier time; history does not, and takes the change on its newest day.
 */
export async function keepHistory(connection: Connection, options: HistoryOptions): Promise<void> {
  const { table, history, key, compared, asOf } = options;
  const tuple = (alias: string): string => `(${compared.map((c) => `${alias}.${c}`).join(', ')})`;
  const [newest] = await connection.rows<{ day: string }>(
    `select greatest(max(valid_from), $day::date) as day from ${history}`,
    { day: asOf },
  );
  const day = { day: newest?.day ?? asOf };
  await connection.run(
    `create or replace temp table changed as
     select h.${key} as changed_key, true as was_known from ${history} h
     left join ${table} t on t.${key} is not distinct from h.${key} and t.as_of is not null
     where h.is_current and (t.as_of is null or ${tuple('t')} is distinct from ${tuple('h')})
     union all
     select t.${key}, false from ${table} t
     where not exists (select 1 from ${history} h where h.is_current and h.${key} is not distinct from t.${key})`,
  );
  const isChanged = (alias: string): string =>
    `exists (select 1 from changed c where c.changed_key is not distinct from ${alias}.${key})`;
  await connection.run(
    `delete from ${history} as h where is_current and valid_from = $day::date and ${isChanged('h')}`,
    day,
  );
  await connection.run(
    `update ${history} as h set valid_to = $day::date, is_current = false where is_current and ${isChanged('h')}`,
    day,
  );
  await connection.run(
    `insert into ${history} by name
     select t.*, $day::date as valid_from, null::date as valid_to, true as is_current
     from ${table} t where ${isChanged('t')}`,
    day,
  );
  await connection.run('drop table changed');
}
