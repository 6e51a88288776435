import { AppError } from '../contract/errors.ts';
import {
  keptRecipes,
  listRecipes,
  recipeUnknown,
  removeRecipe,
  requireName,
  saveRecipe,
} from '../features/recipes.ts';
import { featureCatalogue } from '../segmentation/feature-catalogue.ts';
import { featureReport } from '../segmentation/feature-report.ts';
import type { Work } from '../work/on-worker.ts';
import type { Workspace } from '../workspace/node/workspace.ts';
import { formatFeatures, formatRecipes, formatReport } from './print-features.ts';
import { chosenRecipe, recipeOptions, type RecipeValues } from './recipe-options.ts';

interface Input {
  readonly workspace: Workspace;
  readonly values: RecipeValues;
  readonly name: string;
  /** Who computes, and what ends it. */
  readonly work: Work;
}

interface FeatureAction {
  /** Whether a recipe's name follows. */
  readonly named: boolean;
  readonly options: readonly string[];
  /** What comes of it, as JSON tells it and in words. */
  readonly act: (input: Input) => Promise<{ readonly found: unknown; readonly text: string }>;
}

const treatments = Object.keys(recipeOptions);

const list: FeatureAction = {
  named: false,
  options: [],
  act: async ({ workspace }) => {
    const found = await featureCatalogue(workspace.writer);
    if (found.length === 0) throw new AppError('NO_CUSTOMERS');
    return { found, text: formatFeatures(found) };
  },
};

const report: FeatureAction = {
  named: false,
  options: treatments,
  act: async ({ workspace: { writer, config }, values, work }) => {
    const found = await featureReport(writer, await chosenRecipe(values, config, writer), work);
    return { found, text: formatReport(found) };
  },
};

const recipes: FeatureAction = {
  named: false,
  options: [],
  act: async ({ workspace: { writer } }) => ({
    found: await listRecipes(writer),
    text: formatRecipes(await keptRecipes(writer)),
  }),
};

const save: FeatureAction = {
  named: true,
  options: treatments,
  act: async ({ workspace: { writer, config }, values, work, ...given }) => {
    const name = requireName(given.name);
    const recipe = await chosenRecipe(values, config, writer);
    // A recipe of features that do not exist is not kept either.
    await featureReport(writer, recipe, work);
    const found = await saveRecipe(writer, { name, recipe, now: new Date() });
    return { found, text: `Saved ${found.name}.` };
  },
};

const remove: FeatureAction = {
  named: true,
  options: [],
  act: async ({ workspace: { writer }, name }) => {
    const removed = await removeRecipe(writer, name);
    if (!removed) throw recipeUnknown(name, await keptRecipes(writer));
    return { found: { removed }, text: `Removed ${name}.` };
  },
};

export const featureActions = { list, report, recipes, save, remove };
export const featureActionNames = ['list', 'report', 'recipes', 'save', 'remove'] as const;
