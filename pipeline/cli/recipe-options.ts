import { AppError } from '../contract/errors.ts';
import {
  type FeatureRecipe,
  featureRecipe,
  missingRule,
  scaling,
  transform,
} from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import { requireRecipe } from '../features/recipes.ts';
import { requireFeatures, requireTreatable } from '../segmentation/feature-catalogue.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';
import { oneOf, type parse } from './command.ts';

export const recipeOptions = {
  recipe: { type: 'string' },
  features: { type: 'string' },
  missing: { type: 'string' },
  winsorise: { type: 'string' },
  transform: { type: 'string' },
  scale: { type: 'string' },
  column: { type: 'string', multiple: true },
} as const;

export const recipeUsage = `
  --recipe NAME     a saved recipe, which the options below change
  --features F,G    what "strata features list" knows (default: those of strata.json)
  --missing R       ${missingRule.options.join(', ')}: what stands in for a value that is not there
  --winsorise L..U  values outside these quantiles become them, such as 0.01..0.99; or none
  --transform T     ${transform.options.join(', ')}
  --scale S         ${scaling.options.join(', ')}
  --column SPEC     one feature otherwise: monetary:transform=none,scale=robust,weight=2`;

export type RecipeValues = ReturnType<typeof parse<typeof recipeOptions>>['values'];
type Treatments = FeatureRecipe['columns'];

function quantiles(text: string): FeatureRecipe['winsorise'] {
  if (text === 'none') return null;
  const [, lower, upper] = /^(0(?:\.\d+)?)\.\.([01](?:\.\d+)?)$/.exec(text) ?? [];
  const found = featureRecipe.shape.winsorise.safeParse({
    lower: Number(lower),
    upper: Number(upper),
  });
  if (lower !== undefined && found.success) return found.data;
  const problem = `--winsorise takes quantiles such as 0.01..0.99, or none, not "${text}".`;
  throw new AppError('BAD_USAGE', { problem });
}

/** One feature's own treatment, from `monetary:transform=none,weight=2`. */
function ownTreatment(spec: string): readonly [string, object] {
  const [name = '', rest = ''] = spec.split(/:(.*)/s, 2);
  const pairs = rest.split(',').map((pair): [string, unknown] => {
    const [key = '', value = ''] = pair.split('=', 2);
    if (key === 'weight') return [key, Number(value)];
    return [key, key === 'winsorise' ? quantiles(value) : value];
  });
  const own = Object.fromEntries(pairs);
  if (name !== '' && featureRecipe.shape.columns.safeParse({ [name]: own }).success) {
    return [name, own];
  }
  const problem = `--column takes FEATURE:OPTION=VALUE,..., such as monetary:transform=none,weight=2, not "${spec}".`;
  throw new AppError('BAD_USAGE', { problem });
}

/** Adds to what a recipe says of its features; of one of them, only what is given changes. */
function withTreatments(
  columns: Treatments,
  given: readonly (readonly [string, object])[],
): object {
  const merged = new Map<string, object | undefined>(Object.entries(columns));
  for (const [name, own] of given) merged.set(name, { ...merged.get(name), ...own });
  return Object.fromEntries(merged);
}

/** A treatment of what is not among a recipe's features would do nothing. */
async function refuseIdle(
  connection: Connection,
  { features }: FeatureRecipe,
  typed: readonly string[],
): Promise<void> {
  const idle = typed.filter((name) => !features.includes(name));
  const [one] = idle;
  if (one === undefined) return;
  await requireFeatures(connection, idle);
  const problem = `--column treats "${one}", which is not among the features ${features.join(', ')}.`;
  throw new AppError('BAD_USAGE', { problem });
}

/** What the command line says of features; where it says nothing a saved recipe does, or strata.json. */
export async function chosenRecipe(
  values: RecipeValues,
  config: WorkspaceConfig,
  connection: Connection,
): Promise<FeatureRecipe> {
  const saved =
    values.recipe === undefined ? null : (await requireRecipe(connection, values.recipe)).recipe;
  if (saved === null) requireTreatable(config.segmentation);
  const base = saved ?? featureRecipe.parse(config.segmentation);
  const given = (values.column ?? []).map(ownTreatment);
  const recipe = featureRecipe.parse({
    features: values.features?.split(',').map((name) => name.trim()) ?? base.features,
    missing: oneOf(values.missing ?? base.missing, 'missing', missingRule.options),
    winsorise: values.winsorise === undefined ? base.winsorise : quantiles(values.winsorise),
    transform: oneOf(values.transform ?? base.transform, 'transform', transform.options),
    scale: oneOf(values.scale ?? base.scale, 'scale', scaling.options),
    columns: withTreatments(base.columns, given),
  });
  await refuseIdle(
    connection,
    recipe,
    given.map(([name]) => name),
  );
  return recipe;
}
