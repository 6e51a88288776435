import type { SweepReport, SweptCluster } from '../../../pipeline/contract/segmentation.ts';
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

/** A k that was picked, and the options of the sweep that it was picked from. */
interface ChosenK {
  readonly k: number;
  readonly options: TrainOptions;
}

/** The parameters of the panel, plain JSON: what to try, and what is looked at. */
export interface TuningValue extends SweepPlan {
  /** Null follows the recommendation. */
  readonly chosen: ChosenK | null;
  readonly compareWith: CompareWith;
  /** What was typed for clusters, by `nameKey`. A name waits here while another sweep is looked at. */
  readonly names: Readonly<Record<string, string>>;
}

export type TuningChange = Partial<TuningValue>;

/** Changes the parameters; what hangs on those there are is a function of them, whichever were drawn last. */
export type TuningPatch = (change: TuningChange | ((value: TuningValue) => TuningChange)) => void;

export const usualSample = 20_000;

export const usualPlan: Omit<SweepPlan, 'options'> = {
  from: 2,
  to: 10,
  gap: false,
  stability: false,
  silhouetteRows: usualSample,
};

/** What the panel begins with for this plan. */
export function startTuning(plan: SweepPlan): TuningValue {
  return { ...plan, chosen: null, compareWith: { kind: 'nothing' }, names: {} };
}

/** The clusters of a k in the order of their labels; none where the sweep did not try it. */
export function clustersOf(report: SweepReport, k: number): readonly SweptCluster[] {
  return report.clusterings.find((found) => found.k === k)?.clusters ?? [];
}

/** Where the name of a cluster is kept: a sweep made again finds the same cluster under it, another one does not. */
export function nameKey(report: SweepReport, k: number, label: number): string {
  const cluster = clustersOf(report, k)[label];
  return [k, label, report.asOf, cluster?.customers, ...(cluster?.centre ?? [])].join(':');
}

/** The name typed for a cluster, or its number from 1 where none was. */
export function clusterName(
  names: TuningValue['names'],
  report: SweepReport,
  { k, label }: { readonly k: number; readonly label: number },
): string {
  const typed = names[nameKey(report, k, label)]?.trim() ?? '';
  return typed === '' ? `Cluster ${label + 1}` : typed;
}

export function sweepJob(plan: SweepPlan): JobInput {
  const { options, from, to, gap, stability, silhouetteRows } = plan;
  return { kind: 'sweep', options, from, to, gap, stability, silhouetteRows };
}

/** The training of a k that a sweep tried, with what was typed for its clusters; blanks leave a name to Strata. */
export function trainJob(report: SweepReport, k: number, typed: readonly string[]): JobInput {
  const names = typed.map((name) => (name.trim() === '' ? null : name.trim()));
  return { kind: 'train', options: { ...report.options, k }, names };
}

/** Whether the sweep tried what the parameters now ask for, whatever its range and scores. */
export function isOf(report: SweepReport, options: TrainOptions): boolean {
  const { k: _k, seed, restarts, ...recipe } = options;
  const { k: _tried, seed: triedSeed, restarts: triedRestarts, ...tried } = report.options;
  return seed === triedSeed && restarts === triedRestarts && sameRecipe(recipe, tried);
}

/** The k that is looked at: the one picked from a sweep of these options, else the recommended, else the first. */
export function shownK(report: SweepReport, chosen: ChosenK | null): number | null {
  const has = (k: number | null): boolean => report.clusterings.some((found) => found.k === k);
  if (chosen !== null && has(chosen.k) && isOf(report, chosen.options)) return chosen.k;
  if (has(report.recommended)) return report.recommended;
  return report.clusterings[0]?.k ?? null;
}
