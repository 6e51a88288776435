import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { repairRequestQueue } from '../../pipeline/sources/kafka/kafkajs-quiet.ts';
import { openTopic } from '../../pipeline/sources/kafka/open-topic.ts';
import type {
  KafkaChunk,
  KafkaRecord,
  ReadOptions,
  TopicReader,
} from '../../pipeline/sources/kafka/topic-reader.ts';

export function plainKafkajs(brokers: readonly string[]): Kafka {
  repairRequestQueue();
  return new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
}

export async function withAdmin<T>(
  brokers: readonly string[],
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = plainKafkajs(brokers).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

export async function createTopic(
  brokers: readonly string[],
  topic: string,
  settings: { partitions?: number; config?: Record<string, string> } = {},
): Promise<void> {
  const configEntries = Object.entries(settings.config ?? {}).map(([name, value]) => ({
    name,
    value,
  }));
  const numPartitions = settings.partitions ?? 1;
  await withAdmin(brokers, (admin) =>
    admin.createTopics({ topics: [{ topic, numPartitions, configEntries }] }),
  );
}

/** Lets the broker forget a partition's records before an offset, as retention does. */
export async function expireBefore(
  brokers: readonly string[],
  topic: string,
  offset: number,
): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    // kafkajs deletes records of topics only that it has looked at before.
    await admin.fetchTopicOffsets(topic);
    const partitions = [{ partition: 0, offset: String(offset) }];
    await admin.deleteTopicRecords({ topic, partitions });
  });
}

export async function collect(chunks: AsyncIterable<KafkaChunk>): Promise<{
  records: Map<number, KafkaRecord[]>;
  next: Map<number, bigint>;
}> {
  const records = new Map<number, KafkaRecord[]>();
  const next = new Map<number, bigint>();
  for await (const chunk of chunks) {
    records.set(chunk.partition, [...(records.get(chunk.partition) ?? []), ...chunk.records]);
    next.set(chunk.partition, chunk.nextOffset);
  }
  return { records, next };
}

export async function withReader<T>(
  brokers: readonly string[],
  topic: string,
  work: (reader: TopicReader) => Promise<T>,
): Promise<T> {
  const reader = await openTopic({ brokers }, topic);
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

export function readAll(
  brokers: readonly string[],
  topic: string,
  options: Partial<ReadOptions> = {},
): ReturnType<typeof collect> {
  return withReader(brokers, topic, (reader) =>
    collect(reader.read({ start: new Map(), ...options })),
  );
}

export const textOf = (bytes: Uint8Array | null | undefined): string | null =>
  bytes == null ? null : Buffer.from(bytes).toString();
