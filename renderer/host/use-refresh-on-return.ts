import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ModelReport } from '../../pipeline/contract/segmentation.ts';
import type { HostClient } from './client.ts';
import { useHost } from './host-context.tsx';
import { queryKeys } from './queries/query-keys.ts';

/** A window that becomes visible is focused as well; it is asked for once. */
const atOnce = 1000;

function namesOf(model: ModelReport | null | undefined): string | null {
  if (model === undefined) return null;
  return JSON.stringify(model?.segments.map(({ segmentName }) => segmentName) ?? []);
}

/** Names stand on charts of every view, so all are drawn anew, but only where a name is another one. */
async function refreshNames(client: HostClient, queries: QueryClient): Promise<void> {
  const before = namesOf(queries.getQueryData<ModelReport | null>(queryKeys.model));
  const model = await queries.fetchQuery({
    queryKey: queryKeys.model,
    queryFn: ({ signal }) => client.segments.model(undefined, { signal }),
    staleTime: 0,
  });
  if (before !== namesOf(model)) await queries.invalidateQueries({ queryKey: queryKeys.data });
}

/** What another window may have changed without a job, the names of segments and the recipes, is asked again on return. */
export function useRefreshOnReturn(): void {
  const { client } = useHost();
  const queries = useQueryClient();
  useEffect(() => {
    let last = -Infinity;
    const refresh = (): void => {
      const now = performance.now();
      if (document.visibilityState === 'hidden' || now - last < atOnce) return;
      last = now;
      void queries.invalidateQueries({ queryKey: queryKeys.recipes });
      // A host that is away is asked again when it is back.
      refreshNames(client, queries).catch(() => undefined);
    };
    window.addEventListener('focus', refresh);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      window.removeEventListener('focus', refresh);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [client, queries]);
}
