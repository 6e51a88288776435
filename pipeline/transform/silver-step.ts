import { AppError } from '../contract/errors.ts';
import { noCounts, type StepCounts } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';
import { interruptible } from '../engine/interruptible.ts';
import { compileMapping, parseMapping } from '../mapping/mapping.ts';
import type { RecordFormat } from '../mapping/record-sql.ts';
import type { SqlModel } from './sql-model.ts';
import { checkSilver, dropStaging, stagedCounts, stageRecords } from './stage.ts';

export interface SilverOptions {
  readonly models: readonly SqlModel[];
  readonly runId: number;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

interface PendingBatch {
  batch_id: number;
  first_row: number;
  source_id: number;
  records: number;
  mapping: string;
  preset: string;
  format: string;
  [column: string]: string | number;
}

interface Chunk {
  readonly batches: readonly PendingBatch[];
  readonly records: number;
}

/** Small batches are taken together up to this many records, and larger ones in windows of so many: it bounds the memory. */
const WINDOW_RECORDS = 2_500_000;

/** Batches that are read in the same way and stand next to each other in time go together. */
function chunks(pending: readonly PendingBatch[]): Chunk[] {
  const result: { batches: PendingBatch[]; records: number }[] = [];
  for (const batch of pending) {
    const last = result.at(-1);
    const [first] = last?.batches ?? [];
    const fits =
      last !== undefined &&
      first?.mapping === batch.mapping &&
      first.format === batch.format &&
      last.records + batch.records <= WINDOW_RECORDS;
    if (fits) {
      last.batches.push(batch);
      last.records += batch.records;
    } else result.push({ batches: [batch], records: batch.records });
  }
  return result;
}

export function addCounts(a: StepCounts, b: StepCounts): StepCounts {
  return {
    read: a.read + b.read,
    accepted: a.accepted + b.accepted,
    duplicate: a.duplicate + b.duplicate,
    quarantined: a.quarantined + b.quarantined,
    ignored: a.ignored + b.ignored,
  };
}

/** Every raw record of the batch must have ended in exactly one place. */
async function conserve(connection: Connection, chunk: Chunk, counts: StepCounts): Promise<void> {
  const { read, accepted, duplicate, quarantined, ignored } = counts;
  const ids = chunk.batches.map((batch) => batch.batch_id).join(', ');
  const [landed] = await connection.rows<{ records: number }>(
    `select count(*) as records from raw.record_log where batch_id in (${ids})`,
  );
  if (
    landed?.records === read &&
    chunk.records === read &&
    accepted + duplicate + quarantined + ignored === read
  ) {
    return;
  }
  throw new AppError('CHECK_FAILED', {
    check: 'conservation',
    model: `batches ${ids}`,
    rows: Math.abs(read - accepted - duplicate - quarantined - ignored) || 1,
    example: JSON.stringify({ landed: landed?.records ?? 0, ...counts }),
  });
}

/** The chunk's rows of raw.record_log, as conditions, window by window: batches stand there one after the other. */
function windows(chunk: Chunk): string[] {
  const first = chunk.batches[0]?.first_row ?? 0;
  const count = Math.ceil(chunk.records / WINDOW_RECORDS);
  return Array.from({ length: count }, (_, i) => {
    const from = first + i * WINDOW_RECORDS;
    const to = Math.min(from + WINDOW_RECORDS, first + chunk.records);
    return `r.rowid >= ${from} and r.rowid < ${to}`;
  });
}

async function settleBatches(
  connection: Connection,
  counts: readonly (StepCounts & { batch_id: number })[],
  runId: number,
): Promise<void> {
  for (const { batch_id, accepted, duplicate, quarantined, ignored } of counts) {
    await connection.run(
      `update ops.batches set processed_by = $run::bigint, accepted = coalesce(accepted, 0) + $accepted::bigint,
         duplicate = coalesce(duplicate, 0) + $duplicate::bigint,
         quarantined = coalesce(quarantined, 0) + $quarantined::bigint,
         ignored = coalesce(ignored, 0) + $ignored::bigint where batch_id = $batch::bigint`,
      { run: runId, batch: batch_id, accepted, duplicate, quarantined, ignored },
    );
  }
}

async function takeChunk(
  connection: Connection,
  chunk: Chunk,
  options: SilverOptions,
): Promise<StepCounts> {
  const [first] = chunk.batches;
  if (first === undefined) return noCounts;
  const compiled = compileMapping(parseMapping(first.mapping, first.preset));
  const batches = chunk.batches.map((batch) => batch.batch_id).join(', ');
  return connection.transaction(async () => {
    let total = noCounts;
    for (const where of windows(chunk)) {
      await stageRecords(connection, {
        compiled,
        format: JSON.parse(first.format) as RecordFormat,
        where,
        models: options.models,
        now: sqlTimestamp(options.now()),
      });
      const counts = await stagedCounts(connection);
      total = counts.reduce(addCounts, total);
      await settleBatches(connection, counts, options.runId);
    }
    await conserve(connection, chunk, total);
    await checkSilver(connection, options.models, batches);
    await dropStaging(connection);
    return total;
  });
}

/** Silver has no order of its own; without one to keep, DuckDB writes it on all cores. */
async function unordered<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.run('set preserve_insertion_order = false');
  try {
    return await work();
  } finally {
    await connection.run('set preserve_insertion_order = true');
  }
}

/** Raw to silver: takes every batch that landed since the last time, each chunk in a transaction of its own. */
export async function silverStep(
  connection: Connection,
  options: SilverOptions,
): Promise<StepCounts> {
  const pending = await connection.rows<PendingBatch>(
    `select batch_id, source_id, records, first_row, mapping, preset, format
     from ops.batches join ops.sources using (source_id) where processed_by is null order by batch_id`,
  );
  const total = pending.reduce((sum, batch) => sum + batch.records, 0);
  let counts = noCounts;
  for (const chunk of chunks(pending)) {
    options.onProgress?.(counts.read, total);
    // The setting is put back outside of what a signal interrupts.
    const taken = await unordered(connection, () =>
      interruptible(connection, { signal: options.signal, what: 'The transformation' }, () =>
        takeChunk(connection, chunk, options),
      ),
    );
    counts = addCounts(counts, taken);
  }
  return counts;
}
