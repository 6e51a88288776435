import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REPOSITORY = join(import.meta.dirname, '../..');
const KAFKA_VERSION = '4.3.1';
const DOWNLOAD_MS = 280_000;

export const SCRAM_USER = { username: 'bob', password: 'bob-secret' };

export interface KafkaKit {
  readonly classPath: string;
  /** A formatted storage folder that brokers start from a copy of. */
  readonly storage: string;
  readonly keystore: string;
  readonly certificate: string;
}

export const STORE_PASSWORD = 'changeit';

const cacheFolder = (): string =>
  join(process.env['STRATA_CACHE'] ?? join(REPOSITORY, '.cache'), 'kafka');

async function missingTool(): Promise<string | undefined> {
  for (const [tool, flag] of [
    ['java', '-version'],
    ['mvn', '-version'],
    ['keytool', '-help'],
  ] as const) {
    const found = await run(tool, [flag]).then(
      () => true,
      () => false,
    );
    if (!found) return `${tool} is not installed`;
  }
  return undefined;
}

async function classPathOf(folder: string): Promise<string> {
  const jars = await readdir(join(folder, 'libs'));
  return jars
    .filter((name) => name.endsWith('.jar'))
    .toSorted()
    .map((name) => join(folder, 'libs', name))
    .join(':');
}

async function makeCertificate(folder: string): Promise<void> {
  const store = ['-keystore', join(folder, 'broker.p12'), '-storepass', STORE_PASSWORD];
  const names = ['-dname', 'CN=localhost', '-ext', 'san=ip:127.0.0.1,dns:localhost'];
  const key = ['-alias', 'broker', '-keyalg', 'RSA', '-validity', '3650', '-storetype', 'PKCS12'];
  await run('keytool', ['-genkeypair', ...store, ...key, ...names]);
  const certificate = ['-rfc', '-alias', 'broker', '-file', join(folder, 'broker.pem')];
  await run('keytool', ['-exportcert', ...store, ...certificate]);
}

/** Formats the template once: a formatted folder does not know its own path. */
async function formatStorage(folder: string): Promise<void> {
  const configuration = [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.quorum.voters=1@127.0.0.1:1',
    'controller.listener.names=CONTROLLER',
    'listeners=PLAINTEXT://127.0.0.1:2,CONTROLLER://127.0.0.1:1',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(folder, 'storage')}`,
  ];
  const file = join(folder, 'format.properties');
  await writeFile(file, configuration.join('\n'));
  const tool = ['-cp', await classPathOf(folder), 'kafka.tools.StorageTool', 'format'];
  const { username, password } = SCRAM_USER;
  const scram = ['--add-scram', `SCRAM-SHA-512=[name=${username},password=${password}]`];
  const cluster = Buffer.from('strata-tests-001').toString('base64url');
  await run('java', [...tool, '-t', cluster, '-c', file, ...scram]);
}

async function prepare(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    const pom = join(REPOSITORY, 'scripts/kafka/pom.xml');
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'libs')}`];
    await run('mvn', ['--batch-mode', '--quiet', '-f', pom, ...goal], { timeout: DOWNLOAD_MS });
    await makeCertificate(draft);
    await formatStorage(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process may have been quicker: a folder with something in it is not replaced by a rename.
    if (!existsSync(folder)) throw error;
  }
}

/** What a broker needs, made at the first call on a machine; only then Maven Central is asked. */
export async function kafkaKit(): Promise<KafkaKit | { skipped: string }> {
  const missing = await missingTool();
  if (missing !== undefined) return { skipped: missing };
  const folder = join(cacheFolder(), KAFKA_VERSION);
  try {
    if (!existsSync(folder)) await prepare(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { skipped: `the Kafka ${KAFKA_VERSION} jars could not be had (${reason})` };
  }
  return {
    classPath: await classPathOf(folder),
    storage: join(folder, 'storage'),
    keystore: join(folder, 'broker.p12'),
    certificate: join(folder, 'broker.pem'),
  };
}
