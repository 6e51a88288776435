import type { RunReport } from '../../../pipeline/contract/schemas.ts';
import { formatCount, formatDuration } from '../../ui/format.ts';
import classes from './run.module.css';

/** What the last run did, step by step. */
export function LastRun({ run }: { run: RunReport }) {
  return (
    <details className={classes['lastRun']}>
      <summary>
        Last run: {run.status} in {formatDuration(run.milliseconds)}
      </summary>
      <ol>
        {run.steps.map((step) => (
          <li key={step.step}>
            <span>{step.step}</span>
            <small>
              {step.status === 'done'
                ? `${formatCount(step.read)} read, ${formatDuration(step.milliseconds)}`
                : step.status}
            </small>
          </li>
        ))}
      </ol>
    </details>
  );
}
