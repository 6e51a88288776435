import { interruptible } from '../engine/interruptible.ts';
import { compileMapping } from '../mapping/mapping.ts';
import { loadModels } from '../transform/node/load-models.ts';
import { redrive } from '../transform/redrive.ts';
import { workspaceMappings } from '../workspace/node/mappings.ts';
import { actionOf, type Command, noMore, onlyOptions, parse, wholeNumber } from './command.ts';
import { count, formatTable, showCell, toJson } from './print.ts';
import { withWorkspace } from './session.ts';

const listSql = `
  select q.reason, s.name as source, s.preset, count(*) as records
  from ops.quarantine q join ops.sources s using (source_id)
  group by all order by records desc, reason, source`;

const showSql = `
  select s.name as source, q.partition, q.position, q.reason,
    coalesce(q.detail, left(try(decode(r.value)), 300), left(cast(r.value as varchar), 300)) as record
  from ops.quarantine q join ops.sources s using (source_id)
  join raw.records r using (batch_id, source_id, partition, position)
  where $reason is null or q.reason = $reason
  order by q.batch_id, q.source_id, q.partition, q.position limit $limit::integer`;

const optionsOf = { list: [], show: ['reason', 'limit'], redrive: ['reason'] } as const;

export const quarantine: Command = {
  summary: 'what was not taken, why, and another try',
  usage: `Usage: strata quarantine list
       strata quarantine show [--reason R] [--limit N]
       strata quarantine redrive [--reason R]

  --reason R        only records with this reason
  --limit N         how many to show (default 20)

redrive gives the records another try with the mapping as it is today; then "strata run".`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      reason: { type: 'string' },
      limit: { type: 'string' },
    });
    const [action, ...more] = positionals;
    noMore(more);
    const which = actionOf(action, ['list', 'show', 'redrive']);
    onlyOptions(values, `quarantine ${which}`, optionsOf[which]);
    const limit = wholeNumber(values.limit ?? '20', 'limit', { least: 1, most: 100_000 });
    const reason = values.reason ?? null;
    await withWorkspace(values, io, async (workspace) => {
      const { writer } = workspace;
      if (which === 'redrive') {
        const mappings = workspaceMappings(workspace.path);
        const report = await interruptible(writer, { signal: io.signal, what: 'The redrive' }, () =>
          redrive(writer, {
            models: loadModels('silver'),
            ...(values.reason === undefined ? {} : { reason: values.reason }),
            currentMapping: (preset) => {
              const found = mappings.get(preset);
              return found === undefined ? undefined : compileMapping(found);
            },
            now: () => new Date(),
          }),
        );
        const total = report.reduce((sum, { read }) => sum + read, 0);
        const taken = report.reduce((sum, { accepted }) => sum + accepted, 0);
        if (values.json === true) io.out(toJson(report));
        else io.out(`${count(total)} records tried again, ${count(taken)} accepted`);
        return;
      }
      const rows = await (which === 'list'
        ? writer.rows(listSql)
        : writer.rows(showSql, { reason, limit }));
      if (values.json === true) return io.out(toJson(rows));
      const [first] = rows;
      if (first === undefined) return io.out('The quarantine is empty.');
      const cells = rows.map((row) =>
        Object.values(row).map((cell) => (typeof cell === 'number' ? count(cell) : showCell(cell))),
      );
      io.out(formatTable(Object.keys(first), cells));
    });
  },
};
