import { useQuery } from '@tanstack/react-query';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

export function useModels() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.models,
    queryFn: ({ signal }) => client.segments.models(undefined, { signal }),
  });
}

export function useComparison(input: { from: number; to: number }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.comparison(input.from, input.to),
    queryFn: ({ signal }) => client.segments.compare(input, { signal }),
  });
}
