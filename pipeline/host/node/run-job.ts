import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { JobInput } from '../../contract/schemas.ts';
import { fitClv } from '../../features/fit-clv.ts';
import { runDemo } from '../../runs/run-demo.ts';
import { type RunContext, runPipeline } from '../../runs/run-pipeline.ts';
import { ingestFile } from '../../sources/files/node/ingest-file.ts';
import { ingestTopic } from '../../sources/kafka/ingest-topic.ts';
import { requireMapping } from '../../workspace/node/mappings.ts';
import type { JobContext } from '../job-context.ts';
import type { SecretStore } from '../secret-store.ts';
import { kafkaLogin } from './kafka-login.ts';

/** Jobs that write to the warehouse: all but a sweep. */
export type WritingJob = Exclude<JobInput, { kind: 'sweep' }>;

export interface JobGiven extends RunContext, JobContext {
  readonly signal: AbortSignal;
  readonly report: JobContext['report'];
  readonly folder: string;
  /** Where files of the page land. */
  readonly uploads: string;
  readonly secrets: SecretStore;
}

type Work = {
  readonly [Kind in WritingJob['kind']]: (
    input: Extract<WritingJob, { kind: Kind }>,
    given: JobGiven,
  ) => Promise<string>;
};

function told(landed: { source: string; records: number; note?: string }): string {
  const { source, records, note } = landed;
  const what =
    records === 0
      ? 'nothing new'
      : `${records.toLocaleString('en-US')} records landed and were taken in`;
  return `${source}: ${what}${note === undefined ? '' : `; ${note}`}.`;
}

function landing({ signal, report }: JobGiven) {
  const onProgress = (records: number): void =>
    report({
      step: 'ingest',
      message: `${records.toLocaleString('en-US')} records landed`,
      done: records,
    });
  return { signal, onProgress };
}

/** Raw holds every record of an upload that went through; a file of the owner's own is not touched. */
async function dropUpload(path: string, uploads: string): Promise<void> {
  if (dirname(resolve(path)) !== uploads) return;
  await rm(path, { force: true }).catch(() => {});
}

const jobs: Work = {
  async demo(input, given) {
    await runDemo(given.folder, given, input);
    return `Made ${input.customers.toLocaleString('en-US')} customers and everything they did.`;
  },

  async 'ingest-file'({ path, preset }, given) {
    const compiled = requireMapping(given.folder, preset);
    given.report({ step: 'ingest', message: 'Landing records' });
    const landed = await ingestFile(given.connection, { path, compiled, ...landing(given) });
    await runPipeline(given);
    await dropUpload(path, given.uploads);
    return told(landed);
  },

  async 'ingest-kafka'(input, given) {
    const compiled = requireMapping(given.folder, input.preset);
    given.report({ step: 'ingest', message: 'Reading the topic' });
    const kafka = await kafkaLogin(input, given.secrets, given.signal);
    const { topic, from } = input;
    const options = { kafka, topic, compiled, from, ...landing(given) };
    const landed = await ingestTopic(given.connection, options);
    await runPipeline(given);
    return told(landed);
  },

  async run(_, given) {
    const { steps } = await runPipeline(given);
    const worked = steps.filter(({ status, read }) => status === 'done' && read > 0);
    return worked.length === 0 ? 'Nothing was new.' : 'Everything is up to date.';
  },

  async train({ options, names = [] }, given) {
    await runPipeline({ ...given, names }, { steps: ['segments', 'gold'], train: options });
    return `Trained ${options.k} segments.`;
  },

  async clv(_, given) {
    const { customers } = await fitClv(given.connection, given);
    return `Predicted the value of ${customers.toLocaleString('en-US')} customers.`;
  },
};

/** Runs a job to its end and says in a sentence what it did. */
export function runJob<Kind extends WritingJob['kind']>(
  input: Extract<WritingJob, { kind: Kind }>,
  given: JobGiven,
): Promise<string> {
  return jobs[input.kind](input, given);
}
