import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import type { JobEvent, JobInfo, JobInput } from '../../../pipeline/contract/schemas.ts';
import { useConnectionState, useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { queryKeys } from '../../host/queries/query-keys.ts';
import { useJobList } from '../../host/queries/workspace.ts';
import { hasEnded, jobReducer, jobToShow, type JobState } from './job-state.ts';
import { type KnownEnds, knownEnds } from './known-ends.ts';

const dismissedKey = 'strata.dismissed-job';
/** Counts grow on the screen while a job runs, but not with each of its events. */
const refreshEvery = 1500;

export interface JobFeed {
  /** Whether the host has said what runs; what is asked after that cannot miss the end of a job. */
  readonly known: boolean;
  readonly state: JobState;
  /** Starts again what this page started last, or null after a reload. */
  readonly again: (() => void) | null;
  readonly start: (input: JobInput) => void;
  readonly cancel: () => void;
  readonly dismiss: () => void;
}

function refreshAll(queries: QueryClient): void {
  // An answer still on its way may be from before the end, and an invalidation alone would settle for it.
  void queries
    .cancelQueries({ queryKey: queryKeys.data })
    .then(() => queries.invalidateQueries({ queryKey: queryKeys.data }));
  void queries.invalidateQueries({ queryKey: queryKeys.jobs });
  // A job may have found that a kept password can no longer be read.
  void queries.invalidateQueries({ queryKey: queryKeys.secrets });
}

/** Refetches the counts now and then, and everything at an end that is news. */
function refresher(queries: QueryClient, ends: KnownEnds) {
  let last = 0;
  return (id: string, { kind }: JobEvent): void => {
    if (kind !== 'progress') {
      if (ends.seen(id)) refreshAll(queries);
      return;
    }
    const now = performance.now();
    if (now - last <= refreshEvery) return;
    last = now;
    void queries.invalidateQueries({ queryKey: queryKeys.status });
  };
}

function addJob(queries: QueryClient, job: JobInfo): void {
  queries.setQueryData<JobInfo[]>(queryKeys.jobs, (jobs = []) => [
    ...jobs.filter((known) => known.id !== job.id),
    job,
  ]);
}

/** The one job of the workspace: found again after a reload or a lost connection, started, watched, cancelled. */
export function useJobFeed(): JobFeed {
  const { client } = useHost();
  const queries = useQueryClient();
  const connection = useConnectionState();
  const [state, dispatch] = useReducer(jobReducer, { kind: 'idle' });
  const [dismissed, setDismissed] = useState(() => sessionStorage.getItem(dismissedKey));
  const [last, setLast] = useState<JobInput | null>(null);
  const jobs = useJobList();
  const shown = useMemo(() => jobToShow(jobs.data ?? []), [jobs.data]);
  const [ends] = useState(knownEnds);
  const watchedId = shown === null || shown.id === dismissed ? null : shown.id;

  useEffect(() => {
    const job = jobToShow(queries.getQueryData<JobInfo[]>(queryKeys.jobs) ?? []);
    if (watchedId === null || job === null || connection.kind !== 'open') return undefined;
    const controller = new AbortController();
    const refresh = refresher(queries, ends);
    const follow = async (): Promise<void> => {
      const events = await client.jobs.watch({ id: watchedId }, { signal: controller.signal });
      dispatch({ kind: 'watch', job });
      for await (const event of events) {
        if (controller.signal.aborted) return;
        dispatch({ kind: 'event', event });
        // A job that the list told ended has nothing new to show.
        if (!hasEnded(job.last)) refresh(watchedId, event);
      }
    };
    // A stream that breaks is taken up again with the connection; the list says what became of the job.
    follow().catch(() => {
      if (!controller.signal.aborted) void queries.invalidateQueries({ queryKey: queryKeys.jobs });
    });
    return () => controller.abort();
  }, [client, queries, ends, watchedId, connection.kind]);

  useEffect(() => {
    // A short job of another window may have ended before it was watched here.
    if (jobs.data !== undefined && ends.listed(jobs.data)) refreshAll(queries);
  }, [jobs.data, ends, queries]);

  const ended = shown !== null && hasEnded(shown.last) ? shown.last : null;
  useEffect(() => {
    if (ended !== null) dispatch({ kind: 'event', event: ended });
  }, [ended]);

  const start = useCallback(
    (input: JobInput): void => {
      setLast(input);
      dispatch({ kind: 'start', input });
      client.jobs.start(input).then(
        (job) => addJob(queries, job),
        (error: unknown) => dispatch({ kind: 'start-failed', input, problem: toProblem(error) }),
      );
    },
    [client, queries],
  );

  const id = 'job' in state ? state.job.id : null;
  const cancel = useCallback((): void => {
    if (id === null) return;
    dispatch({ kind: 'cancel' });
    client.jobs.cancel({ id }).catch(() => dispatch({ kind: 'cancel-failed' }));
  }, [client, id]);

  const dismiss = useCallback((): void => {
    if (id !== null) {
      sessionStorage.setItem(dismissedKey, id);
      setDismissed(id);
    }
    dispatch({ kind: 'dismiss' });
  }, [id]);

  const known = jobs.isFetched;
  return { known, state, again: last === null ? null : () => start(last), start, cancel, dismiss };
}
