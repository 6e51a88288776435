import type { TrainOptions } from '../../../pipeline/contract/recipe.ts';

/** What the next training would be given, and the saved recipe that it began as. */
export interface KeptDraft {
  readonly options: TrainOptions;
  readonly recipeName: string | null;
}

/** The contract's defaults. Its schemas stay out of the page: they try `eval`, which its policy forbids. */
const usual: TrainOptions = {
  features: ['recency_days', 'frequency', 'monetary'],
  missing: 'median',
  winsorise: null,
  transform: 'log1p',
  scale: 'standard',
  columns: {},
  k: 4,
  seed: 42,
  restarts: 10,
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Of the right shape; whether each value is one that the host takes, the host says. */
function isOptions(value: unknown): value is TrainOptions {
  if (!isObject(value) || !Array.isArray(value['features']) || !isObject(value['columns'])) {
    return false;
  }
  const alike = Object.entries(usual).every(([key, known]) => typeof value[key] === typeof known);
  return alike && value['features'].every((name) => typeof name === 'string');
}

function parsed(kept: string | null): unknown {
  try {
    return JSON.parse(kept ?? '');
  } catch {
    return null;
  }
}

/** The draft that a tab kept; the defaults where it kept none, or one that this version does not take. */
export function keptDraft(kept: string | null): KeptDraft {
  const found = parsed(kept);
  if (!isObject(found) || !isOptions(found['options'])) return { options: usual, recipeName: null };
  const name = found['recipeName'];
  return { options: found['options'], recipeName: typeof name === 'string' ? name : null };
}
