import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bankInput, once } from '../input.ts';
import { measure } from '../measure.ts';
import { cache } from '../places.ts';
import { ingest, run, strata } from '../strata.ts';

const CUSTOMERS = 2000;

/** Bank transactions in silver, features and gold, made once and kept. */
export async function bankWorkspace(rows: number): Promise<string> {
  const path = join(cache, `notebook-${rows}.workspace`);
  return existsSync(path) ? path : makeBank(path, rows);
}

async function makeBank(path: string, rows: number): Promise<string> {
  const input = await bankInput(rows);
  return once(path, async (unfinished) => {
    rmSync(unfinished, { recursive: true, force: true });
    await measure(ingest(input.path, 'bank', unfinished));
    await measure(run(unfinished));
  });
}

/** The shop that the shipped notebooks are written for. */
export function shopWorkspace(): Promise<string> {
  return once(join(cache, `notebook-shop-${CUSTOMERS}.workspace`), async (unfinished) => {
    rmSync(unfinished, { recursive: true, force: true });
    await measure(
      strata('demo', '--customers', String(CUSTOMERS), '--workspace', unfinished, '--json'),
    );
  });
}
