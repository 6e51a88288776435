import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { produce } from '../../../pipeline/sources/kafka/produce.ts';
import { describeWithBroker } from '../../helpers/kafka-broker.ts';
import {
  collect,
  createTopic,
  plainKafkajs,
  readAll,
  textOf,
  withAdmin,
  withReader,
} from '../../helpers/kafka-topics.ts';

function* numbered(from: number, to: number) {
  for (let n = from; n < to; n += 1) {
    yield { key: `k${n % 997}`, value: Buffer.from(String(n)), timestamp: 1_700_000_000_000 + n };
  }
}

await describeWithBroker('reading a topic', ({ brokers }) => {
  test('20,000 records over four partitions come exactly once, in order, then it ends; a resumed read brings only the new', async () => {
    const topic = 'exactly-once';
    await produce({ brokers }, topic, numbered(0, 20_000), { createTopic: true, partitions: 4 });
    const first = await readAll(brokers, topic);
    const all = [...first.records.values()].flat();
    const values = all.map(({ value }) => Number(textOf(value)));
    expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20_000 }, (_, n) => n));
    expect(
      all.every((one) => Number(one.timestamp) - 1_700_000_000_000 === Number(textOf(one.value))),
    ).toBe(true);
    for (const [partition, records] of first.records) {
      expect(records.map(({ offset }) => offset)).toEqual(records.map((_, at) => BigInt(at)));
      const order = records.map(({ value }) => Number(textOf(value)));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(first.next.get(partition)).toBe(BigInt(records.length));
    }
    expect(first.records.size).toBe(4);
    expect(await readAll(brokers, topic, { start: first.next })).toEqual({
      records: new Map(),
      next: new Map(),
    });
    await produce({ brokers }, topic, numbered(20_000, 20_500));
    const second = await readAll(brokers, topic, { start: first.next });
    const fresh = [...second.records.values()].flat().map(({ value }) => Number(textOf(value)));
    expect(fresh.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 500 }, (_, n) => 20_000 + n),
    );
  });

  test('an empty topic ends at once with nothing', async () => {
    await createTopic(brokers, 'empty', { partitions: 3 });
    await withReader(brokers, 'empty', async (reader) => {
      expect(reader.partitions).toEqual(
        [0, 1, 2].map((partition) => ({ partition, low: 0n, high: 0n })),
      );
      expect(await collect(reader.read({ start: new Map() }))).toEqual({
        records: new Map(),
        next: new Map(),
      });
    });
  });

  test('a tombstone is null, an empty value is empty, keys and headers keep their bytes', async () => {
    await createTopic(brokers, 'shapes');
    const producer = plainKafkajs(brokers).producer();
    await producer.connect();
    const bytes = Buffer.from([0, 255, 128, 10]);
    const headers = Object.fromEntries([
      ['constructor', 'c'],
      ['__proto__', 'p'],
      ['twice', ['1', bytes]],
    ]) as Record<string, string | Buffer | (string | Buffer)[]>;
    await producer.send({
      topic: 'shapes',
      messages: [
        { key: bytes, value: null },
        { key: null, value: '' },
        { key: '', value: bytes, headers, timestamp: '-5' },
      ],
    });
    await producer.disconnect();
    const { records } = await readAll(brokers, 'shapes');
    const seen = records.get(0)?.map(({ key, value, headers }) => ({ key, value, headers }));
    expect(seen).toEqual([
      { key: bytes, value: null, headers: null },
      { key: null, value: Buffer.alloc(0), headers: null },
      {
        key: Buffer.alloc(0),
        value: bytes,
        headers: [
          { key: 'constructor', value: Buffer.from('c') },
          { key: '__proto__', value: Buffer.from('p') },
          { key: 'twice', value: Buffer.from('1') },
          { key: 'twice', value: bytes },
        ],
      },
    ]);
  });

  test('offsets at a time are those of the first record from then on, or the end', async () => {
    await produce({ brokers }, 'times', numbered(0, 100), { createTopic: true });
    await withReader(brokers, 'times', async (reader) => {
      const at = async (ms: number) => (await reader.offsetsAt(new Date(ms))).get(0);
      expect(await at(0)).toBe(0n);
      expect(await at(1_700_000_000_040)).toBe(40n);
      expect(await at(1_800_000_000_000)).toBe(100n);
    });
  });

  test('a commit is what other tools see of the group, and a broker that refuses it does no harm', async () => {
    await produce({ brokers }, 'lag', numbered(0, 10), { createTopic: true });
    await withReader(brokers, 'lag', (reader) => reader.commit(0, 7n));
    const [seen] = await withAdmin(brokers, (admin) =>
      admin.fetchOffsets({ groupId: 'strata', topics: ['lag'] }),
    );
    expect(seen?.partitions).toEqual([{ partition: 0, offset: '7', metadata: null }]);
    await withReader(brokers, 'lag', (reader) => reader.commit(99, 7n));
    expect((await readAll(brokers, 'lag')).next.get(0)).toBe(10n);
  });

  test('following brings what is written later and ends promptly when aborted; otherwise an abort is CANCELLED', async () => {
    await produce({ brokers }, 'live', numbered(0, 3), { createTopic: true });
    const abort = new AbortController();
    await withReader(brokers, 'live', async (reader) => {
      const seen: string[] = [];
      let abortedAt = 0;
      for await (const { records } of reader.read({
        start: new Map(),
        follow: true,
        signal: abort.signal,
      })) {
        seen.push(...records.map(({ value }) => textOf(value) ?? ''));
        if (seen.length === 3) await produce({ brokers }, 'live', numbered(3, 5));
        if (seen.length === 5) {
          setTimeout(() => {
            abortedAt = Date.now();
            abort.abort();
          }, 300);
        }
      }
      expect(Date.now() - abortedAt).toBeLessThan(250);
      expect(seen).toEqual(['0', '1', '2', '3', '4']);
      const cancelled = collect(reader.read({ start: new Map(), signal: abort.signal }));
      await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    });
  });

  test('a consumer that stops taking stops the fetching', async () => {
    const large = Array.from({ length: 600 }, (_, n) => ({
      key: null,
      value: Buffer.alloc(100_000, n),
      timestamp: n,
    }));
    await produce({ brokers }, 'heavy', large, { createTopic: true, partitions: 2 });
    const sockets: Socket[] = [];
    const remember = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
    const received = () => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    subscribe('net.client.socket', remember);
    await withReader(brokers, 'heavy', async (reader) => {
      const chunks = reader.read({ start: new Map() })[Symbol.asyncIterator]();
      await chunks.next();
      await sleep(1500);
      expect(received()).toBeGreaterThan(1_000_000);
      expect(received()).toBeLessThan(18_000_000);
      while (!(await chunks.next()).done);
      expect(received()).toBeGreaterThan(60_000_000);
    });
    unsubscribe('net.client.socket', remember);
  });
});
