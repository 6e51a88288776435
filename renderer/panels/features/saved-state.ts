import type { FeatureRecipe, SavedRecipe } from '../../../pipeline/contract/recipe.ts';
import { sameRecipe } from './recipe-edits.ts';

export type SavedState =
  | { readonly kind: 'saved'; readonly name: string }
  | { readonly kind: 'changed'; readonly name: string }
  | { readonly kind: 'unsaved' };

/** How a recipe stands to those that are saved; `name` is the one that it began as. */
export function savedState(
  saved: readonly SavedRecipe[],
  name: string | null,
  recipe: FeatureRecipe,
): SavedState {
  const own = saved.find((known) => known.name === name);
  if (own !== undefined) {
    return { kind: sameRecipe(own.recipe, recipe) ? 'saved' : 'changed', name: own.name };
  }
  const same = saved.find((known) => sameRecipe(known.recipe, recipe));
  return same === undefined ? { kind: 'unsaved' } : { kind: 'saved', name: same.name };
}
