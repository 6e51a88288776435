import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { KafkaFrom } from '../contract/schemas.ts';
import { ingestFile } from '../sources/files/node/ingest-file.ts';
import { requireMapping } from '../workspace/node/mappings.ts';
import { fileError } from '../workspace/node/file-error.ts';
import {
  type Command,
  type CommandIo,
  noMore,
  oneOf,
  parse,
  required,
  workspaceFolder,
} from './command.ts';
import { kafkaConnection, kafkaOptions, kafkaUsage } from './kafka-options.ts';
import { count } from './print.ts';
import { printIngest } from './print-report.ts';
import { withWorkspace } from './session.ts';

function parseFrom(text: string): KafkaFrom {
  if (text === 'earliest' || text === 'latest') return text;
  if (/^\d{1,18}$/.test(text)) return { offset: Number(text) };
  if (!Number.isNaN(Date.parse(text))) return { timestamp: new Date(text).toISOString() };
  throw new AppError('BAD_USAGE', {
    problem: `--from is earliest, latest, an offset or a time such as 2025-06-30T12:00:00Z, not "${text}".`,
  });
}

async function requireFile(path: string): Promise<void> {
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw fileError(error, path);
  });
}

const parseIngest = (args: readonly string[]) =>
  parse(args, {
    preset: { type: 'string' },
    format: { type: 'string' },
    topic: { type: 'string' },
    from: { type: 'string' },
    follow: { type: 'boolean' },
    ...kafkaOptions,
  });

type Values = ReturnType<typeof parseIngest>['values'];

const progressOf = (io: CommandIo) => (records: number) =>
  io.progress(`ingest: ${count(records)} records`);

async function fromFile(path: string | undefined, values: Values, io: CommandIo): Promise<void> {
  if (path === undefined) throw new AppError('BAD_USAGE', { problem: 'The path is missing.' });
  const format =
    values.format === undefined
      ? {}
      : { format: oneOf(values.format, 'format', ['csv', 'ndjson', 'json', 'parquet']) };
  // What is wrong with the call itself is told before a workspace is made for it.
  const preset = required(values.preset, 'preset');
  const compiled = requireMapping(resolve(workspaceFolder(values, io)), preset);
  await requireFile(path);
  await withWorkspace(
    values,
    io,
    async ({ writer }) => {
      const options = { path, compiled, ...format, signal: io.signal, onProgress: progressOf(io) };
      printIngest(await ingestFile(writer, options), values.json, io);
    },
    { create: true },
  );
}

async function fromTopic(values: Values, io: CommandIo): Promise<void> {
  const preset = required(values.preset, 'preset');
  const kafka = kafkaConnection(values, io);
  const topic = required(values.topic, 'topic');
  const from = values.from === undefined ? {} : { from: parseFrom(values.from) };
  const compiled = requireMapping(resolve(workspaceFolder(values, io)), preset);
  // A third of what a file's ingestion would load, and never call.
  const { ingestTopic } = await import('../sources/kafka/ingest-topic.ts');
  await withWorkspace(
    values,
    io,
    async ({ writer }) => {
      const report = await ingestTopic(writer, {
        kafka,
        topic,
        compiled,
        ...from,
        follow: values.follow === true,
        signal: io.signal,
        onProgress: progressOf(io),
      });
      printIngest(report, values.json, io);
    },
    { create: true },
  );
}

export const ingest: Command = {
  summary: 'records from a file or a Kafka topic into raw',
  usage: `Usage: strata ingest file PATH --preset P [--format csv|ndjson|json|parquet]
       strata ingest kafka --brokers B --topic T --preset P [--from F] [--follow]

Lands records as they are, exactly once; "strata run" makes something of them.

  --preset P        which field is which: a preset, or mappings/P.json of the workspace
  --format F        what the file is, where its name does not tell
  --topic T         the topic; reads from the stored offsets to its end, then stops
  --from F          where a topic not read before begins: earliest (default), latest, an offset or a time;
                    given, it also says where to go on when the stored offsets are lost
  --follow          go on as records arrive, until Ctrl-C${kafkaUsage}`,
  async run(args, io) {
    const { values, positionals } = parseIngest(args);
    const [kind, path, ...more] = positionals;
    if (kind !== 'file' && kind !== 'kafka')
      throw new AppError('BAD_USAGE', { problem: 'Say what to ingest: file or kafka.' });
    noMore(kind === 'file' ? more : positionals.slice(1));
    await (kind === 'file' ? fromFile(path, values, io) : fromTopic(values, io));
  },
};
