import { AppError } from '../contract/errors.ts';
import { actionOf, type Command, noMore, onlyOptions, parse } from './command.ts';
import { featureActionNames, featureActions } from './feature-actions.ts';
import { toJson } from './print.ts';
import { recipeOptions, recipeUsage } from './recipe-options.ts';
import { withWorkspace } from './session.ts';

export const features: Command = {
  summary: 'what segments can be made of, what a recipe does to it, recipes by name',
  usage: `Usage: strata features list
       strata features report
       strata features recipes
       strata features save NAME
       strata features remove NAME

report and save also take${recipeUsage}`,
  async run(args, io) {
    const { values, positionals } = parse(args, recipeOptions);
    const [given, ...rest] = positionals;
    const which = actionOf(given, featureActionNames);
    const { act, named, options } = featureActions[which];
    onlyOptions(values, `features ${which}`, options);
    noMore(rest.slice(named ? 1 : 0));
    const [name] = rest;
    if (named && name === undefined) {
      throw new AppError('BAD_USAGE', { problem: 'The name of the recipe is missing.' });
    }
    await withWorkspace(values, io, async (workspace, { pool, signal }) => {
      const work = { pool, signal };
      const { found, text } = await act({ workspace, values, name: name ?? '', work });
      io.out(values.json === true ? toJson(found) : text);
    });
  },
};
