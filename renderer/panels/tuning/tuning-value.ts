import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import type { TrainOptions } from '../../../pipeline/contract/recipe.ts';
import type { JobInput } from '../../../pipeline/contract/schemas.ts';
import { sameRecipe } from '../features/recipe-edits.ts';

/** What stands beside the chosen segmentation. */
export type CompareWith =
  | { readonly kind: 'nothing' }
  /** Another k of the same sweep. */
  | { readonly kind: 'k'; readonly k: number }
  /** Two models that were accepted before, by version. */
  | { readonly kind: 'models'; readonly from: number; readonly to: number };

/** What a sweep is asked for. */
export interface SweepPlan {
  /** The recipe, the seed and the restarts; its k is set when a model is accepted. */
  readonly options: TrainOptions;
  readonly from: number;
  readonly to: number;
  readonly gap: boolean;
  readonly stability: boolean;
  /** Null computes the silhouette from all customers. */
  readonly silhouetteRows: number | null;
}

/** The parameters of the panel, plain JSON: what to try, and what is looked at. */
export interface TuningValue extends SweepPlan {
  /** Null follows the recommendation. */
  readonly chosenK: number | null;
  readonly compareWith: CompareWith;
  /** What was typed for clusters, by `nameKey`. */
  readonly names: Readonly<Record<string, string>>;
}

export type TuningChange = Partial<TuningValue>;

export const usualSample = 20_000;

/** What the panel begins with for these options. */
export function startTuning(options: TrainOptions): TuningValue {
  return {
    options,
    from: 2,
    to: 10,
    gap: false,
    stability: false,
    silhouetteRows: usualSample,
    chosenK: null,
    compareWith: { kind: 'nothing' },
    names: {},
  };
}

export function nameKey(k: number, label: number): string {
  return `${k}:${label}`;
}

/** The name typed for a cluster, or its number from 1 where none was. */
export function clusterName(value: Pick<TuningValue, 'names'>, k: number, label: number): string {
  const typed = value.names[nameKey(k, label)]?.trim() ?? '';
  return typed === '' ? `Cluster ${label + 1}` : typed;
}

export function sweepJob(plan: SweepPlan): JobInput {
  const { options, from, to, gap, stability, silhouetteRows } = plan;
  return { kind: 'sweep', options, from, to, gap, stability, silhouetteRows };
}

/** Whether the sweep tried what the parameters now ask for, whatever its range and scores. */
export function isOf(report: SweepReport, options: TrainOptions): boolean {
  const { k: _k, seed, restarts, ...recipe } = options;
  const { k: _tried, seed: triedSeed, restarts: triedRestarts, ...tried } = report.options;
  return seed === triedSeed && restarts === triedRestarts && sameRecipe(recipe, tried);
}

/** The k that is looked at: the chosen one where the sweep has it, else the recommended, else the first. */
export function shownK(report: SweepReport, chosenK: number | null): number | null {
  const has = (k: number | null): boolean => report.clusterings.some((found) => found.k === k);
  if (has(chosenK)) return chosenK;
  if (has(report.recommended)) return report.recommended;
  return report.clusterings[0]?.k ?? null;
}
