import { useQuery } from '@tanstack/react-query';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

export function useStatus({ enabled }: { enabled: boolean }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.status,
    enabled,
    queryFn: ({ signal }) => client.workspace.status(undefined, { signal }),
  });
}

/** Asked again every few seconds: a job may be started from another window. */
export function useJobList() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.jobs,
    queryFn: ({ signal }) => client.jobs.list(undefined, { signal }),
    refetchInterval: 3000,
  });
}

/** Asking may make the system show a prompt, so it is asked only where somebody is about to sign in. */
export function useSecretsStanding({ enabled }: { enabled: boolean }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.secrets,
    enabled,
    queryFn: ({ signal }) => client.secrets.standing(undefined, { signal }),
  });
}
