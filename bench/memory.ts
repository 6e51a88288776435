import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchArguments } from './arguments.ts';
import { bankInput } from './input.ts';
import { measure } from './measure.ts';
import { inScratch } from './places.ts';
import { figures, printJson, printTable, say } from './report.ts';
import { ingest, kpis, readOverall, run } from './strata.ts';

const UNITS: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

function bytesOf(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s?(MB|GB|MiB|GiB)$/.exec(text) ?? [];
  const size = UNITS[unit];
  if (number === undefined || size === undefined) {
    throw new Error(`--limit takes a size such as 1GB or 512MiB, not "${text}".`);
  }
  return Number(number) * size;
}

/** Our process' peak against the limit that the workspace states for DuckDB. It must end, not only stay small. */
export async function memory(args: readonly string[]): Promise<void> {
  const options = benchArguments(args, { rows: 10_000_000, limit: '1GB' });
  const limit = bytesOf(options.limit);
  const input = await bankInput(options.rows);
  await inScratch(async (folder) => {
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace);
    const config = { engine: { memoryLimit: options.limit } };
    writeFileSync(join(workspace, 'strata.json'), `${JSON.stringify(config, null, 2)}\n`);
    say('ingest');
    const ingested = await measure(ingest(input.path, 'bank', workspace));
    say('run');
    const ran = await measure(run(workspace));
    const overall = readOverall(await measure(kpis(workspace)));
    const steps = { ingest: ingested, run: ran };
    const ratios = Object.fromEntries(
      Object.entries(steps).map(([name, { peakBytes }]) => [
        name,
        peakBytes === null ? null : peakBytes / limit,
      ]),
    );
    printTable(
      [`peak of the process against ${options.limit}`, 'ratio'],
      Object.entries(ratios).map(([name, ratio]) => [name, ratio?.toFixed(2) ?? 'n/a']),
    );
    printJson({
      bench: 'memory',
      rows: input.rows,
      limit: options.limit,
      ratios,
      figures: { ingest: figures(ingested), run: figures(ran) },
      overall,
    });
  });
}
