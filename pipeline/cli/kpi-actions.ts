import { AppError } from '../contract/errors.ts';
import { kpiName } from '../contract/schemas.ts';
import { interruptible } from '../engine/interruptible.ts';
import { readCohorts } from '../runs/cohorts.ts';
import { explainKpiChange } from '../runs/explain-kpi-change.ts';
import { kpiReport, kpiReportAsOf } from '../runs/kpi-report.ts';
import type { Workspace } from '../workspace/node/workspace.ts';
import { type CommandIo, oneOf, type parse, required } from './command.ts';
import { formatCohorts, formatKpis, formatSplit } from './print-kpis.ts';

export const kpiOptions = {
  'as-of': { type: 'string' },
  kpi: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

type Values = ReturnType<typeof parse<typeof kpiOptions>>['values'];

function day(text: string, option: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time)) {
    if (new Date(time).toISOString().startsWith(text)) return text;
  }
  throw new AppError('BAD_USAGE', {
    problem: `--${option} takes a day, YYYY-MM-DD, not "${text}".`,
  });
}

type Action = (
  workspace: Workspace,
  io: CommandIo,
) => Promise<{ readonly found: unknown; readonly text: string }>;

interface KpiAction {
  /** Which options it takes. */
  readonly options: readonly (keyof typeof kpiOptions)[];
  /** Reads them before the workspace is opened: what cannot be meant changes nothing. */
  readonly read: (values: Values) => Action;
}

const report: KpiAction = {
  options: ['as-of'],
  read: (values) => {
    const asOf = values['as-of'] === undefined ? undefined : day(values['as-of'], 'as-of');
    return async ({ writer, config }, io) => {
      const found =
        asOf === undefined
          ? await kpiReport(writer, config)
          : await interruptible(writer, { signal: io.signal, what: 'The report' }, () =>
              kpiReportAsOf(writer, config, asOf),
            );
      if (found.current.length === 0) throw new AppError('NO_CUSTOMERS');
      return { found, text: formatKpis(found) };
    };
  },
};

const split: KpiAction = {
  options: ['kpi', 'from', 'to'],
  read: (values) => {
    const input = {
      kpi: oneOf(required(values.kpi, 'kpi'), 'kpi', kpiName.options),
      from: day(required(values.from, 'from'), 'from'),
      to: day(required(values.to, 'to'), 'to'),
    };
    return async ({ writer, config }, io) => {
      const found = await interruptible(writer, { signal: io.signal, what: 'The split' }, () =>
        explainKpiChange(writer, config, input),
      );
      return { found, text: formatSplit(found) };
    };
  },
};

const cohorts: KpiAction = {
  options: [],
  read:
    () =>
    async ({ writer }, io) => {
      const found = await interruptible(writer, { signal: io.signal, what: 'The cohorts' }, () =>
        readCohorts(writer),
      );
      if (found.length === 0) throw new AppError('NO_CUSTOMERS');
      return { found, text: formatCohorts(found) };
    },
};

export const kpiActions = { report, split, cohorts };
export const kpiActionNames = ['report', 'split', 'cohorts'] as const;
