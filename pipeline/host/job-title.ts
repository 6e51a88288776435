import type { JobInput } from '../contract/schemas.ts';

type Titles = {
  readonly [Kind in JobInput['kind']]: (input: Extract<JobInput, { kind: Kind }>) => string;
};

const titles: Titles = {
  demo: ({ customers }) => `Demo workspace of ${customers.toLocaleString('en-US')} customers`,
  'ingest-file': ({ path }) => `Ingest ${path.split(/[/\\]/).at(-1) ?? path}`,
  'ingest-kafka': ({ topic }) => `Ingest topic ${topic}`,
  run: () => 'Run what is new',
  sweep: ({ from, to }) => `Try ${from} to ${to} segments`,
  clv: () => 'Predict customer lifetime value',
  train: ({ options }) => `Train ${options.k} segments`,
};

/** What a job is called in lists and messages. */
export function jobTitle<Kind extends JobInput['kind']>(
  input: Extract<JobInput, { kind: Kind }>,
): string {
  return titles[input.kind](input);
}
