import { join, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { openOwnerSql } from '../engine/native/owner-sql/owner-sql.ts';
import { readConfig } from '../workspace/node/workspace.ts';
import { type Command, noMore, oneOf, parse, wholeNumber, workspaceFolder } from './command.ts';
import { printQuery, queryFormats } from './print-query.ts';

export const query: Command = {
  summary: 'SQL over the workspace, as table, JSON, CSV, Parquet or Arrow',
  usage: `Usage: strata query SQL [--format ${queryFormats.join('|')}] [--limit N]

Reads everything; writes only to schemas of your own ("create schema mine") and to files/ of the workspace.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      format: { type: 'string' },
      limit: { type: 'string' },
    });
    const [sql, ...more] = positionals;
    noMore(more);
    if (sql === undefined || sql.trim() === '') {
      throw new AppError('BAD_USAGE', { problem: 'The SQL is missing.' });
    }
    const format = oneOf(
      values.format ?? (values.json === true ? 'json' : 'table'),
      'format',
      queryFormats,
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
      await printQuery(owner, { sql, folder, format, limit }, io);
    } finally {
      await owner.close();
    }
  },
};
