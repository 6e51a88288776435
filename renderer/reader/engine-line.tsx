import { useSyncExternalStore } from 'react';
import type { EngineState, EngineStatus } from './engine-state.ts';
import classes from './reader.module.css';

function words(state: EngineState): string {
  switch (state.kind) {
    case 'starting':
      return 'Starting the engine…';
    case 'live':
      return 'Live';
    case 'dead':
      return `Not live: ${state.message} ${state.next}`;
  }
}

const explained: Readonly<Record<EngineState['kind'], string>> = {
  starting: 'What you see was saved with the page. Changes run as soon as the engine is there.',
  live: 'Everything runs in this page, on the data that came with it. Nothing is fetched or sent.',
  dead: 'What you see was saved with the page.',
};

/** Whether cells run. */
export function EngineLine({ engine }: { engine: EngineStatus }) {
  const state = useSyncExternalStore(engine.subscribe, engine.state);
  return (
    <span
      className={classes['status']}
      data-kind={state.kind}
      data-testid="engine"
      role="status"
      title={explained[state.kind]}
    >
      <i aria-hidden="true" />
      <span>{words(state)}</span>
    </span>
  );
}
