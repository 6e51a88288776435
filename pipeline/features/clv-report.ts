import type { ClvReport } from '../contract/clv.ts';
import type { Connection } from '../engine/engine.ts';
import { latestClv } from './clv-artifact.ts';
import { MONTHLY_DISCOUNT, MONTHS } from './predict-clv.ts';

type Fitted = Extract<ClvReport, { kind: 'fitted' }>;

interface Whole extends Record<string, string | number | null> {
  readonly as_of: string;
  readonly customers: number;
  readonly total: number;
  readonly mean: number;
  readonly alive: number;
}

function bySegment(connection: Connection): Promise<Fitted['bySegment']> {
  return connection.rows<Fitted['bySegment'][number]>(
    `select s.segment_id as "segmentId", s.segment_name as "segmentName", count(*) as customers,
       avg(c.probability_alive) as alive, avg(c.expected_purchases) as "expectedPurchases",
       sum(c.predicted_clv) as clv
     from features.customer_clv c left join gold.customer_segments s on s.customer_id = c.customer_id
     group by s.segment_id, s.segment_name order by s.segment_id nulls last`,
  );
}

/** Predicted CLV as it stands in the workspace. */
export async function clvReport(connection: Connection): Promise<ClvReport> {
  const kept = await latestClv(connection);
  if (kept === null) return { kind: 'none' };
  const [whole] = await connection.rows<Whole>(
    `select cast(max(as_of) as varchar) as as_of, count(*) as customers, sum(predicted_clv) as total,
       avg(predicted_clv) as mean, avg(case when probability_alive > 0.5 then 1.0 else 0.0 end) as alive
     from features.customer_clv`,
  );
  if (whole === undefined || whole.customers === 0) return { kind: 'none' };
  const { version, purchases, value, logLikelihood, warnings, calibration, notCalibrated } =
    kept.model;
  return {
    kind: 'fitted',
    version,
    fittedAt: kept.fittedAt,
    asOf: whole.as_of,
    customers: whole.customers,
    purchases,
    value,
    logLikelihood,
    warnings,
    months: MONTHS,
    monthlyDiscount: MONTHLY_DISCOUNT,
    total: whole.total,
    mean: whole.mean,
    alive: whole.alive,
    bySegment: await bySegment(connection),
    calibration,
    notCalibrated,
  };
}
