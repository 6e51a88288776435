import { join, resolve } from 'node:path';
import { publishParquet } from '../publish/parquet/publish-parquet.ts';
import { actionOf, type Command, noMore, parse } from './command.ts';
import { formatTable, toJson } from './print.ts';
import { withWorkspace } from './session.ts';

export const publish: Command = {
  summary: 'silver, features and gold as Parquet for other tools',
  usage: `Usage: strata publish parquet [--to DIR]

Copies every table of silver, features and gold, in one state, to DIR/SCHEMA/TABLE.parquet.

  --to DIR          the folder to write (default: lake/ of the workspace)`,
  async run(args, io) {
    const { values, positionals } = parse(args, { to: { type: 'string' } });
    noMore(positionals.slice(1));
    actionOf(positionals[0], ['parquet']);
    await withWorkspace(values, io, async ({ path }, { connection, signal }) => {
      const folder = values.to === undefined ? join(path, 'lake') : resolve(values.to);
      const tables = await publishParquet(connection, {
        folder,
        ...(signal === undefined ? {} : { signal }),
        report: (table, done, total) => io.progress(`publish: ${table} ${done + 1} of ${total}`),
      });
      if (values.json === true) {
        io.out(toJson({ folder, tables }));
        return;
      }
      io.out(
        formatTable(
          ['table', 'rows', 'bytes'],
          tables.map(({ table, rows, bytes }) => [table, String(rows), String(bytes)]),
        ),
      );
      io.out(`${tables.length} tables in ${folder}`);
    });
  },
};
