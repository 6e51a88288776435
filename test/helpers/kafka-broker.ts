import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { kafkaKit, STORE_PASSWORD, type KafkaKit } from './kafka-jars.ts';

const READY = 'Kafka Server started';
const START_MS = 60_000;
const ATTEMPTS = 5;
export const PLAIN_USER = { username: 'alice', password: 'alice-secret' };

export interface Broker {
  /** Addresses of the listener without security. */
  readonly brokers: string[];
  readonly port: number;
  /** Listeners that want a login (PLAIN or SCRAM-SHA-512), and TLS with the certificate. */
  readonly login: string;
  readonly tls: string;
  readonly certificate: string;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again after stop or kill, at the same address and with what it had stored. */
  restart(): Promise<void>;
}

/** Ports below 32768 are never handed out by Linux to outgoing connections. */
const randomPort = (): number => 20_000 + Math.floor(Math.random() * 3000) * 4;

function configuration(port: number, data: string, kit: KafkaKit): string {
  const at = (offset: number): string => `127.0.0.1:${port + offset}`;
  const plain = `user_${PLAIN_USER.username}="${PLAIN_USER.password}"`;
  const security = 'org.apache.kafka.common.security';
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${at(1)}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://${at(0)},CONTROLLER://${at(1)},LOGIN://${at(2)},TLS://${at(3)}
advertised.listeners=PLAINTEXT://${at(0)},LOGIN://${at(2)},TLS://${at(3)}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_PLAINTEXT,TLS:SSL
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
listener.name.login.plain.sasl.jaas.config=${security}.plain.PlainLoginModule required ${plain};
listener.name.login.scram-sha-512.sasl.jaas.config=${security}.scram.ScramLoginModule required;
ssl.keystore.type=PKCS12
ssl.keystore.location=${kit.keystore}
ssl.keystore.password=${STORE_PASSWORD}
log.dirs=${join(data, 'storage')}
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
log.retention.hours=-1
log.cleaner.dedupe.buffer.size=8388608
log.cleaner.backoff.ms=200
log.initial.task.delay.ms=100
`;
}

class JavaBroker implements Broker {
  readonly port: number;
  readonly certificate: string;
  readonly #kit: KafkaKit;
  readonly #data: string;
  #child: ChildProcess | undefined;

  constructor(port: number, data: string, setup: { kit: KafkaKit; certificate: string }) {
    this.port = port;
    this.certificate = setup.certificate;
    this.#kit = setup.kit;
    this.#data = data;
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.port}`];
  }

  get login(): string {
    return `127.0.0.1:${this.port + 2}`;
  }

  get tls(): string {
    return `127.0.0.1:${this.port + 3}`;
  }

  async restart(): Promise<void> {
    const file = join(this.#data, 'server.properties');
    await writeFile(file, configuration(this.port, this.#data, this.#kit));
    const light = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    const logging = '-Dorg.slf4j.simpleLogger.logFile=System.out';
    const main = ['-cp', this.#kit.classPath, 'kafka.Kafka', file];
    const child = spawn('java', [...light, logging, ...main], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const orphan = (): boolean => child.kill('SIGKILL');
    process.once('exit', orphan);
    child.once('exit', () => process.removeListener('exit', orphan));
    await this.#ready(child);
  }

  async #ready(child: ChildProcess): Promise<void> {
    let log = '';
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const fail = (why: string): void => reject(new Error(`${why}: ${log.slice(-2000)}`));
    const timer = setTimeout(fail, START_MS, 'the broker did not start in time');
    child.stdout?.on('data', (piece: Buffer) => {
      // The log goes on for as long as the broker runs; only its beginning is of interest.
      if (log.length < 500_000) log += piece.toString();
      if (log.includes(READY)) resolve();
    });
    child.once('exit', () => fail(log.includes('BindException') ? 'port taken' : 'it ended'));
    await promise.finally(() => clearTimeout(timer));
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }
}

/** Starts a real Apache Kafka broker of its own on free ports, or says why it cannot. */
export async function startBroker(): Promise<
  (Broker & { remove(): Promise<void> }) | { skipped: string }
> {
  const kit = await kafkaKit();
  if ('skipped' in kit) return kit;
  const certificate = await readFile(kit.certificate, 'utf8');
  for (let attempt = 1; ; attempt += 1) {
    const data = await mkdtemp(join(tmpdir(), 'strata-kafka-'));
    await cp(kit.storage, join(data, 'storage'), { recursive: true });
    const broker = new JavaBroker(randomPort(), data, { kit, certificate });
    try {
      await broker.restart();
      return broker;
    } catch (error) {
      await broker.remove();
      const taken = error instanceof Error && error.message.startsWith('port taken');
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A group of tests with a broker that is started for them and removed after them; skipped, with the reason, without one. */
export async function describeWithBroker(
  name: string,
  tests: (broker: Broker) => void,
): Promise<void> {
  const broker = await startBroker();
  if ('skipped' in broker) {
    // Registered so that each is counted; a skipped test's body never touches the broker.
    describe.skip(`${name} (skipped: ${broker.skipped})`, () => tests({} as Broker));
    return;
  }
  describe(name, () => {
    afterAll(() => broker.remove());
    tests(broker);
  });
}
