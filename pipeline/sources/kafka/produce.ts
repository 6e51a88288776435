import { setTimeout } from 'node:timers/promises';
import kafkajs, { type Admin, type Message, type Producer } from 'kafkajs';
import { AppError } from '../../contract/errors.ts';
import { asKafkaError, hasKafkaType } from './kafka-errors.ts';
import { closing, createClient, opening, type ClientHandle } from './kafkajs-client.ts';
import { topicNotFound } from './open-topic.ts';
import { type PartitionedBatch, PartitionBatches } from './partition-batches.ts';
import type { KafkaConnectionOptions } from './topic-reader.ts';

export interface ProducedRecord {
  readonly key: Uint8Array | string | null;
  readonly value: Uint8Array | null;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
}

export interface ProduceOptions {
  /** Makes the topic if it is not there, with this many partitions. */
  readonly createTopic?: boolean;
  readonly partitions?: number;
  readonly compression?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  readonly signal?: AbortSignal;
  /** Called with the number of records that the brokers have acknowledged so far. */
  readonly onProgress?: (records: number) => void;
}

const ACKS_ALL = -1;

const compressions = {
  none: kafkajs.CompressionTypes.None,
  gzip: kafkajs.CompressionTypes.GZIP,
  snappy: kafkajs.CompressionTypes.Snappy,
  lz4: kafkajs.CompressionTypes.LZ4,
  zstd: kafkajs.CompressionTypes.ZSTD,
};

async function ensureTopic(
  admin: Admin,
  topic: string,
  options: ProduceOptions & { brokers: readonly string[] },
): Promise<void> {
  const known = await admin.listTopics();
  if (known.includes(topic)) return;
  if (options.createTopic !== true) throw topicNotFound({ topic, brokers: options.brokers, known });
  // kafkajs gives up where a broker has not heard of the topic yet: `findPartitions` waits for that, too.
  const topics = [{ topic, numPartitions: options.partitions ?? 1 }];
  await admin.createTopics({ topics, waitForLeaders: false });
}

const NEWLY_MADE_MS = 8000;
const AGAIN_AFTER_MS = 50;

/** The topic's partitions, once each has a leader. */
async function findPartitions(admin: Admin, topic: string) {
  const until = performance.now() + NEWLY_MADE_MS;
  for (;;) {
    const isLate = performance.now() >= until;
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const found = topics.find((one) => one.name === topic)?.partitions ?? [];
      if (isLate || (found.length > 0 && found.every(({ leader }) => leader >= 0))) return found;
    } catch (error) {
      const isNew = ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'].some((type) =>
        hasKafkaType(error, type),
      );
      if (isLate || !isNew) throw error;
    }
    await setTimeout(AGAIN_AFTER_MS);
  }
}

/** The topic's max.message.bytes, or nothing for a user who may not see it. */
async function findLimit(admin: Admin, topic: string): Promise<number | undefined> {
  const resource = {
    type: kafkajs.ConfigResourceTypes.TOPIC,
    name: topic,
    configNames: ['max.message.bytes'],
  };
  try {
    const answer = await admin.describeConfigs({ resources: [resource], includeSynonyms: false });
    const limit = Number(answer.resources[0]?.configEntries[0]?.configValue);
    return limit > 0 ? limit : undefined;
  } catch {
    return undefined;
  }
}

function toMessage({ key, value, timestamp }: ProducedRecord): Message {
  return {
    // kafkajs hashes the text of a Uint8Array that is no Buffer ("1,2,3"), not its bytes.
    key: key === null || typeof key === 'string' ? key : Buffer.from(key),
    value: value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength),
    // As text, since kafkajs takes the number 0 for "now".
    timestamp: String(timestamp),
  };
}

function tooLarge(error: unknown, topic: string, batch: PartitionedBatch): unknown {
  if (!hasKafkaType(error, 'MESSAGE_TOO_LARGE')) return error;
  const problem = `a record of ${batch.largest} bytes is larger than the topic takes (max.message.bytes)`;
  return new AppError('KAFKA_FAILED', { topic, problem }, { cause: error });
}

interface Sending {
  readonly topic: string;
  readonly records: Iterable<ProducedRecord>;
  readonly options: ProduceOptions;
  readonly batches: PartitionBatches;
}

async function sendAll(producer: Producer, sending: Sending): Promise<number> {
  const { topic, records, options, batches } = sending;
  let sent = 0;
  const send = async (batch: PartitionedBatch | undefined): Promise<void> => {
    if (batch === undefined) return;
    if (options.signal?.aborted) throw new AppError('CANCELLED', { what: `Writing to "${topic}"` });
    const compression = compressions[options.compression ?? 'none'];
    try {
      await producer.send({ topic, acks: ACKS_ALL, compression, messages: batch.messages });
    } catch (error) {
      throw tooLarge(error, topic, batch);
    }
    sent += batch.messages.length;
    options.onProgress?.(sent);
  };
  for (const record of records) await send(batches.add(toMessage(record)));
  await send(batches.take());
  return sent;
}

async function connectAll(
  { kafka }: ClientHandle,
  topic: string,
  options: ProduceOptions & { brokers: readonly string[] },
): Promise<{ producer: Producer; admin: Admin; batches: PartitionBatches }> {
  const admin = kafka.admin();
  await admin.connect();
  await ensureTopic(admin, topic, options);
  const partitions = await findPartitions(admin, topic);
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const limit = await findLimit(admin, topic);
  return { producer, admin, batches: new PartitionBatches(topic, partitions, limit) };
}

/**
 * Writes records and waits until all replicas have them; gives their number. Keys choose partitions as Java's clients
 * do. If it fails or is cancelled, what was acknowledged before stays in the topic.
 */
export async function produce(
  connection: KafkaConnectionOptions,
  topic: string,
  records: Iterable<ProducedRecord>,
  options: ProduceOptions = {},
): Promise<number> {
  const task = { topic, brokers: connection.brokers };
  const handle = createClient(connection);
  const ready = connectAll(handle, topic, { ...options, brokers: connection.brokers });
  const { producer, admin, batches } = await opening(ready, handle.sockets, task);
  try {
    return await sendAll(producer, { topic, records, options, batches });
  } catch (error) {
    throw asKafkaError(error, task);
  } finally {
    await admin.disconnect().catch(() => undefined);
    await closing(producer, handle.sockets);
  }
}
