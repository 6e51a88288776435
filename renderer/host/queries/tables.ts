import { useQuery } from '@tanstack/react-query';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

export function useTablePage(input: { table: string; offset: number; limit: number }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.page(input.table, input.offset, input.limit),
    queryFn: ({ signal }) => client.tables.page(input, { signal }),
    placeholderData: (previous) => (previous?.table === input.table ? previous : undefined),
  });
}
