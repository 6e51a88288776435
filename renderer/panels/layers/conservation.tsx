import { IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react';
import type { StepCounts } from '../../../pipeline/contract/schemas.ts';
import { formatCount, plural } from '../../ui/format.ts';
import classes from './layers.module.css';

const ends = ['accepted', 'duplicate', 'quarantined', 'ignored'] as const;

/** Records that ended nowhere (above zero) or in two places (below). */
export function unaccounted(totals: StepCounts): number {
  return ends.reduce((rest, end) => rest - totals[end], totals.read);
}

function Verdict({ rest }: { rest: number }) {
  if (rest === 0) {
    return (
      <span className={classes['whole']}>
        <IconCircleCheck size={15} aria-hidden="true" /> adds up
      </span>
    );
  }
  return (
    <span className={classes['broken']} role="alert">
      <IconAlertTriangle size={15} aria-hidden="true" /> {plural(Math.abs(rest), 'record')}{' '}
      {rest > 0 ? 'not accounted for' : 'counted twice'}
    </span>
  );
}

/** Every record that was read ends in exactly one place, and here is the sum. */
export function Conservation({ totals }: { totals: StepCounts }) {
  const shares = totals.read === 0 ? [] : ends.filter((end) => totals[end] > 0);
  return (
    <div className={classes['conservation']} data-testid="conservation">
      <p className={classes['sum']}>
        <span>
          <b>{formatCount(totals.read)}</b> read
        </span>
        {ends.map((end, index) => (
          <span key={end}>
            <i aria-hidden="true">{index === 0 ? '=' : '+'}</i>
            <em className={classes['swatch']} data-end={end} aria-hidden="true" />
            <b>{formatCount(totals[end])}</b> {end}
          </span>
        ))}
        <Verdict rest={unaccounted(totals)} />
      </p>
      <div className={classes['bar']} aria-hidden="true">
        {shares.map((end) => (
          <span key={end} data-end={end} style={{ flexGrow: totals[end] }} />
        ))}
      </div>
    </div>
  );
}
