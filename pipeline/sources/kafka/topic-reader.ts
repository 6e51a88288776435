export interface KafkaConnectionOptions {
  /** Where to begin, each as `host:port`; the rest of the cluster is found from there. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** The group under which `commit` reports progress. Reading itself joins no group. */
  readonly groupId?: string;
  readonly ssl?: boolean | { readonly ca?: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

export interface KafkaHeader {
  readonly key: string;
  readonly value: Uint8Array | null;
}

export interface KafkaRecord {
  readonly offset: bigint;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: bigint;
  readonly key: Uint8Array | null;
  /** A tombstone is null; an empty value is not. */
  readonly value: Uint8Array | null;
  /** In the order they were written, repeated keys included; null where there are none. */
  readonly headers: KafkaHeader[] | null;
}

/** Records of one partition in offset order. */
export interface KafkaChunk {
  readonly partition: number;
  readonly records: KafkaRecord[];
  /** Where to go on. Beyond the last record plus one where control, aborted or compacted records follow it. */
  readonly nextOffset: bigint;
}

/** What a read_committed reader can get of a partition: `low` is the oldest offset, `high` the one after the newest stable one. */
export interface PartitionBounds {
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

export interface ReadOptions {
  /** The first offset wanted of each partition; a partition that is not named is read from its oldest. */
  readonly start: ReadonlyMap<number, bigint>;
  /** Goes on after the end until the signal aborts, which then is a normal end. Without it an abort throws CANCELLED. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

/** One topic, read committed. Whoever iterates sets the pace: nothing runs further ahead than two fetches. */
export interface TopicReader {
  readonly clusterId: string;
  readonly topic: string;
  /** As of the opening. */
  readonly partitions: PartitionBounds[];
  /** The first offset of each partition whose record is at or after a time; where there is none, the partition's end. */
  offsetsAt(timestamp: Date): Promise<Map<number, bigint>>;
  /** Reads every partition up to the end that it had when the call began. */
  read(options: ReadOptions): AsyncIterable<KafkaChunk>;
  /** Tells other tools' lag displays how far the caller is. Never fails and never decides where a read starts. */
  commit(partition: number, nextOffset: bigint): Promise<void>;
  close(): Promise<void>;
}
