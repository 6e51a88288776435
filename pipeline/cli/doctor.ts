import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { AppError, asAppError } from '../contract/errors.ts';
import { interruptible } from '../engine/interruptible.ts';
import { openNativeEngine } from '../engine/native/native-engine.ts';
import { presets } from '../mapping/presets.ts';
import { openTopic } from '../sources/kafka/open-topic.ts';
import type { KafkaConnectionOptions } from '../sources/kafka/topic-reader.ts';
import { workspaceMappings } from '../workspace/node/mappings.ts';
import { openWorkspace, readConfig } from '../workspace/node/workspace.ts';
import { type Command, noMore, parse, workspaceFolder } from './command.ts';
import { kafkaConnection, kafkaOptions, kafkaUsage } from './kafka-options.ts';
import { formatTable, toJson } from './print.ts';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'missing' | 'failed';
  readonly detail: string;
}

async function attempt(what: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { what, state: 'ok', detail: await work() };
  } catch (error) {
    const { code, message } = asAppError(error);
    const state =
      code === 'WORKSPACE_NOT_FOUND' || code === 'KAFKA_TOPIC_NOT_FOUND' ? 'missing' : 'failed';
    return { what, state, detail: `${code}: ${message}` };
  }
}

async function duckdb(signal: AbortSignal): Promise<string> {
  const engine = await openNativeEngine(':memory:');
  const connection = await engine.connect();
  try {
    const [row] = await interruptible(connection, { signal, what: 'The check' }, () =>
      connection.rows<{ version: string }>('select version() as version'),
    );
    return row?.version ?? '';
  } finally {
    connection.close();
    await engine.close();
  }
}

/** Of the disk that holds the folder, or would hold it. */
async function freeSpace(folder: string): Promise<string> {
  const parent = dirname(folder);
  if (!existsSync(folder) && parent !== folder) return freeSpace(parent);
  const { bavail, bsize } = await statfs(folder);
  return `${Math.round((bavail * bsize) / 1e9)} GB free at ${folder}`;
}

async function ownMappings(folder: string): Promise<string> {
  await readConfig(folder);
  const own = [...workspaceMappings(folder)].filter(
    ([name, mapping]) => presets.get(name) !== mapping,
  );
  return own.map(([name]) => name).join(', ') || 'none besides the presets';
}

async function topicPartitions(kafka: KafkaConnectionOptions, topic: string): Promise<string> {
  const reader = await openTopic(kafka, topic);
  await reader.close();
  return `${topic}: ${reader.partitions.length} partitions`;
}

export const doctor: Command = {
  summary: 'what works here and what is missing',
  usage: `Usage: strata doctor [--brokers B [--topic T]]

  --topic T         also look at this topic${kafkaUsage}`,
  async run(args, io) {
    const { values, positionals } = parse(args, { topic: { type: 'string' }, ...kafkaOptions });
    noMore(positionals);
    const folder = resolve(workspaceFolder(values, io));
    const checks: [what: string, check: () => Promise<string>][] = [
      ['Node', async () => process.version],
      ['DuckDB', () => duckdb(io.signal)],
      [
        'workspace',
        async () => {
          const workspace = await openWorkspace(folder);
          await workspace.close();
          return folder;
        },
      ],
      ['disk', () => freeSpace(folder)],
      ['memory', async () => `${Math.round(totalmem() / 1e9)} GB`],
      ['presets', async () => [...presets.keys()].join(', ')],
      ['mappings', () => ownMappings(folder)],
    ];
    if (values.brokers !== undefined) {
      const kafka = kafkaConnection(values, io);
      checks.push(['Kafka', () => topicPartitions(kafka, values.topic ?? '')]);
    }
    const findings: Finding[] = [];
    for (const [what, check] of checks) {
      findings.push(await attempt(what, check));
      if (io.signal.aborted) throw new AppError('CANCELLED', { what: 'The check' });
    }
    if (values.json === true) io.out(toJson(findings));
    else
      io.out(
        formatTable(
          ['what', 'state', 'detail'],
          findings.map(({ what, state, detail }) => [what, state, detail]),
        ),
      );
    if (findings.some(({ state }) => state === 'failed')) process.exitCode = 1;
  },
};
