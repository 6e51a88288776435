import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KafkaFrom } from '../../../pipeline/contract/schemas.ts';
import { openLocalWorkbench } from '../../../pipeline/host/node/local-workbench.ts';
import type { CompiledMapping } from '../../../pipeline/mapping/mapping.ts';
import { ingestTopic } from '../../../pipeline/sources/kafka/ingest-topic.ts';
import { produce } from '../../../pipeline/sources/kafka/produce.ts';
import type { IngestReport } from '../../../pipeline/sources/landing.ts';
import { openWorkspace } from '../../../pipeline/workspace/node/workspace.ts';
import { describeWithBroker } from '../../helpers/kafka-broker.ts';
import { createTopic, expireBefore, withAdmin } from '../../helpers/kafka-topics.ts';
import {
  preset,
  type TemporaryWorkspace,
  temporaryWorkspace,
  transactions,
} from '../../helpers/workspace.ts';

const DAY = Date.UTC(2024, 0, 1);

await describeWithBroker('where reading a topic begins', ({ brokers }) => {
  let workspace: TemporaryWorkspace;
  beforeEach(async () => {
    workspace = await temporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const send = async (topic: string, ids: readonly string[]): Promise<void> => {
    const records = ids.map((id) => ({
      key: null,
      value: Buffer.from(
        JSON.stringify({ customer_id: id, timestamp: '2024-01-01', amount: 1, total: 100 }),
      ),
      timestamp: DAY,
    }));
    await produce({ brokers }, topic, records, { createTopic: true });
  };
  const ingest = (
    topic: string,
    from?: KafkaFrom,
    compiled: CompiledMapping = preset('bank'),
  ): Promise<IngestReport> => {
    const options = { kafka: { brokers }, topic, compiled, ...(from && { from }) };
    return ingestTopic(workspace.connection, options);
  };
  const landed = async (): Promise<string[]> => {
    const rows = await workspace.connection.rows<{ id: string; at: string }>(
      `select regexp_extract(decode(value), '"customer_id":"(.*?)"', 1) as id,
         concat(source_id, '/', partition, '/', "offset") as at from raw.records order by source_id, "offset"`,
    );
    expect(new Set(rows.map(({ at }) => at)).size).toBe(rows.length);
    return rows.map(({ id }) => id);
  };
  const makeAnew = async (topic: string, ids: readonly string[]): Promise<void> => {
    await withAdmin(brokers, (admin) => admin.deleteTopics({ topics: [topic] }));
    await send(topic, ids);
  };
  const five = ['n1', 'n2', 'n3', 'n4', 'n5'];

  const begins: readonly [string, KafkaFrom, KafkaFrom | undefined][] = [
    ['its end', 'latest', 'latest'],
    ['an offset', { offset: 3 }, undefined],
    ['a time', { timestamp: '2025-01-01T00:00:00Z' }, { timestamp: '2025-01-01T00:00:00Z' }],
  ];
  test.each(begins)('from %s: what comes after the first call lands', async (name, from, again) => {
    const topic = `begins-at-${name.replace(' ', '-')}`;
    await send(topic, ['o1', 'o2', 'o3']);
    expect(await ingest(topic, from)).toMatchObject({ records: 0, note: expect.any(String) });
    await send(topic, five);
    expect((await ingest(topic, again)).records).toBe(5);
    expect((await ingest(topic, again)).records).toBe(0);
    expect(await landed()).toEqual(five);
  });

  test('an offset that is not there is refused, and nothing is remembered of it', async () => {
    await send('too-far', five);
    await expect(ingest('too-far', { offset: 6 })).rejects.toMatchObject({
      code: 'KAFKA_OFFSETS_LOST',
    });
    expect((await ingest('too-far')).records).toBe(5);
  });

  test('one who follows from the end and hears nothing goes on from that end', async () => {
    await send('followed', ['o1', 'o2']);
    const abort = new AbortController();
    const options = { kafka: { brokers }, topic: 'followed', compiled: preset('bank') };
    const following = ingestTopic(workspace.connection, {
      ...options,
      from: 'latest',
      follow: true,
      signal: abort.signal,
    });
    const stored = () => workspace.connection.rows('select next_offset as at from ops.offsets');
    await expect.poll(stored, { timeout: 10_000 }).toEqual([{ at: 2 }]);
    abort.abort();
    expect((await following).records).toBe(0);
    await send('followed', five);
    expect((await ingest('followed', 'latest')).records).toBe(5);
    expect(await landed()).toEqual(five);
  });

  test('a topic made anew is another source each time, and its records land once', async () => {
    const topic = 'made-anew';
    await send(topic, ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
    expect((await ingest(topic)).records).toBe(6);
    await makeAnew(topic, ['b1', 'b2', 'b3']);
    await expect(ingest(topic)).rejects.toMatchObject({ code: 'KAFKA_OFFSETS_LOST' });
    const anew = await ingest(topic, 'earliest');
    expect(anew).toMatchObject({ records: 3, note: expect.stringContaining('made anew') });
    await send(topic, ['b4']);
    expect((await ingest(topic)).records).toBe(1);
    expect((await ingest(topic, 'earliest')).records).toBe(0);
    await makeAnew(topic, ['c1', 'c2']);
    expect((await ingest(topic, 'earliest')).records).toBe(2);
    expect((await ingest(topic)).records).toBe(0);
    expect((await landed()).join()).toBe('a1,a2,a3,a4,a5,a6,b1,b2,b3,b4,c1,c2');
    const identities = await workspace.connection.strings(
      `select regexp_extract(identity, '[^/]+$') from ops.sources order by source_id`,
    );
    expect(identities).toEqual([topic, `${topic}#2`, `${topic}#3`]);
    await workspace.transform();
    await workspace.expectConserved();
  });

  test('a topic made anew with fewer partitions is noticed', async () => {
    await createTopic(brokers, 'narrowed', { partitions: 3 });
    expect((await ingest('narrowed')).records).toBe(0);
    await makeAnew('narrowed', five);
    await expect(ingest('narrowed')).rejects.toMatchObject({ code: 'KAFKA_OFFSETS_LOST' });
    expect((await ingest('narrowed', 'earliest')).records).toBe(5);
  });

  test('the page goes on after a topic was made anew', async () => {
    await send('on-the-page', ['a1', 'a2', 'a3']);
    await ingest('on-the-page');
    await makeAnew('on-the-page', ['b1', 'b2']);
    await workspace.shut();
    const bench = await openLocalWorkbench(await openWorkspace(workspace.path));
    const input = { brokers, topic: 'on-the-page', preset: 'bank', from: 'earliest' } as const;
    const { signal } = new AbortController();
    const job = bench.runJob(
      { kind: 'ingest-kafka', ssl: false, ...input },
      { signal, report: () => {} },
    );
    await expect(job).resolves.toContain('2 records landed');
    await bench.close();
    await workspace.open();
    expect(await landed()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
  });

  test('after records expired the source goes on at the oldest that is left', async () => {
    const topic = 'expired-unread';
    await send(topic, ['a1', 'a2', 'a3']);
    expect((await ingest(topic)).records).toBe(3);
    await send(topic, five);
    await expireBefore(brokers, topic, 6);
    await expect(ingest(topic)).rejects.toMatchObject({ code: 'KAFKA_OFFSETS_LOST' });
    expect(await ingest(topic, 'earliest')).toMatchObject({
      records: 2,
      note: expect.stringContaining('expired'),
    });
    expect(await landed()).toEqual(['a1', 'a2', 'a3', 'n4', 'n5']);
    const sources = await workspace.connection.rows('select count(*) as n from ops.sources');
    expect(sources).toEqual([{ n: 1 }]);
  });

  describe('with a mapping that changed', () => {
    test('what comes from then on is read by the new one', async () => {
      const fields = { customer_id: 'customer_id', occurred_at: 'timestamp' };
      const before = transactions({ ...fields, amount: 'amount' });
      const after = transactions({ ...fields, amount: 'total' });
      await send('remapped', ['a']);
      expect((await ingest('remapped', undefined, before)).note).toBeUndefined();
      await workspace.transform();
      await send('remapped', ['b']);
      expect((await ingest('remapped', undefined, after)).note).toContain('the mapping changed');
      await workspace.transform();
      expect((await workspace.fates()).map(({ amount }) => Number(amount))).toEqual([1, 100]);
    });
  });
});
