import { AppError } from '../contract/errors.ts';
import { noCounts, type StepCounts } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';
import { interruptible } from '../engine/interruptible.ts';
import { withRoom } from '../engine/with-room.ts';
import { compileMapping, parseMapping } from '../mapping/mapping.ts';
import type { RecordFormat } from '../mapping/record-sql.ts';
import type { SqlModel } from './sql-model.ts';
import { checkSilver, dropStaging, stagedCounts, stageRecords } from './stage.ts';
import { goesStraight, takeStraight } from './straight.ts';
import { thenWritingAsUsual, writingTables } from './writing-tables.ts';

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

const batchIds = (chunk: Chunk): string => chunk.batches.map((batch) => batch.batch_id).join(', ');

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
  const ids = batchIds(chunk);
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

const rowsBetween = (from: number, to: number): string => `r.rowid >= ${from} and r.rowid < ${to}`;

const firstRow = (chunk: Chunk): number => chunk.batches[0]?.first_row ?? 0;

/** The chunk's rows of raw.record_log, as a condition: its batches stand there one after the other. */
const everyRow = (chunk: Chunk): string =>
  rowsBetween(firstRow(chunk), firstRow(chunk) + chunk.records);

/** The same, window by window. */
function windows(chunk: Chunk): string[] {
  const first = firstRow(chunk);
  const count = Math.ceil(chunk.records / WINDOW_RECORDS);
  return Array.from({ length: count }, (_, i) => {
    const from = first + i * WINDOW_RECORDS;
    return rowsBetween(from, Math.min(from + WINDOW_RECORDS, first + chunk.records));
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

interface Taken {
  readonly counts: StepCounts;
  readonly unique?: string;
}

/** Everything that is plainly good goes straight; what that leaves, or everything else, goes by way of a table. */
async function takeRecords(
  connection: Connection,
  chunk: Chunk,
  options: SilverOptions,
): Promise<Taken> {
  const [first] = chunk.batches;
  if (first === undefined) return { counts: noCounts };
  const { models, runId } = options;
  const input = {
    compiled: compileMapping(parseMapping(first.mapping, first.preset)),
    format: JSON.parse(first.format) as RecordFormat,
    models,
    now: sqlTimestamp(options.now()),
  };
  let where = windows(chunk);
  let total = noCounts;
  const settle = async (counts: readonly (StepCounts & { batch_id: number })[]): Promise<void> => {
    total = counts.reduce(addCounts, total);
    await settleBatches(connection, counts, runId);
  };
  let known: { unique?: string } = {};
  if (goesStraight(input.compiled)) {
    const batches = batchIds(chunk);
    const { records } = chunk;
    const all = { ...input, where: everyRow(chunk), windows: where, records, batches };
    const straight = await takeStraight(connection, all);
    await settle(straight.counts);
    if (straight.unique !== undefined) known = { unique: straight.unique };
    where =
      straight.left === 0 ? [] : where.map((rows) => `${rows} and r.rowid in (from leftover)`);
  }
  for (const rows of where) {
    await stageRecords(connection, { ...input, where: rows });
    await settle(await stagedCounts(connection));
  }
  return { counts: total, ...known };
}

function takeChunk(
  connection: Connection,
  chunk: Chunk,
  options: SilverOptions,
): Promise<StepCounts> {
  return writingTables(connection, 'records', async () => {
    const { counts, ...known } = await takeRecords(connection, chunk, options);
    await conserve(connection, chunk, counts);
    await checkSilver(connection, options.models, batchIds(chunk), known);
    await dropStaging(connection);
    return counts;
  });
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
    const taken = await thenWritingAsUsual(connection, () =>
      interruptible(connection, { signal: options.signal, what: 'The transformation' }, () =>
        withRoom(connection, () => takeChunk(connection, chunk, options)),
      ),
    );
    counts = addCounts(counts, taken);
  }
  return counts;
}
