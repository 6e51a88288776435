import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../pipeline/contract/errors.ts';
import { openTopic } from '../../../pipeline/sources/kafka/open-topic.ts';
import { produce } from '../../../pipeline/sources/kafka/produce.ts';
import type { KafkaConnectionOptions } from '../../../pipeline/sources/kafka/topic-reader.ts';
import { describeWithBroker, PLAIN_USER } from '../../helpers/kafka-broker.ts';
import { SCRAM_USER } from '../../helpers/kafka-jars.ts';
import { collect, createTopic, expireBefore, withReader } from '../../helpers/kafka-topics.ts';

const LIMIT_MS = 11_000;

/** The error of opening a topic, which has to come within about ten seconds. */
async function refusal(options: KafkaConnectionOptions, topic = 'any'): Promise<AppError> {
  const begun = Date.now();
  const error: unknown = await openTopic(options, topic).then(
    async (reader) => reader.close(),
    (reason: unknown) => reason,
  );
  expect(Date.now() - begun).toBeLessThan(LIMIT_MS);
  if (!(error instanceof AppError)) throw new Error('it was opened', { cause: error });
  return error;
}

async function withServer<T>(
  answer: Parameters<typeof createServer>[1],
  work: (address: string) => Promise<T>,
): Promise<T> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    return await work(`127.0.0.1:${address.port}`);
  } finally {
    server.close();
  }
}

function* heavy(count: number) {
  for (let n = 0; n < count; n += 1) {
    yield { key: null, value: Buffer.alloc(50_000, n), timestamp: n };
  }
}

describe.concurrent('what is not a Kafka broker', () => {
  test('a closed port is unreachable', async () => {
    const address = await withServer(undefined, async (open) => open);
    expect(await refusal({ brokers: [address] })).toMatchObject({ code: 'KAFKA_UNREACHABLE' });
  });

  test('a port that accepts and says nothing is unreachable, and says so', async () => {
    const error = await withServer(
      () => undefined,
      (address) => refusal({ brokers: [address] }),
    );
    expect(error.code).toBe('KAFKA_UNREACHABLE');
  });

  test('a web server is unreachable, and one that hangs up refused', async () => {
    const web = await withServer(
      (socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')),
      (address) => refusal({ brokers: [address] }),
    );
    expect(web.code).toBe('KAFKA_UNREACHABLE');
    const rude = await withServer(
      (socket) => socket.on('data', () => socket.end()),
      (address) => refusal({ brokers: [address] }),
    );
    expect(rude.code).toBe('KAFKA_REFUSED');
  });

  test('an address without a port is bad usage', async () => {
    expect(await refusal({ brokers: ['localhost'] })).toMatchObject({ code: 'BAD_USAGE' });
  });

  test('after an open that failed nothing keeps the process alive, and nothing is printed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const module = join(import.meta.dirname, '../../../pipeline/sources/kafka/open-topic.ts');
    const script = `import { openTopic } from ${JSON.stringify(module)};
      await openTopic({ brokers: ['127.0.0.1:${port}'] }, 't').catch((e) => console.log(e.code));`;
    const begun = Date.now();
    const ended = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      script,
    ]);
    server.close();
    expect(ended).toEqual({ stdout: 'KAFKA_UNREACHABLE\n', stderr: '' });
    expect(Date.now() - begun).toBeLessThan(LIMIT_MS + 2000);
  });
});

