import { kpiName } from '../contract/schemas.ts';
import { actionOf, type Command, noMore, onlyOptions, parse } from './command.ts';
import { kpiActionNames, kpiActions, kpiOptions } from './kpi-actions.ts';
import { toJson } from './print.ts';
import { withWorkspace } from './session.ts';

export const kpis: Command = {
  summary: 'CLV growth, churn rate, AOV and contribution; what moved them; cohorts',
  usage: `Usage: strata kpis [--as-of DAY]
       strata kpis split --kpi K --from DAY --to DAY
       strata kpis cohorts

  --as-of DAY       as they stood on that day, YYYY-MM-DD, by the segments of today
  --kpi K           ${kpiName.options.join(', ')}
  --from, --to DAY  what moved it between them: mix, rate and migration sum to the change

Values stand with their 95% interval; below 30 customers there is none.`,
  async run(args, io) {
    const { values, positionals } = parse(args, kpiOptions);
    noMore(positionals.slice(1));
    const which = actionOf(positionals[0] ?? 'report', kpiActionNames);
    onlyOptions(values, `kpis ${which}`, kpiActions[which].options);
    const action = kpiActions[which].read(values);
    await withWorkspace(values, io, async (workspace) => {
      const { found, text } = await action(workspace, io);
      io.out(values.json === true ? toJson(found) : text);
    });
  },
};
