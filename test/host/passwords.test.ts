import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { JobEvent, JobInput } from '../../pipeline/contract/schemas.ts';
import { kafkaSecretName } from '../../pipeline/contract/kafka-secret-name.ts';
import type { KafkaSasl } from '../../pipeline/contract/secrets.ts';
import { openDesktopHost } from '../../pipeline/host/node/desktop-host.ts';
import { produce } from '../../pipeline/sources/kafka/produce.ts';
import { filesHolding } from '../helpers/files-holding.ts';
import type { HostClient } from '../helpers/host-fixture.ts';
import { describeWithBroker, PLAIN_USER } from '../helpers/kafka-broker.ts';
import { SCRAM_USER } from '../helpers/kafka-jars.ts';
import { MemorySecrets } from '../helpers/memory-secrets.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const WRONG = 'canary-of-a-wrong-password';

/** A workspace on the desktop's host, over a port, with everything that it ever says. */
async function desktop() {
  const folder = join(await temporaryFolder(), 'shop');
  const said: unknown[] = [];
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  onTestFinished(() => written.mockRestore());
  const secrets = new MemorySecrets();
  const onJob = (standing: unknown): void => void said.push(standing);
  const host = await openDesktopHost({ folder, demo: false, onJob, secrets });
  const { port1, port2 } = new MessageChannel();
  host.serve(port2);
  port1.start();
  const client = createORPCClient<HostClient>(new RPCLink({ port: port1 }));
  const run = async (input: JobInput): Promise<JobEvent | undefined> => {
    let last: JobEvent | undefined;
    const { id } = await client.jobs.start(input);
    for await (const event of await client.jobs.watch({ id })) {
      said.push(event);
      last = event;
    }
    return last;
  };
  const close = async (): Promise<void> => {
    port1.close();
    await host.close('cancel');
  };
  return { folder, said, secrets, client, run, close };
}

/** Files may be compressed: what the tables hold is looked at as well. */
async function tableTexts(client: HostClient): Promise<string> {
  const { tables } = await client.workspace.status();
  const names = tables.map(({ layer, name }) => `${layer}.${name}`);
  expect(names).toContain('raw.records');
  const own = ['ops.sources', 'ops.offsets', 'ops.batches', 'ops.runs'];
  const pages = [...new Set([...names, ...own])].map((table) =>
    client.tables.page({ table, limit: 1000 }),
  );
  return JSON.stringify(await Promise.all(pages));
}

await describeWithBroker('what brokers are dialled with', (broker) => {
  const { brokers, login, tls, certificate } = broker;

  const record = (customer: string) => ({
    key: null,
    value: Buffer.from(`{"customer_id":"${customer}","timestamp":"2024-01-01","amount":5}`),
    timestamp: 1_700_000_000_000,
  });

  test('a topic is read over TLS from a broker of a private authority that is named, and from no other', async () => {
    await produce({ brokers }, 'private', ['a', 'b'].map(record), { createTopic: true });
    const { said, client, run, close } = await desktop();
    const topic = { topic: 'private', preset: 'bank', from: 'earliest' } as const;
    const ingest = (ca?: string, to = tls): Promise<JobEvent | undefined> =>
      run({
        ...{ kind: 'ingest-kafka', brokers: [to], ...topic, ssl: true },
        ...(ca === undefined ? {} : { ca }),
      });
    expect(await ingest()).toMatchObject({ error: { code: 'KAFKA_REFUSED' } });
    const [foreign = ''] = rootCertificates;
    expect(await ingest(foreign)).toMatchObject({ error: { code: 'KAFKA_REFUSED' } });
    expect(await ingest('words')).toMatchObject({
      error: { code: 'KAFKA_CA_INVALID', message: expect.stringContaining('BEGIN CERTIFICATE') },
    });
    expect(await ingest(`its certificate:\n${certificate}`)).toEqual({
      kind: 'done',
      summary: 'private: 2 records landed and were taken in.',
    });
    const spoken = JSON.stringify([said, await client.jobs.list()]) + (await tableTexts(client));
    await close();
    const body = certificate.split('\n')[3]?.trim() ?? '';
    expect(body).toHaveLength(64);
    expect(spoken).not.toContain(body);
  });

  test('a password opens the topic, typed or kept, is refused when it is wrong, and stands nowhere afterwards', async () => {
    await produce({ brokers }, 'orders', ['a', 'b', 'c'].map(record), { createTopic: true });
    const { folder, said, secrets, client, run, close } = await desktop();
    const ingest = (sasl: KafkaSasl, to = login): Promise<JobEvent | undefined> =>
      run({
        kind: 'ingest-kafka',
        brokers: [to],
        topic: 'orders',
        preset: 'bank',
        from: 'earliest',
        ssl: to === tls,
        sasl,
      });
    const typed = (user: typeof PLAIN_USER, mechanism: KafkaSasl['mechanism']): KafkaSasl => ({
      mechanism,
      username: user.username,
      password: { kind: 'typed', value: user.password },
    });
    const alice = typed(PLAIN_USER, 'plain');
    const kept: KafkaSasl = { ...alice, password: { kind: 'kept' } };
    const failed = (code: string): unknown => ({
      kind: 'failed',
      error: expect.objectContaining({ code }),
    });

    expect(await ingest(alice)).toEqual({
      kind: 'done',
      summary: 'orders: 3 records landed and were taken in.',
    });
    const nothingNew = { kind: 'done', summary: expect.stringContaining('nothing new') };
    expect(await ingest(typed(SCRAM_USER, 'scram-sha-512'))).toEqual(nothingNew);
    const wrong = { ...PLAIN_USER, password: WRONG };
    expect(await ingest(typed(wrong, 'plain'))).toEqual(failed('KAFKA_REFUSED'));
    expect(await ingest(typed(wrong, 'scram-sha-512'))).toEqual(failed('KAFKA_REFUSED'));

    expect(await ingest(kept)).toEqual(failed('SECRET_UNKNOWN'));
    const name = kafkaSecretName({
      brokers: [login],
      username: PLAIN_USER.username,
      ssl: false,
      mechanism: alice.mechanism,
    });
    await client.secrets.keep({ name, value: PLAIN_USER.password });
    expect(await ingest(kept)).toEqual(nothingNew);
    await client.secrets.keep({ name, value: WRONG });
    expect(await ingest(kept)).toEqual(failed('KAFKA_REFUSED'));
    // Kept for one listener, it is not sent to another.
    expect(await ingest(kept, tls)).toEqual(failed('SECRET_UNKNOWN'));
    expect(await ingest(alice, tls)).toMatchObject({
      error: { code: 'KAFKA_REFUSED', message: expect.stringMatching(/certificate/) },
    });

    secrets.reveal = () => Promise.reject(new TypeError('a fault of the keychain'));
    expect(await ingest(kept)).toEqual(failed('INTERNAL'));

    const jobs = await client.jobs.list();
    expect(jobs).toHaveLength(10);
    const standing = await client.secrets.standing();
    const spoken = JSON.stringify([said, jobs, standing]) + (await tableTexts(client));
    await close();
    for (const password of [PLAIN_USER.password, SCRAM_USER.password, WRONG]) {
      expect(spoken).not.toContain(password);
      expect(filesHolding(folder, password)).toEqual([]);
    }
    // The search itself finds what is there: the user's fault was logged, the topic's name is in the warehouse.
    expect(spoken).toContain('a fault of the keychain');
    expect(filesHolding(folder, 'orders')).toContain(join(folder, 'warehouse.duckdb'));
  });
});
