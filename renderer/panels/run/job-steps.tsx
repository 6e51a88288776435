import { Loader, Progress } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { formatCount } from '../../ui/format.ts';
import classes from './run.module.css';

interface Step {
  readonly step: string;
  readonly message: string;
  readonly done: number | null;
  readonly total: number | null;
}

interface JobStepsProps {
  readonly steps: readonly Step[];
  /** Whether the last step is still at work, came to its end, or was left. */
  readonly last: 'active' | 'done' | 'left';
}

function amount({ done, total }: Step): string {
  if (done === null) return '';
  return total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
}

function Mark({ state }: { state: JobStepsProps['last'] }) {
  switch (state) {
    case 'active':
      return <Loader size={14} aria-hidden="true" />;
    case 'done':
      return <IconCheck size={15} className={classes['ticked']} aria-hidden="true" />;
    case 'left':
      return <IconMinus size={15} aria-hidden="true" />;
  }
}

/** The steps of a job in the order they began, the last one alive. */
export function JobSteps({ steps, last }: JobStepsProps) {
  return (
    <ol className={classes['steps']} data-testid="job-steps">
      {steps.map((step, index) => {
        const state = index === steps.length - 1 ? last : 'done';
        const active = state === 'active';
        return (
          <li key={step.step} data-state={state}>
            <Mark state={state} />
            <div>
              <span className={classes['stepName']}>
                {step.step}
                <small>{amount(step)}</small>
              </span>
              {active ? <span className={classes['message']}>{step.message}</span> : null}
              {active && step.done !== null && step.total !== null && step.total > 0 ? (
                <Progress
                  size={4}
                  mt={4}
                  value={(100 * step.done) / step.total}
                  aria-label={`${step.step}: progress`}
                />
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
