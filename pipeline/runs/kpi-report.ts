import { AppError } from '../contract/errors.ts';
import type { KpiReport, KpiRow, MonthlyKpiRow } from '../contract/schemas.ts';
import type { Connection, Row, SqlValue } from '../engine/engine.ts';
import { tableExists } from '../engine/table-exists.ts';
import { withRoom } from '../engine/with-room.ts';
import { featureParameters } from '../features/feature-parameters.ts';
import { loadModels } from '../transform/node/load-models.ts';
import { runModel } from '../transform/run-model.ts';
import { kpiIntervals, LEVEL } from './kpi-intervals.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';

const columns = `segment_id, segment_name, customers, orders, cast(revenue as double) as revenue,
  clv_growth, churn_rate, aov, contribution`;

const textOrNull = (value: SqlValue | undefined): string | null =>
  typeof value === 'string' ? value : null;

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

function kpiRow(row: Row): KpiRow {
  return {
    segmentId: numberOrNull(row['segment_id']),
    segmentName: textOrNull(row['segment_name']),
    customers: Number(row['customers']),
    orders: Number(row['orders']),
    revenue: Number(row['revenue']),
    clvGrowth: numberOrNull(row['clv_growth']),
    churnRate: numberOrNull(row['churn_rate']),
    aov: numberOrNull(row['aov']),
    contribution: numberOrNull(row['contribution']),
  };
}

function monthlyRow(row: Row): MonthlyKpiRow {
  return Object.assign(kpiRow(row), { month: textOrNull(row['month']) ?? '' });
}

async function readReport(
  connection: Connection,
  config: WorkspaceConfig,
  isSure: boolean,
): Promise<KpiReport> {
  const current = await connection.rows(
    `select ${columns}, as_of from gold.segment_kpis order by segment_id nulls first`,
  );
  const monthly = await connection.rows(
    `select strftime(month, '%Y-%m') as month, ${columns} from gold.segment_kpis_monthly
     order by month, segment_id nulls first`,
  );
  const sure = (isSure ? await kpiIntervals(connection) : null) ?? {
    ...config.kpis,
    intervals: [],
  };
  return {
    asOf: textOrNull(current[0]?.['as_of']),
    periodDays: sure.periodDays,
    churnDays: sure.churnDays,
    current: current.map(kpiRow),
    level: LEVEL,
    intervals: [...sure.intervals],
    monthly: monthly.map(monthlyRow),
  };
}

/** The KPIs as the last run left them; empty before the first. */
export async function kpiReport(
  connection: Connection,
  config: WorkspaceConfig,
): Promise<KpiReport> {
  if (!(await tableExists(connection, 'gold.segment_kpis'))) {
    return { asOf: null, ...config.kpis, current: [], level: LEVEL, intervals: [], monthly: [] };
  }
  // An earlier Strata made no sums to tell intervals from.
  return readReport(connection, config, await tableExists(connection, 'gold.segment_kpi_sums'));
}

/** Thrown to leave a transaction whose tables were only made to be looked at. */
class LookedAt extends Error {
  readonly report: KpiReport;
  constructor(report: KpiReport) {
    super('looked at');
    this.report = report;
  }
}

/** The KPIs as they stood on a day, by the segments of today; nothing of it is kept. */
export async function kpiReportAsOf(
  connection: Connection,
  config: WorkspaceConfig,
  asOf: string,
): Promise<KpiReport> {
  if (!(await tableExists(connection, 'gold.segment_kpis'))) throw new AppError('NO_CUSTOMERS');
  try {
    const look = async (): Promise<never> => {
      const parameters = await featureParameters(connection, asOf, config.kpis);
      const kpiModels = loadModels('gold').filter(({ name }) => name !== 'gold.customer_profiles');
      for (const model of [...loadModels('features'), ...kpiModels]) {
        await runModel(connection, model, { parameters });
      }
      throw new LookedAt({ ...(await readReport(connection, config, true)), asOf });
    };
    await withRoom(connection, () => connection.transaction(look));
  } catch (error) {
    if (error instanceof LookedAt) return error.report;
    throw error;
  }
  throw new AppError('INTERNAL', { problem: 'the report was not read' });
}
