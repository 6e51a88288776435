import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

/** What recipes may use. */
export function useFeatureList() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.features,
    queryFn: ({ signal }) => client.features.list(undefined, { signal }),
  });
}

/** What a recipe does to the customers there are; the report of the one before stays until it is there. */
export function useFeatureReport(recipe: FeatureRecipe) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.featureReport(recipe),
    enabled: recipe.features.length > 0,
    queryFn: ({ signal }) => client.features.report(recipe, { signal }),
    placeholderData: keepPreviousData,
  });
}
