import { describe, expect, it } from 'vitest';
import { featureRecipe } from '../../pipeline/contract/recipe.ts';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { listRecipes, requireRecipe, saveRecipe } from '../../pipeline/features/recipes.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';

const recipe = featureRecipe.parse({});
const now = new Date('2026-01-02T03:04:05Z');

const keep = (connection: Connection, name: string, text: string): Promise<unknown> =>
  connection.run("insert into ops.recipes values ($name, $text, timestamp '2025-01-01')", {
    name,
    text,
  });

describe('recipes that another version kept', () => {
  it('do not take the others with them, and are told by name and by what is wrong', async () => {
    const { writer } = (await temporaryWorkspace()).workspace;
    const turned = { ...recipe, winsorise: { lower: 0.5, upper: 0.5 } };
    await keep(writer, 'turned', JSON.stringify(turned));
    await keep(writer, 'torn', '{"features":');
    await keep(writer, '', JSON.stringify(recipe));
    await keep(writer, 'old', '{"features":["monetary"]}');
    const saved = await saveRecipe(writer, { name: ' good ', recipe, now });
    expect(saved.name).toBe('good');
    expect((await listRecipes(writer)).map(({ name }) => name)).toEqual(['good', 'old']);
    expect((await requireRecipe(writer, 'good')).recipe).toEqual(recipe);
    expect((await requireRecipe(writer, 'old')).recipe).toEqual({
      ...recipe,
      features: ['monetary'],
    });
    await expect(requireRecipe(writer, 'turned')).rejects.toMatchObject({
      code: 'RECIPE_UNREADABLE',
      details: {
        recipe: 'turned',
        problem: 'recipe.winsorise: the lower quantile must be below the upper one.',
      },
    });
    await expect(requireRecipe(writer, 'torn')).rejects.toMatchObject({
      code: 'RECIPE_UNREADABLE',
    });
  });

  it('can be saved anew under their name', async () => {
    const { writer } = (await temporaryWorkspace()).workspace;
    await keep(writer, 'torn', '{"features":');
    await saveRecipe(writer, { name: 'torn', recipe, now });
    expect((await requireRecipe(writer, 'torn')).recipe).toEqual(recipe);
  });
});

describe('saving a recipe', () => {
  it.each(['', '  ', 'x'.repeat(81)])('is refused under the name "%s"', async (name) => {
    const { writer } = (await temporaryWorkspace()).workspace;
    await expect(saveRecipe(writer, { name, recipe, now })).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
    expect(await listRecipes(writer)).toEqual([]);
  });
});
