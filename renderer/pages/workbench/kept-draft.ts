import type { TrainOptions } from '../../../pipeline/contract/recipe.ts';
import { usualPlan, type SweepPlan } from '../../panels/tuning/tuning-value.ts';

/** What the next sweep would try and the next training be given, and the saved recipe that it began as. */
export interface KeptDraft {
  readonly plan: SweepPlan;
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

function isK(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 2;
}

/** Each part of the plan where it is of the right shape, the usual one otherwise. */
function planOf(kept: Readonly<Record<string, unknown>>, options: TrainOptions): SweepPlan {
  const { from, to, gap, stability, silhouetteRows: rows } = kept;
  return {
    options,
    ...usualPlan,
    ...(isK(from) && isK(to) && from <= to ? { from, to } : {}),
    ...(typeof gap === 'boolean' ? { gap } : {}),
    ...(typeof stability === 'boolean' ? { stability } : {}),
    ...(rows === null || typeof rows === 'number' ? { silhouetteRows: rows } : {}),
  };
}

/** The draft that a tab kept; the defaults where it kept none, or one that this version does not take. */
export function keptDraft(kept: string | null): KeptDraft {
  const found = parsed(kept);
  const plan = isObject(found) ? found['plan'] : null;
  if (!isObject(found) || !isObject(plan) || !isOptions(plan['options'])) {
    return { plan: { options: usual, ...usualPlan }, recipeName: null };
  }
  const name = found['recipeName'];
  return {
    plan: planOf(plan, plan['options']),
    recipeName: typeof name === 'string' ? name : null,
  };
}
