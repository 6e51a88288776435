import type { KafkaFrom } from '../../contract/schemas.ts';
import type { Connection } from '../../engine/engine.ts';
import { refuseLost } from './lost-offsets.ts';
import type { TopicReader } from './topic-reader.ts';

/** Where reading begins, and for which source. */
export interface StartPlan {
  /** A topic that was made anew is another source, as its offsets begin again: `#2` and so on follow its name. */
  readonly identity: string;
  /** Undefined where the source is new. */
  readonly sourceId: number | undefined;
  readonly start: ReadonlyMap<number, bigint>;
  /** What of `start` is not stored yet. */
  readonly fresh: readonly { partition: number; nextOffset: bigint }[];
  readonly note: string | undefined;
}

interface Generation {
  readonly sourceId: number;
  readonly identity: string;
}

/** The source of the topic as it was last made. No topic's name holds a `#`. */
async function newestGeneration(
  connection: Connection,
  identity: string,
  preset: string,
): Promise<Generation | undefined> {
  const [newest] = await connection.rows<{ source_id: number; identity: string }>(
    `select source_id, identity from ops.sources where kind = 'kafka' and preset = $preset
       and (identity = $identity or starts_with(identity, concat($identity, '#')))
     order by source_id desc limit 1`,
    { preset, identity },
  );
  return newest && { sourceId: newest.source_id, identity: newest.identity };
}

function nextGeneration(identity: string): string {
  const [name, generation = '1'] = identity.split('#');
  return `${name}#${Number(generation) + 1}`;
}

async function storedOffsets(
  connection: Connection,
  sourceId: number | undefined,
): Promise<Map<number, bigint>> {
  if (sourceId === undefined) return new Map();
  const rows = await connection.rows<{ partition: number; next_offset: number | bigint }>(
    'select partition, next_offset from ops.offsets where source_id = $source',
    { source: sourceId },
  );
  return new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
}

async function beginnings(reader: TopicReader, from: KafkaFrom): Promise<Map<number, bigint>> {
  if (typeof from === 'object' && 'timestamp' in from) {
    return reader.offsetsAt(new Date(from.timestamp));
  }
  return new Map(
    reader.partitions.map(({ partition, low, high }) => {
      if (from === 'earliest') return [partition, low];
      return [partition, from === 'latest' ? high : BigInt(from.offset)];
    }),
  );
}

interface Start {
  readonly start: Map<number, bigint>;
  readonly fresh: StartPlan['fresh'];
  readonly expired: boolean;
}

/**
 * Stored offsets, and `from` for partitions that have none. Where `from` was given it also takes the place of an
 * offset whose records expired; as the broker holds nothing below it, what landed never lands again.
 */
async function startOffsets(
  reader: TopicReader,
  stored: ReadonlyMap<number, bigint>,
  from: KafkaFrom | undefined,
): Promise<Start> {
  const begin = await beginnings(reader, from ?? 'earliest');
  const start = new Map(stored);
  const fresh: { partition: number; nextOffset: bigint }[] = [];
  let expired = false;
  for (const { partition, low } of reader.partitions) {
    const offset = stored.get(partition);
    const isExpired = offset !== undefined && offset < low && from !== undefined;
    if (offset !== undefined && !isExpired) continue;
    const nextOffset = begin.get(partition) ?? low;
    start.set(partition, nextOffset);
    fresh.push({ partition, nextOffset });
    expired ||= isExpired;
  }
  refuseLost(reader.topic, reader.partitions, start);
  return { start, fresh, expired };
}

/**
 * Finds where a topic is read from. Throws KAFKA_OFFSETS_LOST where a stored offset is not on the broker and `from`
 * does not say how to go on, and where an offset given in `from` is not there.
 */
export async function planStart(
  connection: Connection,
  reader: TopicReader,
  options: { preset: string; from: KafkaFrom | undefined },
): Promise<StartPlan> {
  const { preset, from } = options;
  const first = `${reader.clusterId}/${reader.topic}`;
  const known = await newestGeneration(connection, first, preset);
  const stored = await storedOffsets(connection, known?.sourceId);
  const ends = new Map(reader.partitions.map(({ partition, high }) => [partition, high]));
  // Neither the end of a partition nor the number of partitions ever falls while a topic lives.
  const madeAnew = [...stored].some(([partition, offset]) => offset > (ends.get(partition) ?? -1n));
  if (known !== undefined && madeAnew && from !== undefined) {
    const { start, fresh } = await startOffsets(reader, new Map(), from);
    const note = 'the topic was made anew since the last time; it is a new source';
    return { identity: nextGeneration(known.identity), sourceId: undefined, start, fresh, note };
  }
  const { start, fresh, expired } = await startOffsets(reader, stored, from);
  const note = expired ? 'records expired before they were read' : undefined;
  return { identity: known?.identity ?? first, sourceId: known?.sourceId, start, fresh, note };
}
