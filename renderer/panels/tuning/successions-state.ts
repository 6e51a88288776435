import { useMemo } from 'react';
import type { Successions } from '../../../pipeline/contract/segmentation.ts';
import { useSuccessions } from '../../host/queries/sweep.ts';

/** Who becomes whom on its way to the page. */
export type SuccessionsState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: () => void }
  | { readonly kind: 'here'; readonly value: Successions; readonly fetching: boolean };

export function useSuccessionsState(id: string): SuccessionsState {
  const { data, error, isFetching, refetch } = useSuccessions(id);
  return useMemo(() => {
    if (data !== undefined) return { kind: 'here', value: data, fetching: isFetching };
    if (error !== null) return { kind: 'failed', error, again: () => void refetch() };
    return { kind: 'loading' };
  }, [data, error, isFetching, refetch]);
}

/** What the clusters of a k would be called without a name of their own, as far as it is known. */
export function usualNames(state: SuccessionsState, k: number): string[] {
  if (state.kind !== 'here' || state.value.kind !== 'matched') return [];
  const found = state.value.clusterings.find((one) => one.k === k);
  return (found?.clusters ?? []).map(({ segmentName }) => segmentName);
}
