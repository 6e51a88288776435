import { useEffect } from 'react';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { useRecipes, useRemoveRecipe, useSaveRecipe } from '../../host/queries/recipes.ts';
import { savedState } from './saved-state.ts';

export interface NamedRecipe {
  readonly value: FeatureRecipe;
  readonly onChange: (recipe: FeatureRecipe) => void;
  /** The saved recipe that the value began as. */
  readonly name: string | null;
  readonly onName: (name: string | null) => void;
}

/** The saved recipes of the workspace, and how the one at hand stands to them. */
export function useSavedRecipes({ value, onChange, name, onName }: NamedRecipe) {
  const recipes = useRecipes();
  const save = useSaveRecipe();
  const remove = useRemoveRecipe();
  const known = recipes.data ?? [];
  const state = savedState(known, name, value);
  // A recipe that is one of the saved ones began as that, however it came here.
  const adopted = state.kind === 'saved' && state.name !== name ? state.name : null;
  useEffect(() => {
    if (adopted !== null) onName(adopted);
  }, [adopted, onName]);
  return {
    /** Null until the host has told which there are. */
    state: recipes.data === undefined ? null : state,
    names: known.map((recipe) => recipe.name).sort((a, b) => a.localeCompare(b)),
    saving: save.isPending,
    error: save.error ?? remove.error ?? recipes.error,
    load: (chosen: string): void => {
      const found = known.find((recipe) => recipe.name === chosen);
      if (found === undefined) return;
      onChange(found.recipe);
      onName(chosen);
    },
    save: (chosen: string): void =>
      save.mutate({ name: chosen, recipe: value }, { onSuccess: () => onName(chosen) }),
    remove: (chosen: string): void => remove.mutate(chosen, { onSuccess: () => onName(null) }),
  };
}
