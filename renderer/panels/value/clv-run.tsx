import { Button, Loader, Progress } from '@mantine/core';
import { ErrorState } from '../../ui/error-state.tsx';
import { Elapsed } from '../run/elapsed.tsx';
import type { JobRun } from '../run/job-run.ts';
import classes from './value.module.css';

interface ClvRunProps {
  readonly run: JobRun;
  readonly connected: boolean;
  readonly onFit: () => void;
  readonly onCancel: () => void;
}

type Active = JobRun & { kind: 'running' | 'cancelling' };

function Bar({ run, connected, onCancel }: Omit<ClvRunProps, 'run' | 'onFit'> & { run: Active }) {
  const { done, total } = run;
  const known = done !== null && total !== null && total > 0;
  return (
    <div className={classes['progress']} data-testid="clv-progress">
      <p role="status">
        <b>{run.message}</b>
      </p>
      <Elapsed since={run.startedAt} />
      <Progress
        size={6}
        value={known ? (100 * done) / total : 100}
        animated={!known}
        aria-label="Fitting predicted CLV: progress"
      />
      <Button
        size="compact-sm"
        variant="default"
        loading={run.kind === 'cancelling'}
        disabled={!connected}
        onClick={onCancel}
      >
        Cancel
      </Button>
    </div>
  );
}

/** What became of the fit that was asked for. */
export function ClvRun(props: ClvRunProps) {
  const { run, connected, onFit } = props;
  switch (run.kind) {
    case 'free':
    case 'done':
      return null;
    case 'starting':
      return (
        <p className={classes['words']} role="status">
          <Loader size={14} aria-hidden="true" /> Starting
        </p>
      );
    case 'held':
      return (
        <p className={classes['words']} role="status">
          {run.title} holds the workspace: one job at a time. A fit can start when it ends.
        </p>
      );
    case 'running':
    case 'cancelling':
      return <Bar {...props} run={run} />;
    case 'cancelled':
      return (
        <p className={classes['words']} role="status">
          Cancelled; nothing was changed.
        </p>
      );
    case 'failed':
      return (
        <ErrorState {...run.problem} onRetry={run.problem.retry && connected ? onFit : undefined} />
      );
  }
}
