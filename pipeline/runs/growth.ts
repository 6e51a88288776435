import type { Connection } from '../engine/engine.ts';
import { MODELS_EDITION, readState, writeState } from './state.ts';

/** Whether grown tables hold all but what came since, or have to be made from the whole. */
export type Growth =
  | { readonly kind: 'whole' }
  /** `batch` is the last one that they hold; `from` what was said of them when they were made. */
  | { readonly kind: 'news'; readonly batch: number; readonly from: string };

export interface GrownFrom {
  /** What makes the tables other ones as soon as it is another. */
  readonly fixed: string;
  /** What may move on from run to run. */
  readonly from: string;
}

interface Grown extends GrownFrom {
  readonly edition: number;
  readonly batch: number;
  readonly accepted: number;
}

/** What silver has taken: up to a batch where one is given. */
async function taken(
  connection: Connection,
  upTo: number | null,
): Promise<{ batch: number; accepted: number }> {
  const [row] = await connection.rows<{ batch: number; accepted: number }>(
    `select coalesce(max(batch_id), 0) as batch, coalesce(sum(accepted), 0)::bigint as accepted from ops.batches
     where processed_by is not null and ($batch::bigint is null or batch_id <= $batch::bigint)`,
    { batch: upTo },
  );
  return row ?? { batch: 0, accepted: 0 };
}

/** An order in lines is written anew when a line arrives: then what is there changes, and not only what is new counts. */
async function hasLines(connection: Connection): Promise<boolean> {
  return (
    (await connection.rows('select 1 from silver.transactions where lines > 0 limit 1')).length > 0
  );
}

/**
 * Whether silver.transactions has only grown by whole batches since the tables of this name were made. Records that a
 * redrive accepts count with the batch that they came in, which shows that it is no longer what it was.
 */
export async function growth(connection: Connection, name: string, fixed: string): Promise<Growth> {
  const state = await readState(connection, name);
  if (state === null) return { kind: 'whole' };
  const grown = JSON.parse(state) as Grown;
  if (grown.edition !== MODELS_EDITION || grown.fixed !== fixed) return { kind: 'whole' };
  const then = await taken(connection, grown.batch);
  if (then.accepted !== grown.accepted || (await hasLines(connection))) return { kind: 'whole' };
  return { kind: 'news', batch: grown.batch, from: grown.from };
}

/** Belongs into the transaction that made the tables. */
export async function keepGrowth(
  connection: Connection,
  name: string,
  made: GrownFrom,
): Promise<void> {
  const grown: Grown = { edition: MODELS_EDITION, ...(await taken(connection, null)), ...made };
  await writeState(connection, name, JSON.stringify(grown));
}

export async function forgetGrowth(connection: Connection, name: string): Promise<void> {
  await connection.run('delete from ops.state where name = $name', { name });
}
