import { CloseButton, Loader } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { toProblem } from '../../host/problem.ts';
import { useModel } from '../../host/queries/segments.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import type { JobRun } from '../run/job-run.ts';
import classes from './accept.module.css';
import { recipeLink } from './recipe-link.ts';

interface AcceptOutcomeProps {
  readonly run: JobRun;
  /** Where the recipe is made; left out where there is no such place. */
  readonly featuresHref: string | undefined;
  /** Trains with what is typed now; left out where that cannot be done. */
  readonly onRetry: (() => void) | undefined;
  readonly onDismiss: () => void;
}

function Segments() {
  const { data, error, isFetching, refetch } = useModel();
  if (error !== null) return <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />;
  // What is there while another answer is on its way is the model before this one.
  if (isFetching || data === undefined) return <Loader size={14} aria-label="Reading the model" />;
  if (data === null) return null;
  return (
    <>
      <p>
        <strong>Model {data.version} places your customers now.</strong>
      </p>
      <ul>
        {data.segments.map(({ segmentId, segmentName, customers }) => (
          <li key={segmentId}>
            <ClusterMark id={segmentId} /> {segmentName} <small>{formatCount(customers)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What became of the model that was to be used. */
export function AcceptOutcome({ run, featuresHref, onRetry, onDismiss }: AcceptOutcomeProps) {
  switch (run.kind) {
    case 'free':
    case 'held':
      return null;
    case 'starting':
    case 'running':
    case 'cancelling':
      return (
        <p className={classes['working']} role="status">
          Training: {'message' in run ? run.message : 'starting'}
        </p>
      );
    case 'cancelled':
      return (
        <p className={classes['working']} role="status">
          Cancelled; nothing was changed.
        </p>
      );
    case 'done':
      return (
        <div className={classes['done']} role="status" data-testid="accepted">
          <IconCircleCheck size={20} aria-hidden="true" />
          <div>
            <Segments />
          </div>
          <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} />
        </div>
      );
    case 'failed':
      return (
        <div className={classes['problem']}>
          <ErrorState
            {...run.problem}
            link={recipeLink(run.problem, featuresHref)}
            onRetry={run.problem.retry ? onRetry : undefined}
          />
        </div>
      );
  }
}
