import { AppError } from '../../contract/errors.ts';
import type { PartitionBounds } from './topic-reader.ts';

/** Throws KAFKA_OFFSETS_LOST; kafkajs's consumer would jump to the oldest or newest offset without a word. */
export function refuseLost(
  topic: string,
  bounds: readonly PartitionBounds[],
  offsets: ReadonlyMap<number, bigint>,
): void {
  const known = new Map(bounds.map((one) => [one.partition, one]));
  for (const [partition, stored] of offsets) {
    const { low, high } = known.get(partition) ?? { low: 0n, high: 0n };
    if (known.has(partition) && stored >= low && stored <= high) continue;
    throw new AppError('KAFKA_OFFSETS_LOST', {
      partition,
      topic,
      stored: String(stored),
      low: String(low),
      high: String(high),
    });
  }
}
