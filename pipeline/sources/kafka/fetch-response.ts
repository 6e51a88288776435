import { ByteReader } from './byte-reader.ts';
import type { AbortedTransaction } from './committed-batches.ts';

/** What a broker answered for one partition. */
export interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  /** The offset after the last one that read_committed may see. */
  readonly stableEnd: bigint;
  readonly aborted: AbortedTransaction[];
  readonly recordSet: Buffer;
}

/** An array as Kafka writes it; a length of -1 is null and read as empty. */
function readArray<T>(reader: ByteReader, readItem: () => T): T[] {
  const length = reader.int32();
  const items: T[] = [];
  for (let index = 0; index < length; index += 1) items.push(readItem());
  return items;
}

function readPartition(reader: ByteReader, version: number): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  reader.at += 8; // The high watermark.
  const stableEnd = reader.int64();
  if (version >= 5) reader.at += 8; // The log's start offset.
  const aborted = readArray(reader, () => ({
    producerId: reader.int64(),
    firstOffset: reader.int64(),
  }));
  if (version >= 11) reader.at += 4; // The preferred read replica.
  const recordSet = reader.take(Math.max(reader.int32(), 0));
  return { partition, errorCode, stableEnd, aborted, recordSet };
}

/**
 * Decodes a Fetch response, versions 4 to 11, and leaves the records as bytes. Source: the Kafka protocol's message
 * definitions. kafkajs's own decoder gathers headers in an object, which loses the order of repeated ones and mixes
 * inherited properties into one called "constructor", and it drops the batches that compaction emptied, whose offsets
 * a reader has to pass.
 */
export function decodeFetchResponse(
  payload: Buffer,
  version: number,
): { errorCode: number; partitions: FetchedPartition[] } {
  const reader = new ByteReader(payload);
  reader.at += 4; // How long the broker throttled the client.
  const errorCode = version >= 7 ? reader.int16() : 0;
  if (version >= 7) reader.at += 4; // The fetch session.
  const topics = readArray(reader, () => {
    reader.string();
    return readArray(reader, () => readPartition(reader, version));
  });
  return { errorCode, partitions: topics.flat() };
}
