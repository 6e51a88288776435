import { Button, Loader, Progress } from '@mantine/core';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { Elapsed } from '../run/elapsed.tsx';
import classes from './controls.module.css';
import type { SweepRun } from './sweep-run.ts';

interface SweepProgressProps {
  readonly run: SweepRun;
  readonly connected: boolean;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}

type Active = SweepRun & { kind: 'running' | 'cancelling' };

function Bar({ run, connected, onCancel }: { run: Active } & Omit<SweepProgressProps, 'run'>) {
  const { done, total } = run;
  return (
    <div className={classes['progress']}>
      <p>
        <b>{run.message}</b>
        {done === null || total === null ? null : (
          <span>
            {formatCount(done)} of {formatCount(total)}
          </span>
        )}
        <Elapsed since={run.startedAt} />
      </p>
      <Progress
        value={done === null || total === null || total === 0 ? 0 : (100 * done) / total}
        size={6}
        aria-label="Sweep: progress"
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

/** What became of the sweep that was asked for. */
export function SweepProgress(props: SweepProgressProps) {
  const { run, connected, onRetry } = props;
  switch (run.kind) {
    case 'free':
      return null;
    case 'starting':
      return (
        <p className={classes['words']}>
          <Loader size={14} aria-hidden="true" /> Starting
        </p>
      );
    case 'held':
      return (
        <p className={classes['words']}>
          {run.title} holds the workspace: one job at a time. A sweep can start when it ends.
        </p>
      );
    case 'running':
    case 'cancelling':
      return <Bar {...props} run={run} />;
    case 'cancelled':
      return (
        <p className={classes['words']} role="status">
          Cancelled. What an earlier sweep found still stands.
        </p>
      );
    case 'failed':
      return (
        <div className={classes['problem']}>
          <ErrorState
            {...run.problem}
            onRetry={run.problem.retry && connected ? onRetry : undefined}
          />
        </div>
      );
  }
}
