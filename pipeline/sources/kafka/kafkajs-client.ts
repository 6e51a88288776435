import kafkajs, { type Admin, type Kafka, type KafkaConfig } from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';
import { AppError } from '../../contract/errors.ts';
import { registerCodecs } from './kafka-codecs.ts';
import { asKafkaError, type KafkaTask } from './kafka-errors.ts';
import { KafkaSockets } from './kafka-sockets.ts';
import { repairRequestQueue, silentLogger } from './kafkajs-quiet.ts';
import type { KafkaConnectionOptions } from './topic-reader.ts';
import { trustedAuthority } from './trusted-authority.ts';

export const READ_COMMITTED = 1;
const OPEN_TIMEOUT_MS = 9000;
const CLOSE_TIMEOUT_MS = 1000;
const ADDRESS = /^[^\s:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i;

const trusting = (ca: string | undefined): { ca?: string[] } =>
  ca === undefined ? {} : { ca: trustedAuthority(ca).map(String) };

function kafkajsConfig(options: KafkaConnectionOptions, sockets: KafkaSockets) {
  const bad = options.brokers.find((broker) => !ADDRESS.test(broker));
  if (bad !== undefined || options.brokers.length === 0) {
    throw new AppError('BAD_USAGE', {
      problem: `A broker is written host:port, not "${bad ?? ''}".`,
    });
  }
  const { ssl } = options;
  return {
    brokers: [...options.brokers],
    clientId: options.clientId ?? 'strata',
    ssl: typeof ssl === 'object' ? trusting(ssl.ca) : (ssl ?? false),
    ...(options.sasl === undefined ? {} : { sasl: { ...options.sasl } }),
    connectionTimeout: 4000,
    authenticationTimeout: 5000,
    requestTimeout: 20_000,
    enforceRequestTimeout: true,
    retry: { retries: 2, initialRetryTime: 200, maxRetryTime: 1000 },
    socketFactory: sockets.create,
  };
}

function prepare(): void {
  registerCodecs();
  repairRequestQueue();
}

export interface ClusterHandle {
  readonly cluster: Cluster;
  readonly sockets: KafkaSockets;
}

/** The layer under kafkajs's consumer: connections, logins and metadata, without a group. */
export function createCluster(options: KafkaConnectionOptions): ClusterHandle {
  prepare();
  const sockets = new KafkaSockets();
  const config = kafkajsConfig(options, sockets);
  const cluster = new Cluster({
    ...config,
    ssl: config.ssl === true ? {} : config.ssl || undefined,
    // The defaults of kafkajs's own client, which its Cluster does not set.
    reauthenticationThreshold: 10_000,
    logger: silentLogger,
    metadataMaxAge: 60_000,
    allowAutoTopicCreation: false,
    isolationLevel: READ_COMMITTED,
  });
  return { cluster, sockets };
}

export interface ClientHandle {
  readonly kafka: Kafka;
  readonly sockets: KafkaSockets;
}

/** kafkajs's public client, for producing and administration. */
export function createClient(options: KafkaConnectionOptions): ClientHandle {
  prepare();
  const sockets = new KafkaSockets();
  const config = {
    ...kafkajsConfig(options, sockets),
    logCreator: () => () => undefined,
    logLevel: kafkajs.logLevel.NOTHING,
  };
  return { kafka: new kafkajs.Kafka(config as KafkaConfig), sockets };
}

/** Waits for the first answers of a broker, ten seconds at most whatever kafkajs waits for. */
export async function opening<T>(
  work: Promise<T>,
  sockets: KafkaSockets,
  task: KafkaTask,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const problem = sockets.connected
        ? `a connection was made, but nothing that speaks Kafka answered within ${OPEN_TIMEOUT_MS / 1000} seconds`
        : `no connection was made within ${OPEN_TIMEOUT_MS / 1000} seconds`;
      reject(new AppError('KAFKA_UNREACHABLE', { brokers: task.brokers.join(', '), problem }));
    }, OPEN_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    sockets.destroy();
    throw asKafkaError(error, task, 'opening');
  } finally {
    clearTimeout(timer);
  }
}

/** Says goodbye politely for a second, then lets go. */
export async function closing(
  client: { disconnect(): Promise<void> } | Cluster | Admin,
  sockets: KafkaSockets,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
  });
  await Promise.race([client.disconnect().catch(() => undefined), late]);
  clearTimeout(timer);
  sockets.destroy();
}
