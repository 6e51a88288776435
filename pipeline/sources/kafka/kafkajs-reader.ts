import type Cluster from 'kafkajs/src/cluster/index.js';
import { AppError } from '../../contract/errors.ts';
import { commitOffset } from './commit-offset.ts';
import type { FetchedPartition } from './fetch-response.ts';
import { asKafkaError, hasKafkaType, isPassing, type KafkaTask } from './kafka-errors.ts';
import { closing, READ_COMMITTED, type ClusterHandle } from './kafkajs-client.ts';
import { fetchOnce } from './kafkajs-fetch.ts';
import { refuseLost } from './lost-offsets.ts';
import { readPartitions } from './read-partitions.ts';
import type { KafkaChunk, PartitionBounds, ReadOptions, TopicReader } from './topic-reader.ts';

const EARLIEST = '-2';
const LATEST = '-1';
/** How long a broker may be away in the middle. kafkajs's own timeouts come on top, at most once. */
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 200;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Offsets of all partitions by time in ms, or by the two special times. */
async function listOffsets(
  cluster: Cluster,
  topic: string,
  timestamp: string,
): Promise<Map<number, bigint>> {
  const partitions = cluster.findTopicPartitionMetadata(topic).map((one) => one.partitionId);
  const leaders = Object.entries(cluster.findLeaderForPartitions(topic, partitions));
  const answers = await Promise.all(
    leaders.map(async ([nodeId, led]) => {
      const broker = await cluster.findBroker({ nodeId });
      const asked = led.map((partition) => ({ partition, timestamp }));
      const request = { isolationLevel: READ_COMMITTED, topics: [{ topic, partitions: asked }] };
      return broker.listOffsets(request);
    }),
  );
  const offsets = answers
    .flatMap(({ responses }) => responses)
    .flatMap((response) => response.partitions)
    .map(({ partition, offset }) => [partition, BigInt(offset)] as const);
  return new Map(offsets.toSorted(([a], [b]) => a - b));
}

export async function listBounds(cluster: Cluster, topic: string): Promise<PartitionBounds[]> {
  // The order matters: an end that is older than its beginning would look like lost offsets.
  const low = await listOffsets(cluster, topic, EARLIEST);
  const high = await listOffsets(cluster, topic, LATEST);
  return [...low].map(([partition, offset]) => ({
    partition,
    low: offset,
    high: high.get(partition) ?? offset,
  }));
}

export class KafkajsReader implements TopicReader {
  readonly clusterId: string;
  readonly topic: string;
  readonly partitions: PartitionBounds[];
  readonly #handle: ClusterHandle;
  readonly #task: KafkaTask;
  readonly #groupId: string;

  constructor(
    handle: ClusterHandle,
    seen: { clusterId: string; partitions: PartitionBounds[] },
    task: KafkaTask & { groupId: string },
  ) {
    this.clusterId = seen.clusterId;
    this.partitions = seen.partitions;
    this.topic = task.topic;
    this.#handle = handle;
    this.#task = task;
    this.#groupId = task.groupId;
  }

  get #cluster(): Cluster {
    return this.#handle.cluster;
  }

  async offsetsAt(timestamp: Date): Promise<Map<number, bigint>> {
    return this.#patiently(async () => {
      const found = await listOffsets(this.#cluster, this.topic, String(timestamp.getTime()));
      const ends = await listOffsets(this.#cluster, this.topic, LATEST);
      return new Map(
        [...found].map(([partition, offset]) => [
          partition,
          offset < 0n ? (ends.get(partition) ?? 0n) : offset,
        ]),
      );
    });
  }

  async *read({ start, follow = false, signal }: ReadOptions): AsyncGenerator<KafkaChunk> {
    try {
      const bounds = await this.#patiently(() => listBounds(this.#cluster, this.topic), signal);
      refuseLost(this.topic, bounds, start);
      const plan = {
        start: new Map(
          bounds.map(({ partition, low }) => [partition, start.get(partition) ?? low]),
        ),
        ends: follow ? null : new Map(bounds.map(({ partition, high }) => [partition, high])),
      };
      const fetch = (offsets: ReadonlyMap<number, bigint>): Promise<FetchedPartition[]> =>
        this.#fetch(offsets, signal);
      yield* readPartitions(fetch, plan, signal);
    } catch (error) {
      if (signal?.aborted) {
        if (follow) return;
        throw new AppError('CANCELLED', { what: `Reading "${this.topic}"` }, { cause: error });
      }
      throw asKafkaError(error, this.#task);
    }
  }

  async #fetch(
    offsets: ReadonlyMap<number, bigint>,
    signal: AbortSignal | undefined,
  ): Promise<FetchedPartition[]> {
    return this.#patiently(async () => {
      try {
        return await fetchOnce(this.#cluster, this.topic, offsets);
      } catch (error) {
        if (!hasKafkaType(error, 'OFFSET_OUT_OF_RANGE')) throw error;
        refuseLost(this.topic, await listBounds(this.#cluster, this.topic), offsets);
        throw error;
      }
    }, signal);
  }

  /** Goes on over a broker's restart or a partition's new leader, but not for ever. */
  async #patiently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const begun = Date.now();
    let wait = FIRST_PAUSE_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof AppError) throw error;
        const late = Date.now() - begun + wait > PATIENCE_MS || this.#handle.sockets.closed;
        if (late || signal?.aborted || !isPassing(error)) throw asKafkaError(error, this.#task);
        await pause(wait);
        wait *= 2;
        await this.#cluster.refreshMetadata().catch(() => undefined);
      }
    }
  }

  async commit(partition: number, nextOffset: bigint): Promise<void> {
    const { topic } = this;
    await commitOffset(this.#cluster, { groupId: this.#groupId, topic, partition, nextOffset });
  }

  async close(): Promise<void> {
    await closing(this.#cluster, this.#handle.sockets);
  }
}
