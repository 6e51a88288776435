import type { Connection } from '../engine/engine.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import type { ClvArtifact } from './clv-artifact.ts';
import { purchaseHistories } from './purchase-histories.ts';

/** The hold-out is the last quarter of what was observed, half a year at most, a week at least. */
const SHARE = 0.25;
const LONGEST_DAYS = 182;
const SHORTEST_DAYS = 7;
const TOO_SHORT = 'Too little time was observed to hold a part of it back.';

interface Cut extends Record<string, string | number> {
  readonly cut: string;
  readonly days: number;
}

async function cutDay(connection: Connection, asOf: string): Promise<Cut | null> {
  const [row] = await connection.rows<{ span: number | null }>(
    `select date_diff('day', cast(min(occurred_at) as date), $as_of::date) as span
     from silver.transactions where amount >= 0`,
    { as_of: asOf },
  );
  const days = Math.min(LONGEST_DAYS, Math.floor((row?.span ?? 0) * SHARE));
  if (days < SHORTEST_DAYS) return null;
  const [cut] = await connection.rows<{ cut: string }>(
    'select cast($as_of::date - $days::integer as varchar) as cut',
    { as_of: asOf, days },
  );
  return cut === undefined ? null : { cut: cut.cut, days };
}

/**
 * Fits BG/NBD anew to what was known at a cut day and holds what it promised against what came, or says why
 * that cannot be.
 */
export async function calibrateClv(
  connection: Connection,
  asOf: string,
  work: Work,
): Promise<Pick<ClvArtifact, 'calibration' | 'notCalibrated'>> {
  const found = await cutDay(connection, asOf);
  if (found === null) return { calibration: null, notCalibrated: TOO_SHORT };
  const known = await purchaseHistories(connection, found.cut, asOf);
  const history = { frequency: known.frequency, recency: known.recency, age: known.age };
  const holdOut = { history, actual: known.later, length: found.days };
  const checked = await onWorker(work, 'Checking CLV', 'calibrateBgNbd', holdOut);
  if (checked.kind === 'refused') {
    const before = `What was known on ${found.cut} gives no model to check:`;
    return { calibration: null, notCalibrated: `${before} ${checked.sentence}` };
  }
  const { bias, groups } = checked.calibration;
  const calibration = {
    ...found,
    bias,
    groups: groups.flatMap(({ purchases, orMore, customers, predicted, actual }) =>
      predicted === null || actual === null
        ? []
        : [{ repeats: orMore ? `${purchases}+` : String(purchases), customers, predicted, actual }],
    ),
  };
  return { calibration, notCalibrated: null };
}
