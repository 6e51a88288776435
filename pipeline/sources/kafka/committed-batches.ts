import { isAbortMarker, type RecordBatch } from './record-batch.ts';

/** A transaction that was aborted, as a broker lists it with the records it sends. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/**
 * Leaves out control batches and the batches of aborted transactions.
 *
 * An aborted transaction of a producer spans from its first offset to that producer's next abort marker, and only
 * control batches are markers. (kafkajs 2.2.4 takes every record whose key is four zero bytes for a marker and lets the
 * rest of an aborted transaction through, and it expects the list in the order of first offsets, which it is not in.)
 */
export async function committedBatches(
  batches: readonly RecordBatch[],
  abortedTransactions: readonly AbortedTransaction[],
): Promise<RecordBatch[]> {
  const waiting = abortedTransactions.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const aborted = new Set<bigint>();
  const committed: RecordBatch[] = [];
  let next = 0;
  for (const batch of batches) {
    for (let one = waiting[next]; one && one.firstOffset <= batch.lastOffset; one = waiting[next]) {
      aborted.add(one.producerId);
      next += 1;
    }
    if (batch.control) {
      if (aborted.has(batch.producerId) && (await isAbortMarker(batch))) {
        aborted.delete(batch.producerId);
      }
    } else if (!batch.transactional || !aborted.has(batch.producerId)) {
      committed.push(batch);
    }
  }
  return committed;
}
