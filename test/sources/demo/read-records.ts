import { createHash } from 'node:crypto';
import { generate, type GeneratedRecord } from '../../../pipeline/sources/demo/generate.ts';
import type { GenerateOptions } from '../../../pipeline/sources/demo/options.ts';
import type { Tally } from '../../../pipeline/sources/demo/faults.ts';

export type Fields = Record<string, unknown>;

/** All records and what the generator says of them at its end. */
export function generateAll(options: GenerateOptions): {
  records: GeneratedRecord[];
  tally: Tally;
} {
  const records: GeneratedRecord[] = [];
  const generator = generate(options);
  for (;;) {
    const step = generator.next();
    if (step.done === true) return { records, tally: step.value };
    records.push(step.value);
  }
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true });

export function textOf(record: GeneratedRecord): string {
  return record.value === null ? 'null' : strictDecoder.decode(record.value);
}

export function fieldsOf(options: GenerateOptions): Fields[] {
  return generateAll(options).records.map((record) => JSON.parse(textOf(record)) as Fields);
}

/** SHA-256 over keys, times and bytes, each with its length. */
export function fingerprint(records: Iterable<GeneratedRecord>): string {
  const hash = createHash('sha256');
  for (const { key, value, timestamp } of records) {
    hash.update(`${key} ${timestamp} ${value?.length ?? 'none'}\n`);
    if (value !== null) hash.update(value);
  }
  return hash.digest('hex');
}
