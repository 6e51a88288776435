import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { useHost } from '../host-context.tsx';
import { queryKeys } from './query-keys.ts';

export function useRecipes() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.recipes,
    queryFn: ({ signal }) => client.recipes.list(undefined, { signal }),
  });
}

export function useSaveRecipe() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; recipe: FeatureRecipe }) => client.recipes.save(input),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.recipes }),
  });
}

export function useRemoveRecipe() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => client.recipes.remove({ name }),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.recipes }),
  });
}
