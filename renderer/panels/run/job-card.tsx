import { Button, CloseButton, Loader, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { JobFeed } from './use-job-feed.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Elapsed } from './elapsed.tsx';
import { JobSteps } from './job-steps.tsx';
import classes from './run.module.css';

interface FrameProps {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly onDismiss?: () => void;
}

function Frame({ title, children, onDismiss }: FrameProps) {
  return (
    <section className={classes['job']} aria-label="Job" data-testid="job">
      <header className={classes['jobHead']}>
        <h2>{title}</h2>
        {onDismiss === undefined ? null : (
          <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} />
        )}
      </header>
      {children}
    </section>
  );
}

function words(state: JobFeed['state']): string {
  switch (state.kind) {
    case 'running': {
      const step = state.steps.at(-1);
      return step === undefined
        ? `${state.job.title}: starting`
        : `${state.job.title}: ${step.step}`;
    }
    case 'done':
      return `${state.job.title}: ${state.summary}`;
    case 'cancelled':
      return `${state.job.title} was cancelled`;
    case 'idle':
    case 'starting':
    case 'cancelling':
    case 'not-started':
    case 'failed':
      return '';
  }
}

/** The job of the workspace, alive or as it ended. */
export function JobCard({ feed, connected }: { feed: JobFeed; connected: boolean }) {
  return (
    <>
      <VisuallyHidden aria-live="polite">{words(feed.state)}</VisuallyHidden>
      <JobBody feed={feed} connected={connected} />
    </>
  );
}

function Running({ feed, connected }: { feed: JobFeed; connected: boolean }) {
  const { state, cancel } = feed;
  if (state.kind !== 'running' && state.kind !== 'cancelling') return null;
  const stopping = state.kind === 'cancelling';
  return (
    <Frame title={state.job.title}>
      <JobSteps steps={state.steps} last="active" />
      {state.steps.length === 0 ? (
        <p className={classes['begun']}>
          <Loader size={14} aria-hidden="true" /> Starting
        </p>
      ) : null}
      <footer className={classes['jobFoot']}>
        <Elapsed since={state.job.startedAt} />
        <Button
          size="compact-sm"
          variant="default"
          loading={stopping}
          disabled={!connected}
          onClick={cancel}
        >
          Cancel
        </Button>
      </footer>
    </Frame>
  );
}

function JobBody({ feed, connected }: { feed: JobFeed; connected: boolean }) {
  const { state, dismiss, again } = feed;
  const problem = 'problem' in state ? state.problem : null;
  const retry = problem?.retry === true && connected && again !== null ? again : undefined;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'starting':
      return <Frame title={<Begun />} />;
    case 'not-started':
      return (
        <Frame title="Not started" onDismiss={dismiss}>
          <ErrorState {...state.problem} onRetry={retry} />
        </Frame>
      );
    case 'running':
    case 'cancelling':
      return <Running feed={feed} connected={connected} />;
    case 'done':
      return (
        <Frame
          title={
            <>
              <IconCircleCheck size={17} className={classes['ticked']} aria-hidden="true" />
              {state.job.title}
            </>
          }
          onDismiss={dismiss}
        >
          <p className={classes['summary']}>{state.summary}</p>
        </Frame>
      );
    case 'cancelled':
      return (
        <Frame
          title={
            <>
              <IconCircleX size={17} aria-hidden="true" />
              {state.job.title}
            </>
          }
          onDismiss={dismiss}
        >
          <p className={classes['summary']}>
            Cancelled. What had not been committed was rolled back; started again, it goes on where
            it stopped.
          </p>
        </Frame>
      );
    case 'failed':
      return (
        <Frame title={state.job.title} onDismiss={dismiss}>
          <JobSteps steps={state.steps} last="left" />
          <ErrorState {...state.problem} onRetry={retry} />
        </Frame>
      );
  }
}

function Begun() {
  return (
    <>
      <Loader size={15} aria-hidden="true" /> Starting
    </>
  );
}
