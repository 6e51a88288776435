import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer } from 'react';
import type { TrainOptions } from '../../../pipeline/contract/recipe.ts';
import { AppError } from '../../../pipeline/contract/errors.ts';
import type { HostClient } from '../../host/client.ts';
import { useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { queryKeys } from '../../host/queries.ts';
import type { JobFeed } from '../run/use-job-feed.ts';
import type { JobState } from '../run/job-state.ts';
import { acceptReducer, type AcceptState, type Choice } from './accept-state.ts';
import { matchClusters } from './match-clusters.ts';

/** How a training that was asked for went, as far as the feed says. */
function trainingEnd(state: JobState): 'done' | 'stopped' | null {
  switch (state.kind) {
    case 'done':
      return state.job.kind === 'train' ? 'done' : null;
    case 'failed':
    case 'cancelled':
    case 'not-started':
      return 'stopped';
    case 'idle':
    case 'starting':
    case 'running':
    case 'cancelling':
      return null;
  }
}

/** Gives the segments of the model that was just trained the names that were typed for their clusters. */
async function nameSegments(
  client: HostClient,
  choice: Choice,
): Promise<Omit<AcceptState & { kind: 'done' }, 'kind'>> {
  const model = await client.segments.model();
  if (model === null) throw new AppError('INTERNAL', { problem: 'the trained model is not there' });
  const found = matchClusters(choice.clusters, model.segments);
  const typed = choice.names.map((name) => name.trim());
  const given = new Map<number, string>();
  for (const [label, name] of typed.entries()) {
    const segment = found[label] ?? null;
    if (name === '' || segment === null || segment.segmentName === name) continue;
    const renamed = await client.segments.rename({ segmentId: segment.segmentId, name });
    given.set(renamed.segmentId, renamed.name);
  }
  return {
    version: model.version,
    segments: model.segments.map(({ segmentId, segmentName, customers }) => ({
      segmentId,
      name: given.get(segmentId) ?? segmentName,
      customers,
    })),
    homeless: typed.filter((name, label) => name !== '' && (found[label] ?? null) === null),
  };
}

/** Trains the chosen model, then names its segments. */
export function useAccept(job: JobState, start: JobFeed['start']) {
  const { client } = useHost();
  const queries = useQueryClient();
  const [state, dispatch] = useReducer(acceptReducer, { kind: 'idle' });
  const end = trainingEnd(job);

  const accept = useCallback(
    (options: TrainOptions, choice: Choice): void => {
      dispatch({ kind: 'train', choice });
      start({ kind: 'train', options: { ...options, k: choice.k } });
    },
    [start],
  );

  useEffect(() => {
    if (state.kind === 'training' && end !== null) {
      dispatch({ kind: end === 'done' ? 'trained' : 'stopped' });
    }
  }, [state.kind, end]);

  const naming = state.kind === 'naming' ? state.choice : null;
  useEffect(() => {
    if (naming === null) return undefined;
    let here = true;
    const name = async (): Promise<void> => {
      try {
        const result = await nameSegments(client, naming);
        if (here) dispatch({ kind: 'named', result });
        await queries.invalidateQueries({ queryKey: queryKeys.data });
      } catch (error) {
        if (here) dispatch({ kind: 'not-named', problem: toProblem(error) });
      }
    };
    void name();
    return () => {
      here = false;
    };
  }, [naming, client, queries]);

  return {
    state,
    accept,
    nameAgain: () => dispatch({ kind: 'name-again' }),
    dismiss: () => dispatch({ kind: 'dismiss' }),
  };
}