await describeWithBroker('what a broker refuses', (broker) => {
  const { brokers, login, tls, certificate } = broker;

  test('an unknown topic names the topics that are there', async () => {
    expect((await refusal({ brokers }, 'missing')).details).toMatchObject({ topics: 'none' });
    await createTopic(brokers, 'present');
    const error = await refusal({ brokers }, 'missing');
    expect(error.code).toBe('KAFKA_TOPIC_NOT_FOUND');
    expect(error.details).toEqual({ topic: 'missing', topics: 'present', brokers: brokers.join() });
    expect((await refusal({ brokers }, 'not a name!')).code).toBe('KAFKA_TOPIC_NOT_FOUND');
    const write = produce({ brokers }, 'missing', []);
    await expect(write).rejects.toMatchObject({ code: 'KAFKA_TOPIC_NOT_FOUND' });
  });

  const users = [
    { mechanism: 'plain' as const, ...PLAIN_USER },
    { mechanism: 'scram-sha-512' as const, ...SCRAM_USER },
  ];
  test.for(users)('$mechanism: the right password opens, a wrong one is refused', async (sasl) => {
    await createTopic(brokers, sasl.mechanism);
    const reader = await openTopic({ brokers: [login], sasl }, sasl.mechanism);
    expect(await collect(reader.read({ start: new Map() }))).toMatchObject({ next: new Map() });
    await reader.close();
    const wrong = await refusal({ brokers: [login], sasl: { ...sasl, password: 'wrong' } });
    expect(wrong.code).toBe('KAFKA_REFUSED');
    expect(JSON.stringify(wrong)).not.toContain('wrong"');
  });

  test('no login where one is wanted, and an unsupported mechanism, are refused', async () => {
    expect((await refusal({ brokers: [login] })).code).toBe('KAFKA_REFUSED');
    const sasl = { mechanism: 'scram-sha-256' as const, ...SCRAM_USER };
    expect((await refusal({ brokers: [login], sasl })).code).toBe('KAFKA_REFUSED');
  });

  test('TLS: the certificate given opens, an unknown one is refused, and so is speaking the wrong of TLS and plain text', async () => {
    await createTopic(brokers, 'tls');
    await (await openTopic({ brokers: [tls], ssl: { ca: certificate } }, 'tls')).close();
    expect((await refusal({ brokers: [tls], ssl: true })).code).toBe('KAFKA_REFUSED');
    expect((await refusal({ brokers: [tls] })).code).toBe('KAFKA_REFUSED');
    expect((await refusal({ brokers, ssl: true })).code).toBe('KAFKA_REFUSED');
  });

  test('offsets that the broker no longer has, or never had, are lost, not jumped over', async () => {
    await produce({ brokers }, 'expired', heavy(20), { createTopic: true });
    await expireBefore(brokers, 'expired', 15);
    const start = (partition: number, offset: bigint) =>
      withReader(brokers, 'expired', (reader) =>
        collect(reader.read({ start: new Map([[partition, offset]]) })),
      );
    await expect(start(0, 14n)).rejects.toMatchObject({
      code: 'KAFKA_OFFSETS_LOST',
      details: { partition: 0, topic: 'expired', stored: '14', low: '15', high: '20' },
    });
    await expect(start(0, 21n)).rejects.toMatchObject({ code: 'KAFKA_OFFSETS_LOST' });
    await expect(start(1, 1n)).rejects.toMatchObject({ code: 'KAFKA_OFFSETS_LOST' });
    expect((await start(0, 15n)).records.get(0)).toHaveLength(5);
    expect((await start(0, 20n)).records.size).toBe(0);
  });

  test('records that expire while they are being read are lost, not jumped over', async () => {
    await produce({ brokers }, 'expiring', heavy(400), { createTopic: true });
    await withReader(brokers, 'expiring', async (reader) => {
      const chunks = reader.read({ start: new Map() })[Symbol.asyncIterator]();
      await chunks.next();
      await expireBefore(brokers, 'expiring', 399);
      const rest = (async () => {
        while (!(await chunks.next()).done);
      })();
      await expect(rest).rejects.toMatchObject({ code: 'KAFKA_OFFSETS_LOST' });
    });
  });
});

await describeWithBroker('a broker that goes away', (broker) => {
  const { brokers } = broker;

  test('a restart in the middle is read over: nothing is lost and nothing comes twice', async () => {
    await produce({ brokers }, 'restarted', heavy(400), { createTopic: true });
    await withReader(brokers, 'restarted', async (reader) => {
      const offsets: bigint[] = [];
      let restarted: Promise<void> | undefined;
      for await (const { records } of reader.read({ start: new Map() })) {
        offsets.push(...records.map(({ offset }) => offset));
        if (restarted !== undefined) continue;
        await broker.kill();
        restarted = broker.restart();
      }
      await restarted;
      expect(offsets).toEqual(Array.from({ length: 400 }, (_, n) => BigInt(n)));
    });
  });

  test('a broker killed while it is read fails the read in bounded time', async () => {
    await produce({ brokers }, 'killed', heavy(400), { createTopic: true });
    await withReader(brokers, 'killed', async (reader) => {
      const chunks = reader.read({ start: new Map() })[Symbol.asyncIterator]();
      await chunks.next();
      await broker.kill();
      const begun = Date.now();
      const rest = (async () => {
        while (!(await chunks.next()).done);
      })();
      await expect(rest).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
      expect(Date.now() - begun).toBeLessThan(25_000);
    });
  });
});
