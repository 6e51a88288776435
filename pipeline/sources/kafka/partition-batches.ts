import kafkajs, { type Message, type PartitionMetadata } from 'kafkajs';

const PARTITION_BYTES = 900_000;
/** Of the broker's limit, so that the batch's own header and our rough sizes fit as well. */
const SHARE_OF_LIMIT = 0.9;
const REQUEST_BYTES = 8_000_000;
/** kafkajs groups a request's messages in quadratic time. */
const REQUEST_MESSAGES = 5000;
/** What a record adds to its key and value, generously: lengths, time and offset. */
const RECORD_OVERHEAD = 40;

export interface PartitionedBatch {
  readonly messages: Message[];
  /** Bytes of the largest record. */
  readonly largest: number;
}

const sizeOf = ({ key, value }: Message): number =>
  RECORD_OVERHEAD + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '');

/** Chooses each message's partition and collects as many as a broker takes in one request; kafkajs splits nothing. */
export class PartitionBatches {
  readonly #topic: string;
  readonly #partitions: PartitionMetadata[];
  readonly #limit: number;
  readonly #choose = kafkajs.Partitioners.DefaultPartitioner();
  #bytes = new Map<number, number>();
  #messages: Message[] = [];
  #total = 0;
  #largest = 0;

  /** `maxBytes` is what the topic takes in one batch of a partition, where it is known. */
  constructor(topic: string, partitions: PartitionMetadata[], maxBytes?: number) {
    this.#topic = topic;
    this.#partitions = partitions;
    this.#limit = Math.min(PARTITION_BYTES, (maxBytes ?? Infinity) * SHARE_OF_LIMIT);
  }

  /** Takes a message in; gives the request that had to be closed before it, if any. */
  add(message: Message): PartitionedBatch | undefined {
    const size = sizeOf(message);
    const partition = this.#choose({
      topic: this.#topic,
      partitionMetadata: this.#partitions,
      message,
    });
    const filled = this.#bytes.get(partition) ?? 0;
    const full =
      filled + size > this.#limit ||
      this.#total + size > REQUEST_BYTES ||
      this.#messages.length >= REQUEST_MESSAGES;
    const closed = full ? this.take() : undefined;
    this.#bytes.set(partition, (this.#bytes.get(partition) ?? 0) + size);
    this.#messages.push({ ...message, partition });
    this.#total += size;
    this.#largest = Math.max(this.#largest, size - RECORD_OVERHEAD);
    return closed;
  }

  /** What is left, or nothing. */
  take(): PartitionedBatch | undefined {
    if (this.#messages.length === 0) return undefined;
    const batch = { messages: this.#messages, largest: this.#largest };
    this.#messages = [];
    this.#bytes = new Map();
    this.#total = 0;
    this.#largest = 0;
    return batch;
  }
}
