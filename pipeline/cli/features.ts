import { AppError } from '../contract/errors.ts';
import type { FeatureReport } from '../contract/features.ts';
import { listRecipes, removeRecipe, saveRecipe } from '../features/recipes.ts';
import { featureCatalogue } from '../segmentation/feature-catalogue.ts';
import { featureReport } from '../segmentation/feature-report.ts';
import type { Workspace } from '../workspace/node/workspace.ts';
import { type Command, type CommandIo, noMore, oneOf, parse } from './command.ts';
import { count, formatTable, percent, toJson } from './print.ts';
import { chosenRecipe, recipeOptions, recipeUsage } from './segment/segment-options.ts';
import { withWorkspace } from './session.ts';

type Values = ReturnType<typeof parse<typeof recipeOptions>>['values'];

const short = (value: number | null): string =>
  value === null ? '-' : Number(value.toPrecision(4)).toLocaleString('en-US');

function formatReport({ columns, findings, customers, asOf }: FeatureReport): string {
  const rows = columns.map((one) => [
    one.name,
    count(one.missing),
    short(one.imputed),
    short(one.median),
    short(one.mean),
    short(one.skewness),
    short(one.skewnessAfter),
    percent(one.share),
  ]);
  const header = ['feature', 'missing', 'becomes', 'median', 'mean', 'skew', 'skew after', 'share'];
  return [
    `${count(customers)} customers as of ${asOf}; share is that of the distances`,
    formatTable(header, rows),
    ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
  ].join('\n');
}

async function list({ writer }: Workspace, values: Values, io: CommandIo): Promise<void> {
  const found = await featureCatalogue(writer);
  if (found.length === 0) throw new AppError('NO_CUSTOMERS');
  if (values.json === true) return io.out(toJson(found));
  const rows = found.map(({ name, label, table }) => [name, label, table]);
  io.out(formatTable(['feature', 'what it is', 'table'], rows));
}

async function recipes({ writer }: Workspace, values: Values, io: CommandIo): Promise<void> {
  const found = await listRecipes(writer);
  if (values.json === true) return io.out(toJson(found));
  if (found.length === 0) return io.out('No recipes are saved.');
  const rows = found.map(({ name, recipe }) => [
    name,
    recipe.transform,
    recipe.scale,
    recipe.features.join(', '),
  ]);
  io.out(formatTable(['recipe', 'transform', 'scale', 'features'], rows));
}

export const features: Command = {
  summary: 'what segments can be made of, what a recipe does to it, recipes by name',
  usage: `Usage: strata features list
       strata features report
       strata features recipes
       strata features save NAME
       strata features remove NAME
${recipeUsage}`,
  async run(args, io) {
    const { values, positionals } = parse(args, recipeOptions);
    const [action, name, ...more] = positionals;
    const which = oneOf(action ?? '', 'action', ['list', 'report', 'recipes', 'save', 'remove']);
    const named = which === 'save' || which === 'remove';
    noMore(named ? more : positionals.slice(1));
    if (named && name === undefined) {
      throw new AppError('BAD_USAGE', { problem: 'The name of the recipe is missing.' });
    }
    await withWorkspace(values, io, async (workspace) => {
      const { writer, config } = workspace;
      if (which === 'list') return list(workspace, values, io);
      if (which === 'recipes') return recipes(workspace, values, io);
      if (which === 'remove') {
        const removed = await removeRecipe(writer, name ?? '');
        if (!removed) throw new AppError('RECIPE_UNKNOWN', { recipe: name ?? '', known: '-' });
        return io.out(values.json === true ? toJson({ removed }) : `Removed ${name}.`);
      }
      const recipe = await chosenRecipe(values, config, writer);
      // A recipe of features that do not exist is not kept either.
      const report = await featureReport(writer, recipe);
      if (which === 'report') {
        return io.out(values.json === true ? toJson(report) : formatReport(report));
      }
      const saved = await saveRecipe(writer, { name: name ?? '', recipe, now: new Date() });
      io.out(values.json === true ? toJson(saved) : `Saved ${saved.name}.`);
    });
  },
};
