import { expect, test } from 'vitest';
import { produce } from '../../../pipeline/sources/kafka/produce.ts';
import { describeWithBroker } from '../../helpers/kafka-broker.ts';
import { createTopic, readAll } from '../../helpers/kafka-topics.ts';
import { kcat, kcatMissing } from '../../helpers/kcat.ts';

const record = (bytes: number, n = 0) => ({
  key: `k${n}`,
  value: Buffer.alloc(bytes, n),
  timestamp: n,
});

function* endless() {
  for (let n = 0; ; n += 1) yield record(1000, n);
}

await describeWithBroker('producing', ({ brokers }) => {
  test('more than a broker takes in one batch is split, counted and reported', async () => {
    const progress: number[] = [];
    const records = Array.from({ length: 12_000 }, (_, n) => record(313, n));
    const options = { createTopic: true, onProgress: (sent: number) => progress.push(sent) };
    expect(await produce({ brokers }, 'split', records, options)).toBe(12_000);
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.at(-1)).toBe(12_000);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const seen = (await readAll(brokers, 'split')).records.get(0) ?? [];
    expect(seen.map(({ timestamp }) => timestamp)).toEqual(records.map((_, n) => BigInt(n)));
  });

  test('a topic that takes little gets small batches', async () => {
    await createTopic(brokers, 'narrow', { config: { 'max.message.bytes': '5000' } });
    const records = Array.from({ length: 100 }, (_, n) => record(1000, n));
    expect(await produce({ brokers }, 'narrow', records)).toBe(100);
    expect((await readAll(brokers, 'narrow')).records.get(0)).toHaveLength(100);
  });

  test('a single record above the limit fails with a sentence that names its size; those before it stay', async () => {
    const records = [record(100), record(2_000_000)];
    const sent = produce({ brokers }, 'oversize', records, { createTopic: true });
    await expect(sent).rejects.toMatchObject({
      code: 'KAFKA_FAILED',
      message: expect.stringMatching(/a record of 2000002 bytes is larger/) as string,
    });
    expect((await readAll(brokers, 'oversize')).records.get(0)).toHaveLength(1);
  });

  test.skipIf(kcatMissing)(
    'keys choose the partitions that they choose in Java, whether text or bytes (skipped without kcat)',
    async () => {
      const keys = Array.from({ length: 200 }, (_, n) => `customer-${n}-é`);
      const partitions = 7;
      const text = keys.map((key) => ({ key, value: Buffer.from(key), timestamp: 1 }));
      const bytes = text.map((one) => ({ ...one, key: new TextEncoder().encode(one.key) }));
      await produce({ brokers }, 'keys', text, { createTopic: true, partitions });
      await produce({ brokers }, 'byte-keys', bytes, { createTopic: true, partitions });
      await createTopic(brokers, 'java-keys', { partitions });
      const murmur2 = ['-X', 'topic.partitioner=murmur2'];
      const lines = keys.map((key) => `${key}=${key}`).join('\n');
      await kcat(brokers, ['-P', '-t', 'java-keys', '-K', '=', ...murmur2], lines);
      const [ours, ourBytes, java] = await Promise.all(
        ['keys', 'byte-keys', 'java-keys'].map(async (topic) => {
          const printed = await kcat(brokers, ['-C', '-t', topic, '-e', '-q', '-f', '%k %p\n']);
          return printed.trim().split('\n').toSorted();
        }),
      );
      expect(ours).toHaveLength(200);
      expect(ours).toEqual(java);
      expect(ourBytes).toEqual(java);
    },
  );

  test('an abort stops between two requests and is CANCELLED', async () => {
    const abort = new AbortController();
    const options = {
      createTopic: true,
      signal: abort.signal,
      onProgress: (sent: number) => {
        if (sent > 3000) abort.abort();
      },
    };
    const sent = produce({ brokers }, 'endless', endless(), options);
    await expect(sent).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
