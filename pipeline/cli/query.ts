import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { openOwnerSql, type OwnerSql } from '../engine/native/owner-sql/owner-sql.ts';
import { sqlText } from '../mapping/expression-sql.ts';
import { readConfig } from '../workspace/node/workspace.ts';
import { readArrow } from './arrow-rows.ts';
import {
  type Command,
  type CommandIo,
  noMore,
  oneOf,
  parse,
  wholeNumber,
  workspaceFolder,
} from './command.ts';
import { csvLine, formatTable, showCell, toJson } from './print.ts';

const formats = ['table', 'json', 'csv', 'parquet', 'arrow'] as const;

/** DuckDB writes Parquet itself, into the owner's folder, from where it goes out and away. */
async function parquet(
  owner: OwnerSql,
  input: { sql: string; folder: string; limit: number | undefined },
  io: CommandIo,
): Promise<void> {
  const { sql, folder, limit } = input;
  const path = join(folder, 'files', `.query-${process.pid}.parquet`);
  try {
    // On a line of its own, so that a comment at the end of the statement ends there.
    const query = `(\n${sql.trim().replace(/;\s*$/, '')}\n)`;
    const bounded = limit === undefined ? query : `(from ${query} limit ${limit})`;
    const copy = `copy ${bounded} to ${sqlText(path)} (format parquet)`;
    for await (const _piece of owner.run(copy, { signal: io.signal }));
    for await (const bytes of createReadStream(path)) await io.write(bytes as Uint8Array);
  } finally {
    await rm(path, { force: true });
  }
}

async function print(
  owner: OwnerSql,
  sql: string,
  format: (typeof formats)[number],
  limit: number | undefined,
  io: CommandIo,
): Promise<void> {
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
    case 'parquet':
      io.out(
        formatTable(
          names,
          rows.map((row) => row.map(showCell)),
        ),
      );
      io.out(`${rows.length} rows`);
  }
}

export const query: Command = {
  summary: 'SQL over the workspace, as table, JSON, CSV, Parquet or Arrow',
  usage: `Usage: strata query SQL [--format ${formats.join('|')}] [--limit N]

Reads everything; writes only to schemas of your own ("create schema mine") and to files/ of the workspace.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      format: { type: 'string' },
      limit: { type: 'string' },
    });
    const [sql, ...more] = positionals;
    noMore(more);
    if (sql === undefined || sql.trim() === '')
      throw new AppError('BAD_USAGE', { problem: 'The SQL is missing.' });
    const format = oneOf(
      values.format ?? (values.json === true ? 'json' : 'table'),
      'format',
      formats,
    );
    const limit =
      values.limit === undefined
        ? undefined
        : wholeNumber(values.limit, 'limit', { least: 1, most: 1_000_000_000 });
    const folder = resolve(workspaceFolder(values, io));
    const { engine } = await readConfig(folder);
    const owner = openOwnerSql({
      workspace: folder,
      warehouse: join(folder, 'warehouse.duckdb'),
      ...(engine.memoryLimit === undefined ? {} : { memoryLimit: engine.memoryLimit }),
    });
    try {
      await (format === 'parquet'
        ? parquet(owner, { sql, folder, limit }, io)
        : print(owner, sql, format, limit, io));
    } finally {
      await owner.close();
    }
  },
};
