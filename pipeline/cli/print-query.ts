import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnerSql } from '../engine/native/owner-sql/owner-sql.ts';
import { readArrow } from './arrow-rows.ts';
import type { CommandIo } from './command.ts';
import { csvLine, formatTable, showCell, toJson } from './print.ts';
import { quotedText } from '../engine/sql-quoting.ts';

export const queryFormats = ['table', 'json', 'csv', 'parquet', 'arrow'] as const;

export interface QueryInput {
  readonly sql: string;
  /** The workspace's. */
  readonly folder: string;
  readonly format: (typeof queryFormats)[number];
  readonly limit: number | undefined;
}

/** DuckDB writes Parquet itself, into the owner's folder, from where it goes out and away. */
async function parquet(
  owner: OwnerSql,
  { sql, folder, limit }: QueryInput,
  io: CommandIo,
): Promise<void> {
  const path = join(folder, 'files', `.query-${process.pid}.parquet`);
  try {
    // On a line of its own, so that a comment at the end of the statement ends there.
    const query = `(\n${sql.trim().replace(/;\s*$/, '')}\n)`;
    const bounded = limit === undefined ? query : `(from ${query} limit ${limit})`;
    const copy = `copy ${bounded} to ${quotedText(path)} (format parquet)`;
    for await (const _piece of owner.run(copy, { signal: io.signal }));
    for await (const bytes of createReadStream(path)) await io.write(bytes as Uint8Array);
  } finally {
    await rm(path, { force: true });
  }
}

/** Runs the owner's SQL and writes its last result to the output as it was asked for. */
export async function printQuery(owner: OwnerSql, input: QueryInput, io: CommandIo): Promise<void> {
  const { sql, format, limit } = input;
  if (format === 'parquet') return parquet(owner, input, io);
  const pieces = owner.run(sql, { signal: io.signal, ...(limit === undefined ? {} : { limit }) });
  if (format === 'arrow') {
    for await (const bytes of pieces) await io.write(bytes);
    return;
  }
  const { names, rows } = await readArrow(pieces);
  switch (format) {
    case 'json':
      return io.out(
        toJson(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))),
      );
    case 'csv':
      return io.out([names, ...rows].map((row) => csvLine(row)).join('\n'));
    case 'table':
      io.out(
        formatTable(
          names,
          rows.map((row) => row.map(showCell)),
        ),
      );
      io.out(`${rows.length} rows`);
  }
}
