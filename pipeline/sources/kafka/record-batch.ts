import { ByteReader } from './byte-reader.ts';
import { decompressRecords } from './kafka-codecs.ts';
import type { KafkaHeader, KafkaRecord } from './topic-reader.ts';

const CODEC_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const HEADER_BYTES = 61;
/** The base offset and the length stand before what the length counts. */
const PREFIX_BYTES = 12;

/** A record batch, format 2, its records not yet decompressed. */
export interface RecordBatch {
  readonly baseOffset: bigint;
  /** Kept by compaction even where the record itself is gone. */
  readonly lastOffset: bigint;
  readonly producerId: bigint;
  readonly transactional: boolean;
  readonly control: boolean;
  readonly codec: number;
  readonly baseTimestamp: bigint;
  /** Set where the broker's clock, not the producer's, dates the records. */
  readonly appendTime: bigint | null;
  readonly count: number;
  readonly payload: Buffer;
}

function parseBatch(bytes: Buffer): RecordBatch {
  const magic = bytes.readInt8(16);
  if (magic !== 2)
    throw new Error(`records have format ${magic}; brokers write format 2 since 0.11`);
  const baseOffset = bytes.readBigInt64BE(0);
  const attributes = bytes.readInt16BE(21);
  const appendTime = (attributes & LOG_APPEND_TIME) === 0 ? null : bytes.readBigInt64BE(35);
  return {
    baseOffset,
    lastOffset: baseOffset + BigInt(bytes.readInt32BE(23)),
    producerId: bytes.readBigInt64BE(43),
    transactional: (attributes & TRANSACTIONAL) !== 0,
    control: (attributes & CONTROL) !== 0,
    codec: attributes & CODEC_MASK,
    baseTimestamp: bytes.readBigInt64BE(27),
    appendTime,
    count: bytes.readInt32BE(57),
    payload: bytes.subarray(HEADER_BYTES),
  };
}

/** The whole batches of a fetched record set. A broker cuts the last one off where the size limit falls. */
export function splitBatches(recordSet: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  let at = 0;
  while (recordSet.length - at >= HEADER_BYTES) {
    const size = PREFIX_BYTES + recordSet.readInt32BE(at + 8);
    if (recordSet.length - at < size) break;
    batches.push(parseBatch(recordSet.subarray(at, at + size)));
    at += size;
  }
  return batches;
}

function readHeaders(reader: ByteReader): KafkaHeader[] | null {
  const count = reader.varint();
  if (count <= 0) return null;
  const headers: KafkaHeader[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = reader.varbytes()?.toString('utf8') ?? '';
    headers.push({ key, value: reader.varbytes() });
  }
  return headers;
}

/** The records of a batch. Keys, values and headers are views of the batch's bytes. */
export async function readRecords(batch: RecordBatch): Promise<KafkaRecord[]> {
  const reader = new ByteReader(await decompressRecords(batch.codec, batch.payload));
  const records: KafkaRecord[] = [];
  for (let index = 0; index < batch.count; index += 1) {
    const length = reader.varint();
    const end = reader.at + length;
    reader.at += 1;
    const timestamp = batch.baseTimestamp + reader.varlong();
    const offset = batch.baseOffset + BigInt(reader.varint());
    const key = reader.varbytes();
    const value = reader.varbytes();
    const headers = readHeaders(reader);
    if (reader.at !== end) throw new Error(`the record at offset ${offset} is damaged`);
    records.push({ offset, timestamp: batch.appendTime ?? timestamp, key, value, headers });
  }
  return records;
}

/** Whether a control batch ends its producer's transaction by an abort (0) rather than a commit (1). */
export async function isAbortMarker(batch: RecordBatch): Promise<boolean> {
  const [marker] = await readRecords(batch);
  if (marker?.key == null || marker.key.length < 4) return false;
  return Buffer.from(marker.key).readInt16BE(2) === 0;
}
