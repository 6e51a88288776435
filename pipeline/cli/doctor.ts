import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { asAppError } from '../contract/errors.ts';
import { openNativeEngine } from '../engine/native/native-engine.ts';
import { presets } from '../mapping/presets.ts';
import { openTopic } from '../sources/kafka/open-topic.ts';
import { openWorkspace } from '../workspace/node/workspace.ts';
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

async function duckdb(): Promise<string> {
  const engine = await openNativeEngine(':memory:');
  const connection = await engine.connect();
  const [row] = await connection.rows<{ version: string }>('select version() as version');
  connection.close();
  await engine.close();
  return row?.version ?? '';
}

export const doctor: Command = {
  summary: 'what works here and what is missing',
  usage: `Usage: strata doctor [--brokers B [--topic T]]

  --topic T         also look at this topic${kafkaUsage}`,
  async run(args, io) {
    const { values, positionals } = parse(args, { topic: { type: 'string' }, ...kafkaOptions });
    noMore(positionals);
    const folder = resolve(workspaceFolder(values, io));
    const findings = [
      await attempt('Node', async () => process.version),
      await attempt('DuckDB', duckdb),
      await attempt('workspace', async () => {
        const workspace = await openWorkspace(folder);
        await workspace.close();
        return folder;
      }),
      await attempt('disk', async () => {
        const { bavail, bsize } = await statfs(resolve('.'));
        return `${Math.round((bavail * bsize) / 1e9)} GB free`;
      }),
      await attempt('memory', async () => `${Math.round(totalmem() / 1e9)} GB`),
      { what: 'presets', state: 'ok' as const, detail: [...presets.keys()].join(', ') },
    ];
    if (values.brokers !== undefined) {
      const kafka = kafkaConnection(values, io);
      findings.push(
        await attempt('Kafka', async () => {
          const reader = await openTopic(kafka, values.topic ?? '');
          await reader.close();
          return `${values.topic ?? ''}: ${reader.partitions.length} partitions`;
        }),
      );
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
