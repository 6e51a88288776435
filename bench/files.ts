import { join } from 'node:path';
import { z } from 'zod';
import { benchArguments } from './arguments.ts';
import { bankCsv, bankInput } from './input.ts';
import { best, measure, type Measured } from './measure.ts';
import { inScratch, root } from './places.ts';
import { comparePeers, figures, printJson, say } from './report.ts';
import { ingest } from './strata.ts';

const records = z.object({ records: z.number() });

function recordsOf(measured: Measured): number {
  return records.parse(JSON.parse(measured.stdout)).records;
}

/** A file to committed raw, beside DuckDB's own CSV reader into a table on the same disk. */
export async function files(args: readonly string[]): Promise<void> {
  const options = benchArguments(args, { rows: 1_000_000, rounds: 5, file: '', preset: 'bank' });
  const file = options.file === '' ? await bankCsv(await bankInput(options.rows)) : options.file;
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    say(`round ${round} of ${options.rounds}`);
    await inScratch(async (folder) => {
      ours.push(await measure(ingest(file, options.preset, join(folder, 'workspace'))));
    });
    await inScratch(async (folder) => {
      const script = join(root, 'bench', 'peers', 'read-csv.ts');
      const database = join(folder, 'peer.duckdb');
      theirs.push(await measure({ program: process.execPath, args: [script, file, database] }));
    });
  }
  const [strata, peer] = [best(ours), best(theirs)];
  const [landed, read] = [recordsOf(strata), recordsOf(peer)];
  if (landed !== read) throw new Error(`Strata landed ${landed} records, read_csv gave ${read}.`);
  const ratios = comparePeers({ name: 'strata ingest', measured: strata }, [
    { name: 'read_csv', measured: peer },
  ]);
  printJson({
    bench: 'files',
    records: landed,
    ratios,
    figures: { strata: figures(strata), read_csv: figures(peer) },
  });
}
