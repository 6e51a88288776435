import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';
import type { RecordFormat } from '../mapping/record-sql.ts';
import type { Mapping } from '../mapping/mapping.ts';

/** A place that records come from; the same identity is the same source for ever. */
export interface SourceIdentity {
  readonly kind: 'file' | 'kafka';
  readonly name: string;
  readonly identity: string;
  readonly topic?: string;
  readonly cluster?: string;
  readonly file?: string;
}

export interface LandingEffects {
  readonly now: () => Date;
}

export const defaultEffects: LandingEffects = { now: () => new Date() };

/** What a call to a source brought in. */
export interface IngestReport {
  readonly source: string;
  readonly records: number;
  readonly batches: number;
  readonly bytes: number;
  /** Why nothing landed, where nothing did, and what else there is to know. */
  readonly note?: string;
}

export async function nextSourceId(connection: Connection): Promise<number> {
  const [next] = await connection.rows<{ id: number }>(
    'select coalesce(max(source_id), 0) + 1 as id from ops.sources',
  );
  return next?.id ?? 1;
}

/** Belongs into the transaction that lands the source's first records. */
export async function insertSource(
  connection: Connection,
  input: {
    sourceId: number;
    source: SourceIdentity;
    mapping: Mapping;
    format: RecordFormat;
    now: Date;
  },
): Promise<void> {
  const { sourceId, source, mapping, format, now } = input;
  await connection.run(
    `insert into ops.sources by name select $id::integer as source_id, $kind as kind, $name as name,
       $preset as preset, $identity as identity, $topic as topic, $cluster as cluster, $file as file,
       $format as format, $mapping as mapping, $now::timestamp as created_at`,
    {
      id: sourceId,
      kind: source.kind,
      name: source.name,
      preset: mapping.name,
      identity: source.identity,
      topic: source.topic ?? null,
      cluster: source.cluster ?? null,
      file: source.file ?? null,
      format: JSON.stringify(format),
      mapping: JSON.stringify(mapping),
      now: sqlTimestamp(now),
    },
  );
}

export const MAPPING_CHANGED =
  'the mapping changed since the last time; records from now on are read by the new one';

/** Lets a known source be read by a mapping from now on, batches that wait included; whether it is another one. */
export async function keepMapping(
  connection: Connection,
  sourceId: number,
  mapping: Mapping,
): Promise<boolean> {
  const text = JSON.stringify(mapping);
  const changed = await connection.run(
    'update ops.sources set mapping = $text where source_id = $source and mapping <> $text',
    { source: sourceId, text },
  );
  return changed > 0;
}

/** The words of a report; none where there is nothing to say. */
export function noteOf(...words: readonly (string | undefined)[]): { note?: string } {
  const said = words.filter((word) => word !== undefined);
  return said.length === 0 ? {} : { note: said.join('; ') };
}

export async function nextBatchId(connection: Connection): Promise<number> {
  const [row] = await connection.rows<{ id: number }>(
    'select coalesce(max(batch_id), 0) + 1 as id from ops.batches',
  );
  return row?.id ?? 1;
}

/** The row that the next record of raw gets: the log is only ever appended to, by one writer at a time. */
export async function nextRow(connection: Connection): Promise<number> {
  const [row] = await connection.rows<{ n: number }>('select count(*) as n from raw.record_log');
  return row?.n ?? 0;
}

export interface LandedBatch {
  readonly batchId: number;
  readonly sourceId: number;
  readonly records: number;
  readonly bytes: number;
  /** The row of raw.record_log that its first record has, and that record's position where the log leaves it out. */
  readonly firstRow: number;
  readonly firstPosition?: number;
  readonly now: Date;
}

/** Writes down what one transaction landed. */
export async function recordBatch(connection: Connection, landed: LandedBatch): Promise<void> {
  await connection.run(
    `insert into ops.batches by name select $batch::bigint as batch_id, $source::integer as source_id,
       $records::bigint as records, $bytes::bigint as bytes, $row::bigint as first_row,
       $position::bigint as first_position, $now::timestamp as landed_at`,
    {
      batch: landed.batchId,
      source: landed.sourceId,
      records: landed.records,
      bytes: landed.bytes,
      row: landed.firstRow,
      position: landed.firstPosition ?? null,
      now: sqlTimestamp(landed.now),
    },
  );
}

export interface NextOffset {
  readonly partition: number;
  readonly nextOffset: bigint;
  /** For files: how many bytes were read so far, and their SHA-256. */
  readonly bytes?: number;
  readonly digest?: string;
}

/** Stores where to go on; belongs into the transaction of the rows themselves, which is what makes it exactly once. */
export async function storeOffsets(
  connection: Connection,
  input: { sourceId: number; offsets: readonly NextOffset[]; now: Date },
): Promise<void> {
  for (const { partition, nextOffset, bytes, digest } of input.offsets) {
    await connection.run(
      'delete from ops.offsets where source_id = $source and partition = $partition',
      { source: input.sourceId, partition },
    );
    await connection.run(
      `insert into ops.offsets by name select $source::integer as source_id, $partition::integer as partition,
         $next::bigint as next_offset, $bytes::bigint as bytes, $digest as digest, $now::timestamp as updated_at`,
      {
        source: input.sourceId,
        partition,
        next: nextOffset,
        bytes: bytes ?? null,
        digest: digest ?? null,
        now: sqlTimestamp(input.now),
      },
    );
  }
}
