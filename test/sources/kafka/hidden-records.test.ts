import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeWithBroker } from '../../helpers/kafka-broker.ts';
import {
  createTopic,
  plainKafkajs,
  readAll,
  textOf,
  withReader,
} from '../../helpers/kafka-topics.ts';
import { kcat, kcatMissing } from '../../helpers/kcat.ts';

const ZERO_KEY = Buffer.alloc(4);

interface Write {
  readonly values: string[];
  readonly key?: Buffer;
  readonly end: 'commit' | 'abort';
}

async function inTransactions(
  brokers: readonly string[],
  topic: string,
  writes: Write[],
): Promise<void> {
  const producer = plainKafkajs(brokers).producer({
    transactionalId: topic,
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  for (const { values, key = null, end } of writes) {
    const transaction = await producer.transaction();
    for (const value of values) await transaction.send({ topic, messages: [{ key, value }] });
    await transaction[end]();
  }
  await producer.disconnect();
}

const valuesOf = async (brokers: readonly string[], topic: string, start = 0n) => {
  const { records, next } = await readAll(brokers, topic, { start: new Map([[0, start]]) });
  return { values: (records.get(0) ?? []).map(({ value }) => textOf(value)), next: next.get(0) };
};

await describeWithBroker('records that must not be seen', ({ brokers }) => {
  test('an aborted transaction at the tail ends the read and delivers nothing of it', async () => {
    await createTopic(brokers, 'aborted');
    await inTransactions(brokers, 'aborted', [
      { values: ['a', 'b'], end: 'commit' },
      { values: ['x', 'y', 'z'], end: 'abort' },
    ]);
    // Two records and a marker, then three and a marker.
    expect(await valuesOf(brokers, 'aborted')).toEqual({ values: ['a', 'b'], next: 7n });
    expect(await valuesOf(brokers, 'aborted', 4n)).toEqual({ values: [], next: 7n });
    expect(await valuesOf(brokers, 'aborted', 6n)).toEqual({ values: [], next: 7n });
  });

  test.skipIf(kcatMissing)(
    'an aborted record whose key looks like an abort marker is not delivered, as kcat agrees (skipped without kcat)',
    async () => {
      await createTopic(brokers, 'zero-key');
      await inTransactions(brokers, 'zero-key', [
        { values: ['x', 'y', 'z'], key: ZERO_KEY, end: 'abort' },
        { values: ['a', 'b'], key: ZERO_KEY, end: 'commit' },
      ]);
      const seen = await kcat(brokers, [
        '-C',
        '-t',
        'zero-key',
        '-e',
        '-q',
        '-X',
        'isolation.level=read_committed',
      ]);
      expect(seen.trim().split('\n')).toEqual(['a', 'b']);
      expect((await valuesOf(brokers, 'zero-key')).values).toEqual(['a', 'b']);
    },
  );

  test('transactions of two producers, open at once, are told apart wherever the read begins', async () => {
    await createTopic(brokers, 'interleaved');
    const producers = ['one', 'two'].map((transactionalId) =>
      plainKafkajs(brokers).producer({ transactionalId, maxInFlightRequests: 1, idempotent: true }),
    );
    await Promise.all(producers.map((producer) => producer.connect()));
    const open = await Promise.all(producers.map((producer) => producer.transaction()));
    const [one, two] = open;
    const topic = 'interleaved';
    for (const n of [1, 2, 3]) {
      await one?.send({ topic, messages: [{ value: `one ${n}` }] });
      await two?.send({ topic, messages: [{ value: `two ${n}` }] });
    }
    await two?.abort();
    await one?.abort();
    const [third] = await Promise.all(producers.map((producer) => producer.transaction()));
    await third?.send({ topic, messages: [{ value: 'kept' }] });
    await third?.commit();
    await Promise.all(producers.map((producer) => producer.disconnect()));
    for (let start = 0n; start <= 8n; start += 1n) {
      expect(await valuesOf(brokers, topic, start)).toEqual({ values: ['kept'], next: 10n });
    }
  });

  test('what a transaction that is still open holds back is not waited for', async () => {
    await createTopic(brokers, 'open');
    const producer = plainKafkajs(brokers).producer({
      transactionalId: 'open',
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    await inTransactions(brokers, 'open', [{ values: ['a'], end: 'commit' }]).catch(
      () => undefined,
    );
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'open', messages: [{ value: 'undecided' }] });
    expect(await valuesOf(brokers, 'open')).toEqual({ values: ['a'], next: 2n });
    await transaction.commit();
    await producer.disconnect();
    expect(await valuesOf(brokers, 'open', 2n)).toEqual({ values: ['undecided'], next: 4n });
  });

  test('a compacted topic is read to its end, over batches that compaction emptied', async () => {
    const topic = 'compacted';
    const config = {
      'cleanup.policy': 'compact',
      'segment.ms': '100',
      'min.cleanable.dirty.ratio': '0.001',
      'min.compaction.lag.ms': '0',
    };
    await createTopic(brokers, topic, { config });
    const producer = plainKafkajs(brokers).producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const other = plainKafkajs(brokers).producer({ idempotent: true, maxInFlightRequests: 1 });
    await other.connect();
    const write = async (one: typeof producer, values: string[]) => {
      await one.send({ topic, messages: values.map((value) => ({ key: 'same', value })) });
      await sleep(150);
    };
    // The last batch of each producer is kept empty, because it carries that producer's sequence number.
    await write(other, ['1', '2', '3']);
    for (const value of ['4', '5', '6', '7']) await write(producer, [value, `${value}b`]);
    await sleep(150);
    await write(producer, ['last']);
    let kept: (string | null)[] = [];
    await withReader(brokers, topic, async (reader) => {
      expect(reader.partitions[0]?.high).toBe(12n);
    });
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      const seen = await valuesOf(brokers, topic);
      expect(seen.next).toBe(12n);
      expect(seen.values.at(-1)).toBe('last');
      kept = seen.values;
      if (kept.length <= 2) break;
      await sleep(300);
    }
    expect(kept.length).toBeLessThanOrEqual(2);
    expect(await valuesOf(brokers, topic, 1n)).toMatchObject({ next: 12n });
    await Promise.all([producer.disconnect(), other.disconnect()]);
  });
});
