import { AppError } from '../../contract/errors.ts';
import { committedBatches } from './committed-batches.ts';
import type { FetchedPartition } from './fetch-response.ts';
import { readRecords, splitBatches } from './record-batch.ts';
import type { KafkaChunk, KafkaRecord } from './topic-reader.ts';

/** Bytes of keys and values after which a chunk is handed on. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const EMPTY_ROUNDS = 3;
const STALLED_MS = 30_000;

/** Gets what follows the given offsets; of some partitions it may get nothing. */
export type FetchRound = (offsets: ReadonlyMap<number, bigint>) => Promise<FetchedPartition[]>;

export interface ReadPlan {
  readonly start: ReadonlyMap<number, bigint>;
  /** The offset at which a partition is done; null to go on for ever. */
  readonly ends: ReadonlyMap<number, bigint> | null;
}

const weight = ({ key, value }: KafkaRecord): number => (key?.length ?? 0) + (value?.length ?? 0);

/** The chunks of what was fetched of one partition, from `position` and before `end`. */
async function* chunksOf(
  fetched: FetchedPartition,
  position: bigint,
  end: bigint | undefined,
): AsyncGenerator<KafkaChunk> {
  const inside = splitBatches(fetched.recordSet).filter(
    ({ baseOffset, lastOffset }) =>
      lastOffset >= position && (end === undefined || baseOffset < end),
  );
  const visible = new Set(await committedBatches(inside, fetched.aborted));
  let records: KafkaRecord[] = [];
  let handedOn = position;
  let nextOffset = position;
  let bytes = 0;
  for (const batch of inside) {
    for (const record of visible.has(batch) ? await readRecords(batch) : []) {
      // A batch is sent whole, also when it begins before the offset that was asked for.
      if (record.offset < position) continue;
      records.push(record);
      bytes += weight(record);
    }
    nextOffset = batch.lastOffset + 1n;
    if (bytes >= CHUNK_BYTES) {
      yield { partition: fetched.partition, records, nextOffset };
      handedOn = nextOffset;
      records = [];
      bytes = 0;
    }
  }
  if (nextOffset > handedOn) {
    yield { partition: fetched.partition, records, nextOffset };
  }
}

/** The offset after everything that was fetched of a partition. */
function endOf({ recordSet }: FetchedPartition, position: bigint): bigint {
  const last = splitBatches(recordSet).at(-1);
  return last === undefined || last.lastOffset < position ? position : last.lastOffset + 1n;
}

class Progress {
  readonly positions: Map<number, bigint>;
  readonly #ends: ReadonlyMap<number, bigint> | null;
  #emptyRounds = 0;
  #movedAt = Date.now();

  constructor({ start, ends }: ReadPlan) {
    this.#ends = ends;
    this.positions = new Map(
      [...start].filter(([partition, at]) => at < (this.end(partition) ?? at + 1n)),
    );
  }

  end(partition: number): bigint | undefined {
    return this.#ends?.get(partition);
  }

  /** Moves the positions past a round; a partition that is done is asked for no more. */
  pass(round: readonly FetchedPartition[]): void {
    for (const fetched of round) {
      const position = this.positions.get(fetched.partition);
      if (position === undefined) continue;
      const next = endOf(fetched, position);
      const end = this.end(fetched.partition);
      if (end !== undefined && next >= end) this.positions.delete(fetched.partition);
      else this.positions.set(fetched.partition, next);
      if (next > position) this.#movedAt = Date.now();
    }
    const empty = round.every(({ recordSet }) => recordSet.length === 0);
    this.#emptyRounds = empty ? this.#emptyRounds + 1 : 0;
  }

  /**
   * The partitions whose end was not reached although there is nothing more: compaction took the last batches, but
   * not their offsets. Only rounds without a byte count, since a full answer leaves partitions out.
   */
  finishCompacted(round: readonly FetchedPartition[]): KafkaChunk[] {
    if (this.#ends === null || this.#emptyRounds < EMPTY_ROUNDS) return [];
    const finished: KafkaChunk[] = [];
    for (const { partition, stableEnd } of round) {
      const end = this.end(partition);
      if (end === undefined || stableEnd < end || !this.positions.delete(partition)) continue;
      finished.push({ partition, records: [], nextOffset: end });
    }
    return finished;
  }

  get stalled(): boolean {
    return this.#ends !== null && Date.now() - this.#movedAt > STALLED_MS;
  }
}

/** Rejects when the signal aborts; `stop` takes the listener off again. */
function abortion(signal: AbortSignal | undefined): { promise: Promise<never>; stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new AppError('CANCELLED', { what: 'Reading from Kafka' }));
  promise.catch(() => undefined);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return { promise, stop: () => signal?.removeEventListener('abort', abort) };
}

/** Fetches round by round, one round ahead of what is being handed on. Throws CANCELLED when the signal aborts. */
export async function* readPartitions(
  fetch: FetchRound,
  plan: ReadPlan,
  signal?: AbortSignal,
): AsyncGenerator<KafkaChunk> {
  const progress = new Progress(plan);
  const aborted = abortion(signal);
  const ask = (): Promise<FetchedPartition[]> => {
    const round = fetch(new Map(progress.positions));
    round.catch(() => undefined);
    return round;
  };
  try {
    let pending = progress.positions.size > 0 ? ask() : undefined;
    while (pending !== undefined) {
      const round = await Promise.race([pending, aborted.promise]);
      const before = new Map(progress.positions);
      progress.pass(round);
      const finished = progress.finishCompacted(round);
      if (progress.stalled) throw new Error('the broker has had nothing to give for too long');
      pending = progress.positions.size > 0 ? ask() : undefined;
      for (const fetched of round) {
        const position = before.get(fetched.partition);
        if (position === undefined) continue;
        for await (const chunk of chunksOf(fetched, position, progress.end(fetched.partition))) {
          signal?.throwIfAborted();
          yield chunk;
        }
      }
      yield* finished;
    }
  } finally {
    aborted.stop();
  }
}
