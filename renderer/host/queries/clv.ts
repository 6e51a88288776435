import { useQuery } from '@tanstack/react-query';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

/** Predicted CLV as it stands. */
export function useClvReport() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.clv,
    queryFn: ({ signal }) => client.clv.report(undefined, { signal }),
  });
}
