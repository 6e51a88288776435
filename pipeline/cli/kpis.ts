import { AppError } from '../contract/errors.ts';
import { interruptible } from '../engine/interruptible.ts';
import { kpiReport, kpiReportAsOf } from '../runs/kpi-report.ts';
import { type Command, noMore, parse } from './command.ts';
import { count, formatTable, money, percent, toJson } from './print.ts';
import { withWorkspace } from './session.ts';

function day(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time)) {
    if (new Date(time).toISOString().startsWith(text)) return text;
  }
  throw new AppError('BAD_USAGE', { problem: `--as-of takes a day, YYYY-MM-DD, not "${text}".` });
}

export const kpis: Command = {
  summary: 'CLV growth, churn rate, AOV and contribution by segment',
  usage: `Usage: strata kpis [--as-of DAY]

  --as-of DAY       as they stood on that day, YYYY-MM-DD, by the segments of today`,
  async run(args, io) {
    const { values, positionals } = parse(args, { 'as-of': { type: 'string' } });
    noMore(positionals);
    const asOf = values['as-of'] === undefined ? undefined : day(values['as-of']);
    await withWorkspace(values, io, async (workspace) => {
      const { writer, config } = workspace;
      const report =
        asOf === undefined
          ? await kpiReport(writer, config)
          : await interruptible(writer, { signal: io.signal, what: 'The report' }, () =>
              kpiReportAsOf(writer, config, asOf),
            );
      if (report.current.length === 0) throw new AppError('NO_CUSTOMERS');
      if (values.json === true) return io.out(toJson(report));
      const rows = report.current.map((row) => [
        row.segmentName ?? 'All customers',
        count(row.customers),
        count(row.orders),
        money(row.revenue),
        percent(row.clvGrowth),
        percent(row.churnRate),
        money(row.aov),
        percent(row.contribution),
      ]);
      const header = [
        'segment',
        'customers',
        'orders',
        'revenue',
        'CLV growth',
        'churn rate',
        'AOV',
        'contribution',
      ];
      io.out(formatTable(header, rows));
      io.out(
        `as of ${report.asOf ?? '-'}; CLV growth over ${report.periodDays} days, churned after more than ${report.churnDays} days`,
      );
    });
  },
};
