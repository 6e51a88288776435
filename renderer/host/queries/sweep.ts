import { useQuery } from '@tanstack/react-query';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

/** The latest sweep of the host; null before the first. */
export function useSweep() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.sweep,
    queryFn: ({ signal }) => client.segments.sweep(undefined, { signal }),
  });
}

/** Every customer of a sweep, as `read` makes it of the Arrow stream. */
export function useSweepPoints<T>(id: string, read: (bytes: Uint8Array) => Promise<T>) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.sweepPoints(id),
    queryFn: async ({ signal }) => {
      const blob = await client.segments.sweepPoints({ id }, { signal });
      return read(new Uint8Array(await blob.arrayBuffer()));
    },
    staleTime: Infinity,
    structuralSharing: false,
  });
}

/** Who would become whom with each k of a sweep, against the model there is now. */
export function useSuccessions(id: string) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.successions(id),
    queryFn: ({ signal }) => client.segments.successions({ id }, { signal }),
  });
}
