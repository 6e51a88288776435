import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useHost } from '../../host/host-context.tsx';

const listKey = ['notebooks', 'list'];

export function useNotebookList() {
  const { client } = useHost();
  return useQuery({
    queryKey: listKey,
    staleTime: 0,
    queryFn: ({ signal }) => client.notebooks.list(undefined, { signal }),
  });
}

export function useCreateNotebook() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => client.notebooks.create({ title }),
    onSuccess: () => queries.invalidateQueries({ queryKey: listKey }),
  });
}

/** Takes a file that was chosen, or one that lies at a path of the host's machine. */
export function useAdoptNotebook() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (from: File | string) =>
      client.notebooks.adopt(
        typeof from === 'string' ? { path: from } : { name: from.name, file: from },
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: listKey }),
  });
}
