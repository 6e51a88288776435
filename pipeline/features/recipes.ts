import { AppError } from '../contract/errors.ts';
import {
  type FeatureRecipe,
  recipeName,
  type SavedRecipe,
  savedRecipe,
} from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';

interface RecipeRow extends Record<string, string> {
  readonly name: string;
  readonly recipe: string;
  readonly saved_at: string;
}

/** What is kept under a name; another version of Strata may have kept what this one refuses. */
export type KeptRecipe =
  | { readonly kind: 'usable'; readonly name: string; readonly saved: SavedRecipe }
  | { readonly kind: 'unreadable'; readonly name: string; readonly problem: string };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readRow({ name, recipe, saved_at }: RecipeRow): KeptRecipe {
  const found = savedRecipe.safeParse({ name, recipe: parseJson(recipe), savedAt: saved_at });
  if (found.success) return { kind: 'usable', name, saved: found.data };
  const [issue] = found.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { kind: 'unreadable', name, problem: `${path}: ${issue?.message ?? 'it is no recipe'}.` };
}

/** Everything that is kept as a recipe, by name. */
export async function keptRecipes(connection: Connection): Promise<KeptRecipe[]> {
  const rows = await connection.rows<RecipeRow>(
    'select name, recipe, cast(saved_at as varchar) as saved_at from ops.recipes order by name',
  );
  return rows.map(readRow);
}

/** The recipes kept in the workspace, by name; one that cannot be read does not take the others with it. */
export async function listRecipes(connection: Connection): Promise<SavedRecipe[]> {
  const kept = await keptRecipes(connection);
  return kept.flatMap((one) => (one.kind === 'usable' ? [one.saved] : []));
}

/** Tells of a name under which nothing is kept. */
export function recipeUnknown(recipe: string, kept: readonly KeptRecipe[]): AppError {
  const known = kept.length === 0 ? 'none yet' : kept.map(({ name }) => name).join(', ');
  return new AppError('RECIPE_UNKNOWN', { recipe, known });
}

export async function requireRecipe(connection: Connection, name: string): Promise<SavedRecipe> {
  const kept = await keptRecipes(connection);
  const found = kept.find((one) => one.name === name);
  if (found === undefined) throw recipeUnknown(name, kept);
  if (found.kind === 'usable') return found.saved;
  throw new AppError('RECIPE_UNREADABLE', { recipe: name, problem: found.problem });
}

/** Refuses a name that the list of recipes could not show. */
export function requireName(text: string): string {
  const parsed = recipeName.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError('BAD_USAGE', { problem: "A recipe's name has 1 to 80 characters." });
}

/** Keeps a recipe under a name; one that has it already is replaced. */
export async function saveRecipe(
  connection: Connection,
  { name: given, recipe, now }: { name: string; recipe: FeatureRecipe; now: Date },
): Promise<SavedRecipe> {
  const name = requireName(given);
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
