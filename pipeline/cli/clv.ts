import { AppError } from '../contract/errors.ts';
import type { ClvReport } from '../contract/clv.ts';
import { clvReport } from '../features/clv-report.ts';
import { fitClv } from '../features/fit-clv.ts';
import { actionOf, type Command, noMore, parse } from './command.ts';
import { count, formatTable, money, percent, toJson } from './print.ts';
import { withWorkspace } from './session.ts';

const fit = (values: object): string =>
  Object.entries(values)
    .map(([name, number]) => `${name} ${Number(number).toPrecision(5)}`)
    .join(', ');

function formatClv(report: Extract<ClvReport, { kind: 'fitted' }>): string {
  const { purchases, value, calibration } = report;
  const segments = report.bySegment.map((one) => [
    one.segmentName ?? '-',
    count(one.customers),
    percent(one.alive),
    one.expectedPurchases.toFixed(2),
    money(one.clv),
  ]);
  const groups = (calibration?.groups ?? []).map((one) => [
    one.repeats,
    count(one.customers),
    one.predicted.toFixed(3),
    one.actual.toFixed(3),
  ]);
  return [
    `Predicted CLV of ${count(report.customers)} customers as of ${report.asOf}: ${money(report.total)} in ${report.months} months`,
    `BG/NBD ${fit(purchases)}; Gamma-Gamma ${fit(value)}; log-likelihood ${report.logLikelihood.toFixed(2)}`,
    formatTable(['segment', 'customers', 'P(alive)', 'purchases', 'CLV'], segments),
    ...(calibration === null
      ? [`Not checked on a hold-out. ${report.notCalibrated ?? ''}`]
      : [
          `Hold-out of ${calibration.days} days from ${calibration.cut}: purchases predicted and bought`,
          formatTable(['repeats before', 'customers', 'predicted', 'actual'], groups),
        ]),
    ...report.warnings.map((sentence) => `warning: ${sentence}`),
  ].join('\n');
}

export const clv: Command = {
  summary: 'predicted customer lifetime value: fit, report',
  usage: `Usage: strata clv fit
       strata clv report

fit takes BG/NBD and Gamma-Gamma by maximum likelihood and writes features.customer_clv,
which every later run brings up to date: 12 months ahead, discounted by 1% a month.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {});
    noMore(positionals.slice(1));
    const which = actionOf(positionals[0], ['fit', 'report']);
    await withWorkspace(values, io, async ({ writer }, context) => {
      if (which === 'fit') await fitClv(writer, context);
      const report = await clvReport(writer);
      if (report.kind !== 'fitted') throw new AppError('NO_CLV_MODEL');
      io.out(values.json === true ? toJson(report) : formatClv(report));
    });
  },
};
