import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { measure } from './measure.ts';
import { cache } from './places.ts';
import { say } from './report.ts';
import { strata } from './strata.ts';
import { quotedText } from '../pipeline/engine/sql-quoting.ts';

const SEED = 1;

export interface BenchInput {
  readonly rows: number;
  readonly customers: number;
  readonly path: string;
  /** What arrives later: 1% more of the same stream, with transactions of its own. */
  readonly laterPath: string;
}

/** Makes a file unless it is there; what was not finished does not count. */
export async function once(
  path: string,
  make: (unfinished: string) => Promise<unknown>,
): Promise<string> {
  if (existsSync(path)) return path;
  say(`making ${path}`);
  mkdirSync(cache, { recursive: true });
  const dot = path.lastIndexOf('.');
  const unfinished = `${path.slice(0, dot)}.unfinished${path.slice(dot)}`;
  await make(unfinished);
  renameSync(unfinished, path);
  return path;
}

interface Piece {
  readonly skip: number;
  readonly count: number;
  readonly whole: number;
  readonly customers: number;
}

async function generate(piece: Piece, to: string): Promise<void> {
  const numbers = Object.entries(piece).flatMap(([name, value]) => [`--${name}`, String(value)]);
  await measure(
    strata('generate', '--preset', 'bank', '--ids', '--seed', String(SEED), ...numbers, '--to', to),
  );
}

/** Bank transactions as NDJSON: the same bytes on every machine, made once and kept. */
export async function bankInput(rows: number): Promise<BenchInput> {
  const customers = Math.max(10, Math.min(100_000, Math.floor(rows / 10)));
  const later = Math.max(1, Math.floor(rows / 100));
  const piece = { whole: rows + later, customers };
  const path = await once(join(cache, `bank-${rows}.ndjson`), (to) =>
    generate({ ...piece, skip: 0, count: rows }, to),
  );
  const laterPath = await once(join(cache, `bank-${rows}-later.ndjson`), (to) =>
    generate({ ...piece, skip: rows, count: later }, to),
  );
  return { rows, customers, path, laterPath };
}

/** The same transactions as CSV, every field as it is written in the NDJSON. */
export async function bankCsv(input: BenchInput): Promise<string> {
  return once(join(cache, `bank-${input.rows}.csv`), async (to) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const columns = ['transaction_id', 'customer_id', 'amount', 'category', 'timestamp'];
    const types = columns.map((name) => `${name}: 'VARCHAR'`).join(', ');
    await connection.run(
      `copy (from read_json(${quotedText(input.path)}, format = 'newline_delimited', columns = {${types}}))
       to ${quotedText(to)} (format csv, header)`,
    );
    connection.closeSync();
    instance.closeSync();
  });
}
