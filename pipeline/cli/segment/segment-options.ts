import { AppError } from '../../contract/errors.ts';
import { type TrainOptions, trainOptions } from '../../contract/recipe.ts';
import type { Connection } from '../../engine/engine.ts';
import type { WorkspaceConfig } from '../../workspace/config.ts';
import { type parse, wholeNumber } from '../command.ts';
import { chosenRecipe, recipeOptions } from '../recipe-options.ts';

export const trainingOptions = {
  ...recipeOptions,
  k: { type: 'string' },
  seed: { type: 'string' },
  restarts: { type: 'string' },
} as const;

export const previewOptions = {
  ...trainingOptions,
  stability: { type: 'boolean' },
  silhouette: { type: 'string' },
} as const;

export const sweepOptions = { ...previewOptions, gap: { type: 'boolean' } } as const;

export const tierOptions = { rule: { type: 'string', multiple: true } } as const;

/** Everything that some action of `strata segment` takes. */
export const actionOptions = { ...sweepOptions, ...tierOptions } as const;

export type TrainingValues = ReturnType<typeof parse<typeof trainingOptions>>['values'];

/** What the command line says of features and training; `k` is for those who train. */
export async function chosenOptions(
  values: TrainingValues,
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

/** How many segments the command line asks for, or else strata.json. */
export function chosenK(text: string | undefined, { segmentation }: WorkspaceConfig): number {
  return wholeNumber(text ?? String(segmentation.k), 'k', { least: 2, most: 50 });
}

/** Customers from whom the silhouette is computed unless something else is asked for; the report says how many. */
const SILHOUETTE_ROWS = 20_000;

export function silhouetteRows(text: string | undefined): number | null {
  if (text === undefined) return SILHOUETTE_ROWS;
  return text === 'all' ? null : wholeNumber(text, 'silhouette', { least: 100, most: 100_000_000 });
}
