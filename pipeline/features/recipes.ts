import { AppError } from '../contract/errors.ts';
import { type FeatureRecipe, featureRecipe, type SavedRecipe } from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';

interface RecipeRow extends Record<string, string> {
  readonly name: string;
  readonly recipe: string;
  readonly saved_at: string;
}

function readRow({ name, recipe, saved_at }: RecipeRow): SavedRecipe {
  return { name, recipe: featureRecipe.parse(JSON.parse(recipe)), savedAt: saved_at };
}

/** The recipes kept in the workspace, by name. */
export async function listRecipes(connection: Connection): Promise<SavedRecipe[]> {
  const rows = await connection.rows<RecipeRow>(
    'select name, recipe, cast(saved_at as varchar) as saved_at from ops.recipes order by name',
  );
  return rows.map(readRow);
}

export async function requireRecipe(connection: Connection, name: string): Promise<SavedRecipe> {
  const all = await listRecipes(connection);
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = all.length === 0 ? 'none yet' : all.map((one) => one.name).join(', ');
  throw new AppError('RECIPE_UNKNOWN', { recipe: name, known });
}

/** Keeps a recipe under a name; one that has it already is replaced. */
export async function saveRecipe(
  connection: Connection,
  { name, recipe, now }: { name: string; recipe: FeatureRecipe; now: Date },
): Promise<SavedRecipe> {
  const savedAt = sqlTimestamp(now);
  await connection.transaction(async () => {
    await connection.run('delete from ops.recipes where name = $name', { name });
    await connection.run('insert into ops.recipes values ($name, $recipe, $saved::timestamp)', {
      name,
      recipe: JSON.stringify(recipe),
      saved: savedAt,
    });
  });
  return { name, recipe, savedAt };
}

export async function removeRecipe(connection: Connection, name: string): Promise<boolean> {
  return (await connection.run('delete from ops.recipes where name = $name', { name })) > 0;
}
