import { CloseButton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import type { AcceptState } from './accept-state.ts';
import classes from './accept.module.css';
import type { SweepRun } from './sweep-run.ts';

interface AcceptOutcomeProps {
  readonly state: AcceptState;
  readonly run: SweepRun;
  readonly onNameAgain: () => void;
  readonly onDismiss: () => void;
}

function Done({
  state,
  onDismiss,
}: {
  state: AcceptState & { kind: 'done' };
  onDismiss: () => void;
}) {
  return (
    <div className={classes['done']} role="status" data-testid="accepted">
      <IconCircleCheck size={20} aria-hidden="true" />
      <div>
        <p>
          <strong>Model {state.version} places your customers now.</strong>
        </p>
        <ul>
          {state.segments.map(({ segmentId, name, customers }) => (
            <li key={segmentId}>
              <ClusterMark id={segmentId} /> {name} <small>{formatCount(customers)}</small>
            </li>
          ))}
        </ul>
        {state.homeless.length === 0 ? null : (
          <p>
            Not given, because the customers have changed since the sweep:{' '}
            {state.homeless.join(', ')}. Rename the segments where they are shown.
          </p>
        )}
      </div>
      <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} />
    </div>
  );
}

/** What became of the model that was to be used. */
export function AcceptOutcome({ state, run, onNameAgain, onDismiss }: AcceptOutcomeProps) {
  switch (state.kind) {
    case 'idle':
      return run.kind === 'failed' ? (
        <div className={classes['problem']}>
          <ErrorState {...run.problem} />
        </div>
      ) : null;
    case 'training':
      return (
        <p className={classes['working']} role="status">
          Training: {'message' in run ? run.message : 'starting'}
        </p>
      );
    case 'naming':
      return (
        <p className={classes['working']} role="status">
          Trained; giving the names
        </p>
      );
    case 'done':
      return <Done state={state} onDismiss={onDismiss} />;
    case 'not-named':
      return (
        <div className={classes['problem']}>
          <p className={classes['working']}>
            The model is in use, but its segments could not all be named.
          </p>
          <ErrorState {...state.problem} onRetry={onNameAgain} />
        </div>
      );
  }
}
