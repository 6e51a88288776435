import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';

export type Override = FeatureRecipe['columns'][string];

/** How one feature is treated, after what the recipe says of all and of it. */
export interface Treatment {
  readonly missing: FeatureRecipe['missing'];
  readonly winsorise: FeatureRecipe['winsorise'];
  readonly transform: FeatureRecipe['transform'];
  readonly scale: FeatureRecipe['scale'];
  readonly weight: number;
}

export function treatmentOf(recipe: FeatureRecipe, feature: string): Treatment {
  const own = recipe.columns[feature] ?? {};
  return {
    missing: own.missing ?? recipe.missing,
    // Null is an answer here: this feature is not clipped though the others are.
    winsorise: own.winsorise === undefined ? recipe.winsorise : own.winsorise,
    transform: own.transform ?? recipe.transform,
    scale: own.scale ?? recipe.scale,
    weight: own.weight ?? 1,
  };
}

function withColumn(recipe: FeatureRecipe, feature: string, own: Override | null): FeatureRecipe {
  const { [feature]: _, ...others } = recipe.columns;
  return { ...recipe, columns: own === null ? others : { ...others, [feature]: own } };
}

/** Changes what differs for one feature; undefined lets it follow the recipe again. */
export function withOverride(
  recipe: FeatureRecipe,
  feature: string,
  change: Override,
): FeatureRecipe {
  const all = Object.entries({ ...recipe.columns[feature], ...change });
  const own = all.filter(([, value]) => value !== undefined);
  return withColumn(recipe, feature, own.length === 0 ? null : Object.fromEntries(own));
}

export function withoutOverrides(recipe: FeatureRecipe, feature: string): FeatureRecipe {
  return withColumn(recipe, feature, null);
}

/** Takes features in, at the end, or out, together with what was said of them. */
export function withFeatures(
  recipe: FeatureRecipe,
  names: readonly string[],
  chosen: boolean,
): FeatureRecipe {
  if (chosen) return { ...recipe, features: [...new Set([...recipe.features, ...names])] };
  const features = recipe.features.filter((name) => !names.includes(name));
  return names.reduce(withoutOverrides, { ...recipe, features });
}

/** One text for all recipes that mean the same, however their keys are ordered. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export function sameRecipe(one: FeatureRecipe, other: FeatureRecipe): boolean {
  return canonical(one) === canonical(other);
}
