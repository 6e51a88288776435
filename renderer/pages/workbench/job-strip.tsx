import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { JobFeed } from '../../panels/run/use-job-feed.ts';
import classes from './job-strip.module.css';

interface JobStripProps {
  readonly feed: JobFeed;
  readonly connected: boolean;
}

/** The running job in one line, for the views that have no room for its card. */
export function JobStrip({ feed, connected }: JobStripProps) {
  const { state, cancel, dismiss } = feed;
  switch (state.kind) {
    case 'idle':
    case 'done':
    case 'cancelled':
      return null;
    case 'starting':
      return (
        <div className={classes['strip']} role="status" data-testid="job-strip">
          <Loader size={16} aria-hidden="true" />
          <p>Starting a job</p>
        </div>
      );
    case 'running':
    case 'cancelling': {
      const step = state.steps.at(-1);
      return (
        <div className={classes['strip']} role="status" data-testid="job-strip">
          <Loader size={16} aria-hidden="true" />
          <p>
            <strong>{state.job.title}</strong>
            {step === undefined ? 'starting' : `${step.step}: ${step.message}`}
          </p>
          <Button
            size="compact-sm"
            variant="default"
            loading={state.kind === 'cancelling'}
            disabled={!connected}
            onClick={cancel}
          >
            Cancel
          </Button>
        </div>
      );
    }
    case 'not-started':
    case 'failed':
      return (
        <div className={classes['strip']} role="alert" data-state="failed" data-testid="job-strip">
          <IconAlertTriangle size={18} aria-hidden="true" />
          <p>
            <strong>{state.kind === 'failed' ? state.job.title : 'The job did not start'}</strong>
            {state.problem.message} {state.problem.next}
          </p>
          <code>{state.problem.code}</code>
          <Button size="compact-sm" variant="default" onClick={dismiss}>
            Dismiss
          </Button>
        </div>
      );
  }
}
