import { AppError } from '../contract/errors.ts';
import { kpiName } from '../contract/schemas.ts';
import { interruptible } from '../engine/interruptible.ts';
import { readCohorts } from '../runs/cohorts.ts';
import { explainKpiChange } from '../runs/explain-kpi-change.ts';
import { kpiReport, kpiReportAsOf } from '../runs/kpi-report.ts';
import type { Workspace } from '../workspace/node/workspace.ts';
import { type Command, type CommandIo, noMore, oneOf, parse, required } from './command.ts';
import { formatCohorts, formatKpis, formatSplit } from './print-kpis.ts';
import { toJson } from './print.ts';
import { withWorkspace } from './session.ts';

const options = {
  'as-of': { type: 'string' },
  kpi: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

type Values = ReturnType<typeof parse<typeof options>>['values'];

function day(text: string, option: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time)) {
    if (new Date(time).toISOString().startsWith(text)) return text;
  }
  throw new AppError('BAD_USAGE', {
    problem: `--${option} takes a day, YYYY-MM-DD, not "${text}".`,
  });
}

async function report({ writer, config }: Workspace, values: Values, io: CommandIo): Promise<void> {
  const asOf = values['as-of'] === undefined ? undefined : day(values['as-of'], 'as-of');
  const found =
    asOf === undefined
      ? await kpiReport(writer, config)
      : await interruptible(writer, { signal: io.signal, what: 'The report' }, () =>
          kpiReportAsOf(writer, config, asOf),
        );
  if (found.current.length === 0) throw new AppError('NO_CUSTOMERS');
  io.out(values.json === true ? toJson(found) : formatKpis(found));
}

async function split({ writer, config }: Workspace, values: Values, io: CommandIo): Promise<void> {
  const input = {
    kpi: oneOf(required(values.kpi, 'kpi'), 'kpi', kpiName.options),
    from: day(required(values.from, 'from'), 'from'),
    to: day(required(values.to, 'to'), 'to'),
  };
  const found = await interruptible(writer, { signal: io.signal, what: 'The split' }, () =>
    explainKpiChange(writer, config, input),
  );
  io.out(values.json === true ? toJson(found) : formatSplit(found));
}

async function cohorts({ writer }: Workspace, values: Values, io: CommandIo): Promise<void> {
  const cells = await interruptible(writer, { signal: io.signal, what: 'The cohorts' }, () =>
    readCohorts(writer),
  );
  if (cells.length === 0) throw new AppError('NO_CUSTOMERS');
  io.out(values.json === true ? toJson(cells) : formatCohorts(cells));
}

const actions = { report, split, cohorts };

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
    const { values, positionals } = parse(args, options);
    noMore(positionals.slice(1));
    const which = oneOf(positionals[0] ?? 'report', 'action', ['report', 'split', 'cohorts']);
    await withWorkspace(values, io, (workspace) => actions[which](workspace, values, io));
  },
};
