import { AppError } from '../../contract/errors.ts';
import {
  type FeatureRecipe,
  featureRecipe,
  missingRule,
  scaling,
  transform,
  type TrainOptions,
  trainOptions,
} from '../../contract/recipe.ts';
import type { Connection } from '../../engine/engine.ts';
import { requireRecipe } from '../../features/recipes.ts';
import type { WorkspaceConfig } from '../../workspace/config.ts';
import { oneOf, type parse, wholeNumber } from '../command.ts';

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

export const segmentOptions = {
  ...recipeOptions,
  k: { type: 'string' },
  seed: { type: 'string' },
  restarts: { type: 'string' },
} as const;

/** Everything that some action of `strata segment` takes. */
export const actionOptions = {
  ...segmentOptions,
  gap: { type: 'boolean' },
  stability: { type: 'boolean' },
  silhouette: { type: 'string' },
  rule: { type: 'string', multiple: true },
} as const;

type RecipeValues = ReturnType<typeof parse<typeof recipeOptions>>['values'];
export type SegmentValues = ReturnType<typeof parse<typeof segmentOptions>>['values'];

function quantiles(text: string): FeatureRecipe['winsorise'] {
  if (text === 'none') return null;
  const [, lower, upper] = /^(0(?:\.\d+)?)\.\.([01](?:\.\d+)?)$/.exec(text) ?? [];
  const found = featureRecipe.shape.winsorise.safeParse({
    lower: Number(lower),
    upper: Number(upper),
  });
  if (lower !== undefined && found.success && Number(lower) < Number(upper)) return found.data;
  const problem = `--winsorise takes quantiles such as 0.01..0.99, or none, not "${text}".`;
  throw new AppError('BAD_USAGE', { problem });
}

/** One feature's own treatment, from `monetary:transform=none,weight=2`. */
function ownTreatment(spec: string): [string, object] {
  const [name = '', rest = ''] = spec.split(/:(.*)/s, 2);
  const pairs = rest.split(',').map((pair): [string, unknown] => {
    const [key = '', value = ''] = pair.split('=', 2);
    if (key === 'weight') return [key, Number(value)];
    return [key, key === 'winsorise' ? quantiles(value) : value];
  });
  const known = new Set(['missing', 'winsorise', 'transform', 'scale', 'weight']);
  const own = Object.fromEntries(pairs);
  const parsed = featureRecipe.shape.columns.safeParse({ [name]: own });
  if (name !== '' && parsed.success && pairs.every(([key]) => known.has(key))) return [name, own];
  const problem = `--column takes FEATURE:OPTION=VALUE,..., such as monetary:transform=none,weight=2, not "${spec}".`;
  throw new AppError('BAD_USAGE', { problem });
}

/** What the command line says of features; where it says nothing a saved recipe does, or strata.json. */
export async function chosenRecipe(
  values: RecipeValues,
  config: WorkspaceConfig,
  connection: Connection,
): Promise<FeatureRecipe> {
  const base =
    values.recipe === undefined
      ? featureRecipe.parse(config.segmentation)
      : (await requireRecipe(connection, values.recipe)).recipe;
  return featureRecipe.parse({
    features: values.features?.split(',').map((name) => name.trim()) ?? base.features,
    missing: oneOf(values.missing ?? base.missing, 'missing', missingRule.options),
    winsorise: values.winsorise === undefined ? base.winsorise : quantiles(values.winsorise),
    transform: oneOf(values.transform ?? base.transform, 'transform', transform.options),
    scale: oneOf(values.scale ?? base.scale, 'scale', scaling.options),
    columns: { ...base.columns, ...Object.fromEntries((values.column ?? []).map(ownTreatment)) },
  });
}

/** The same with what training takes; `k` is for those who train. */
export async function chosenOptions(
  values: SegmentValues,
  config: WorkspaceConfig,
  connection: Connection,
): Promise<TrainOptions> {
  const { segmentation } = config;
  const number = (name: 'seed' | 'restarts', least: number, most: number): number => {
    const text = values[name];
    return text === undefined ? segmentation[name] : wholeNumber(text, name, { least, most });
  };
  return trainOptions.parse({
    ...(await chosenRecipe(values, config, connection)),
    k: segmentation.k,
    seed: number('seed', 0, 0xffff_ffff),
    restarts: number('restarts', 1, 100),
  });
}

/** Reads `2..10`. */
export function rangeOfK(text: string): number[] {
  const [, from = '', to = ''] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  const least = Number(from);
  const most = Number(to);
  if (from === '' || least < 2 || most < least || most > 50) {
    const problem = `--k takes a range such as 2..10 within 2 to 50, not "${text}".`;
    throw new AppError('BAD_USAGE', { problem });
  }
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}
