import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport } from '../contract/schemas.ts';
import { demoPlan } from '../sources/demo/demo-plan.ts';
import { generate } from '../sources/demo/generate.ts';
import { writeNdjson } from '../sources/demo/node/write-ndjson.ts';
import { ingestFile } from '../sources/files/node/ingest-file.ts';
import { requireMapping } from '../workspace/node/mappings.ts';
import { shipNotebooks } from './notebook/ship-notebooks.ts';
import { type RunContext, runPipeline } from './run-pipeline.ts';

/** Generates customers, ingests what they did as files would be, and runs every step; the same again finds nothing new. */
export async function runDemo(
  folder: string,
  context: RunContext,
  options: { customers: number; seed: number },
): Promise<RunReport> {
  const { connection, signal, report } = context;
  const stopping = signal === undefined ? {} : { signal };
  for (const plan of demoPlan(options.customers, options.seed)) {
    report?.({ step: 'demo', message: `Generating ${plan.preset} records` });
    const path = join(
      folder,
      'files',
      `demo-${plan.preset}-${options.customers}-${options.seed}.ndjson`,
    );
    try {
      await writeNdjson({ path, records: generate(plan), ...stopping });
      report?.({ step: 'demo', message: `Landing ${plan.preset} records` });
      await ingestFile(connection, {
        path,
        compiled: requireMapping(folder, plan.preset),
        ...stopping,
      });
    } finally {
      // raw has every byte of it now, or it is made again.
      await rm(path, { force: true });
    }
  }
  await shipNotebooks(folder);
  return runPipeline(context);
}
