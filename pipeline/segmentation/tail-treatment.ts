import type { FeatureRecipe } from '../contract/recipe.ts';
import { treatmentOf } from './prepare-features.ts';
import type { Treatment } from './wording.ts';

/** What a recipe does against long tails in every one of its features. */
export function tailTreatment(recipe: FeatureRecipe): Treatment {
  const all = recipe.features.map((feature) => treatmentOf(recipe, feature));
  if (all.some(({ transform }) => transform === 'none')) return 'as-they-are';
  return all.every(({ winsorise }) => winsorise !== null) ? 'winsorised' : 'transformed';
}
