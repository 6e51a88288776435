import { AppError } from '../../contract/errors.ts';
import type { KafkaFrom } from '../../contract/schemas.ts';
import type { Connection } from '../../engine/engine.ts';
import { withRoom } from '../../engine/with-room.ts';
import type { CompiledMapping } from '../../mapping/mapping.ts';
import {
  defaultEffects,
  type IngestReport,
  insertSource,
  keepMapping,
  type LandingEffects,
  MAPPING_CHANGED,
  nextBatchId,
  nextSourceId,
  nextRow,
  noteOf,
  recordBatch,
  storeOffsets,
} from '../landing.ts';
import { openTopic } from './open-topic.ts';
import { planStart, type StartPlan } from './plan-start.ts';
import type { KafkaChunk, KafkaConnectionOptions, TopicReader } from './topic-reader.ts';

export interface IngestTopicOptions {
  readonly kafka: KafkaConnectionOptions;
  readonly topic: string;
  readonly compiled: CompiledMapping;
  /** Where partitions without a stored offset begin; where it is given, lost offsets begin there too. */
  readonly from?: KafkaFrom;
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (records: number) => void;
  readonly effects?: LandingEffects;
}

/** A commit costs as much as tens of thousands of rows, so in bulk it waits for many; in follow mode not for long. */
const COMMIT_RECORDS = 250_000;
const COMMIT_BYTES = 64 << 20;
const COMMIT_MILLISECONDS = 1000;

/** What was read and is not yet committed. */
class Pending {
  readonly chunks: KafkaChunk[] = [];
  records = 0;
  bytes = 0;

  add(chunk: KafkaChunk): void {
    this.chunks.push(chunk);
    this.records += chunk.records.length;
    for (const { key, value } of chunk.records) {
      this.bytes += (key?.length ?? 0) + (value?.length ?? 0);
    }
  }

  get isFull(): boolean {
    return this.records >= COMMIT_RECORDS || this.bytes >= COMMIT_BYTES;
  }

  get offsets(): { partition: number; nextOffset: bigint }[] {
    const next = new Map(this.chunks.map(({ partition, nextOffset }) => [partition, nextOffset]));
    return [...next].map(([partition, nextOffset]) => ({ partition, nextOffset }));
  }
}

interface Target {
  readonly connection: Connection;
  readonly reader: TopicReader;
  readonly compiled: CompiledMapping;
  readonly effects: LandingEffects;
}

/** Makes the source known and where it begins, before anything is read: a topic read from its end goes on there. */
async function settle(
  target: Target,
  plan: StartPlan,
): Promise<{ sourceId: number; changed: boolean }> {
  const { connection, reader, effects } = target;
  const { mapping } = target.compiled;
  const now = effects.now();
  return connection.transaction(async () => {
    const sourceId = plan.sourceId ?? (await nextSourceId(connection));
    if (plan.sourceId === undefined) {
      const { topic, clusterId: cluster } = reader;
      const source = {
        kind: 'kafka',
        name: topic,
        identity: plan.identity,
        topic,
        cluster,
      } as const;
      const format = { kind: 'json', lines: false } as const;
      await insertSource(connection, { sourceId, source, mapping, format, now });
    }
    const changed = await keepMapping(connection, sourceId, mapping);
    await storeOffsets(connection, { sourceId, offsets: plan.fresh, now });
    return { sourceId, changed };
  });
}

async function append(
  target: Target,
  pending: Pending,
  ids: { sourceId: number; batchId: number },
): Promise<void> {
  for (const { partition, records } of pending.chunks) {
    await target.connection.append('raw.record_log', [
      { type: 'BIGINT', values: records.map(() => BigInt(ids.batchId)) },
      { type: 'INTEGER', values: records.map(() => ids.sourceId) },
      { type: 'INTEGER', values: records.map(() => partition) },
      { type: 'BIGINT', values: records.map(({ offset }) => offset) },
      { type: 'TIMESTAMP', values: records.map(({ timestamp }) => timestamp * 1000n) },
      { type: 'BLOB', values: records.map(({ key }) => key) },
      { type: 'BLOB', values: records.map(({ value }) => value) },
      { type: 'HEADERS', values: records.map(({ headers }) => headers) },
    ]);
  }
}

/** Rows and offsets in one transaction: that is the whole of exactly once. */
async function commit(target: Target, sourceId: number, pending: Pending): Promise<number> {
  const { connection, reader, effects } = target;
  const now = effects.now();
  const land = async () => {
    const batchId = await nextBatchId(connection);
    const firstRow = await nextRow(connection);
    await append(target, pending, { sourceId, batchId });
    const { records, bytes } = pending;
    if (records > 0) {
      await recordBatch(connection, { batchId, sourceId, records, bytes, firstRow, now });
    }
    await storeOffsets(connection, { sourceId, offsets: pending.offsets, now });
    return records > 0 ? 1 : 0;
  };
  const batches = await withRoom(connection, () => connection.transaction(land));
  for (const { partition, nextOffset } of pending.offsets)
    await reader.commit(partition, nextOffset);
  return batches;
}

/** Lands what a topic holds from the stored offsets to its end, or with `follow` until the signal aborts. */
export async function ingestTopic(
  connection: Connection,
  options: IngestTopicOptions,
): Promise<IngestReport> {
  const { kafka, topic, compiled, signal, effects = defaultEffects } = options;
  if (compiled.mapping.lines) {
    const problem = 'it is for line by line files, not for topics';
    throw new AppError('MAPPING_INVALID', { mapping: compiled.mapping.name, problem });
  }
  const reader = await openTopic(kafka, topic);
  const target: Target = { connection, reader, compiled, effects };
  try {
    const preset = compiled.mapping.name;
    const plan = await planStart(connection, reader, { preset, from: options.from });
    const { sourceId, changed } = await settle(target, plan);
    const total = { source: topic, records: 0, batches: 0, bytes: 0 };
    let pending = new Pending();
    let since = Date.now();
    const flush = async (): Promise<void> => {
      if (pending.chunks.length === 0) return;
      const full = pending;
      pending = new Pending();
      total.batches += await commit(target, sourceId, full);
      total.records += full.records;
      total.bytes += full.bytes;
      since = Date.now();
      options.onProgress?.(total.records);
    };
    const read = {
      start: plan.start,
      ...(options.follow === undefined ? {} : { follow: options.follow }),
      ...(signal === undefined ? {} : { signal }),
    };
    for await (const chunk of reader.read(read)) {
      pending.add(chunk);
      const late = options.follow === true && Date.now() - since >= COMMIT_MILLISECONDS;
      if (pending.isFull || late) await flush();
    }
    await flush();
    const nothing = total.records === 0 ? 'nothing new on the topic' : undefined;
    return { ...total, ...noteOf(nothing, plan.note, changed ? MAPPING_CHANGED : undefined) };
  } finally {
    await reader.close();
  }
}
