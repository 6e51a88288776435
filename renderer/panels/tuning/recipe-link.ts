import type { Problem } from '../../host/problem.ts';

/** What a recipe is refused with: other features, or another treatment of them, is what helps. */
const ofRecipes: ReadonlySet<string> = new Set([
  'FEATURE_UNKNOWN',
  'FEATURE_UNUSABLE',
  'TOO_FEW_CUSTOMERS',
]);

/** The way to where the recipe is made, where a job failed for it. */
export function recipeLink(
  { code }: Pick<Problem, 'code'>,
  href: string | undefined,
): { readonly href: string; readonly label: string } | undefined {
  if (href === undefined || !ofRecipes.has(code)) return undefined;
  return { href, label: 'Change the features' };
}
