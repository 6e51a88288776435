import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ModelReport } from '../../../pipeline/contract/segmentation.ts';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

/** The model that places customers now; null before the first. */
export function useModel() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.model,
    queryFn: ({ signal }) => client.segments.model(undefined, { signal }),
  });
}

/** A name stands on every chart; the segments' own cards have it at once. */
export function useRenameSegment() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { segmentId: number; name: string }) => client.segments.rename(input),
    onSuccess: ({ segmentId, name }) => {
      queries.setQueryData<ModelReport | null>(queryKeys.model, (model) => {
        if (model === null || model === undefined) return model;
        const segments = model.segments.map((segment) =>
          segment.segmentId === segmentId ? { ...segment, segmentName: name } : segment,
        );
        return { ...model, segments };
      });
      void queries.invalidateQueries({ queryKey: queryKeys.data });
    },
  });
}

export function useMigration() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.migration,
    queryFn: ({ signal }) => client.segments.migration(undefined, { signal }),
  });
}

/** Why a customer is where they are; the one before stays until the next is there. */
export function useExplanation(customerId: string | null) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.explanation(customerId ?? ''),
    enabled: customerId !== null,
    queryFn: ({ signal }) => client.segments.explain({ customerId: customerId ?? '' }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useScatter(input: { x: string; y: string; limit: number }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.scatter(input.x, input.y, input.limit),
    queryFn: async ({ signal }) => {
      const blob = await client.segments.scatter(input, { signal });
      return { x: input.x, y: input.y, bytes: new Uint8Array(await blob.arrayBuffer()) };
    },
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
}
