import { Button, Loader, Progress } from '@mantine/core';
import { useLayoutEffect } from 'react';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { Elapsed } from '../run/elapsed.tsx';
import type { JobRun } from '../run/job-run.ts';
import classes from './controls.module.css';
import { recipeLink } from './recipe-link.ts';
import type { RunFocus } from './use-run-focus.ts';

interface SweepProgressProps {
  readonly run: JobRun;
  readonly connected: boolean;
  /** Whether the results of a sweep are there. */
  readonly found: boolean;
  /** Where the recipe is made; left out where there is no such place. */
  readonly featuresHref: string | undefined;
  readonly focus: Pick<RunFocus, 'cancel' | 'outcome' | 'onCancelGone'>;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}

type Active = JobRun & { kind: 'running' | 'cancelling' };

function CancelButton(props: Omit<SweepProgressProps, 'run'> & { run: Active }) {
  const { run, connected, focus, onCancel } = props;
  const { cancel, onCancelGone } = focus;
  const ready = connected && run.kind === 'running';
  useLayoutEffect(() => {
    const button = cancel.current;
    return () => onCancelGone(button !== null && button === document.activeElement);
  }, [cancel, onCancelGone]);
  return (
    <Button
      ref={cancel}
      size="compact-sm"
      variant="default"
      // Disabled for good it would lose the focus.
      aria-disabled={!ready}
      data-disabled={!ready}
      leftSection={run.kind === 'cancelling' ? <Loader size={12} aria-hidden="true" /> : null}
      onClick={ready ? onCancel : undefined}
    >
      {run.kind === 'cancelling' ? 'Cancelling' : 'Cancel'}
    </Button>
  );
}

function Bar(props: Omit<SweepProgressProps, 'run'> & { run: Active }) {
  const { run } = props;
  const { done, total } = run;
  const known = done !== null && total !== null && total > 0;
  return (
    <div className={classes['progress']}>
      <p>
        <b>{run.title}</b>
        <span>{run.message}</span>
        {known ? (
          <span>
            {formatCount(done)} of {formatCount(total)}
          </span>
        ) : null}
        <Elapsed since={run.startedAt} />
      </p>
      <Progress
        value={known ? (100 * done) / total : 100}
        animated={!known}
        size={6}
        aria-label="Sweep: progress"
      />
      <CancelButton {...props} />
    </div>
  );
}

function Outcome(props: SweepProgressProps) {
  const { run, connected, found, featuresHref, onRetry } = props;
  switch (run.kind) {
    case 'free':
      return null;
    case 'starting':
      return (
        <p className={classes['words']} role="status">
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
          {found ? 'Cancelled. What an earlier sweep found still stands.' : 'Cancelled.'}
        </p>
      );
    case 'done':
      return (
        <p className={classes['words']} role="status">
          {run.summary}
        </p>
      );
    case 'failed':
      return (
        <ErrorState
          {...run.problem}
          link={recipeLink(run.problem, featuresHref)}
          onRetry={run.problem.retry && connected ? onRetry : undefined}
        />
      );
  }
}

/** What became of the sweep that was asked for. */
export function SweepProgress(props: SweepProgressProps) {
  const { run, focus } = props;
  const { outcome } = focus;
  return (
    <div
      ref={outcome}
      tabIndex={-1}
      className={classes['outcome']}
      data-failed={run.kind === 'failed'}
      data-testid="sweep-outcome"
    >
      <Outcome {...props} />
    </div>
  );
}
