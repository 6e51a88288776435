import { expect, test } from 'vitest';
import type { FetchedPartition } from '../../../pipeline/sources/kafka/fetch-response.ts';
import { readPartitions } from '../../../pipeline/sources/kafka/read-partitions.ts';
import type { KafkaChunk } from '../../../pipeline/sources/kafka/topic-reader.ts';

/** A record batch without records, as compaction leaves it to keep a producer's sequence number. */
function emptiedBatch(baseOffset: bigint, offsets: number): Buffer {
  const batch = Buffer.alloc(61);
  batch.writeBigInt64BE(baseOffset, 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt8(2, 16);
  batch.writeInt32BE(offsets - 1, 23);
  return batch;
}

const answer = (partition: number, recordSet: Buffer): FetchedPartition => ({
  partition,
  errorCode: 0,
  stableEnd: 6n,
  aborted: [],
  recordSet,
});

const NOTHING = Buffer.alloc(0);

async function run(
  ends: Map<number, bigint>,
  rounds: ((offsets: ReadonlyMap<number, bigint>) => FetchedPartition[])[],
) {
  const asked: [number, bigint][][] = [];
  const fetch = async (offsets: ReadonlyMap<number, bigint>) => {
    asked.push([...offsets]);
    const round = rounds[Math.min(asked.length, rounds.length) - 1];
    return round?.(offsets) ?? [];
  };
  const start = new Map([...ends.keys()].map((partition) => [partition, 0n]));
  const chunks: KafkaChunk[] = [];
  for await (const chunk of readPartitions(fetch, { start, ends })) chunks.push(chunk);
  return { asked, chunks };
}

test('a batch that compaction emptied is passed by its last offset, also when it is all that is sent', async () => {
  const seen = await run(new Map([[0, 6n]]), [
    () => [answer(0, emptiedBatch(0n, 4))],
    () => [answer(0, emptiedBatch(4n, 2))],
  ]);
  expect(seen).toEqual({
    asked: [[[0, 0n]], [[0, 4n]]],
    chunks: [
      { partition: 0, records: [], nextOffset: 4n },
      { partition: 0, records: [], nextOffset: 6n },
    ],
  });
});

test('a tail of which compaction left nothing ends after three empty answers', async () => {
  const seen = await run(new Map([[0, 6n]]), [() => [answer(0, NOTHING)]]);
  expect(seen.chunks).toEqual([{ partition: 0, records: [], nextOffset: 6n }]);
  expect(seen.asked).toHaveLength(3);
});

test('a partition left out of full answers is not taken for a compacted one', async () => {
  const full = [0n, 1n, 2n, 3n, 4n].map((at) => () => [
    answer(0, emptiedBatch(at, 1)),
    answer(1, NOTHING),
  ]);
  const seen = await run(
    new Map([
      [0, 5n],
      [1, 6n],
    ]),
    [...full, () => [answer(1, emptiedBatch(0n, 6))]],
  );
  expect(seen.chunks.filter(({ partition }) => partition === 1)).toEqual([
    { partition: 1, records: [], nextOffset: 6n },
  ]);
  expect(seen.asked).toHaveLength(6);
});
