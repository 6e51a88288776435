import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { formatDay } from '../../ui/format.ts';
import { recipeLine } from './recipe-line.ts';
import { isOf, type SweepPlan } from './tuning-value.ts';

export interface StaleWords {
  readonly why: string;
  /** What the results were found with, which is what a model of them is trained with. */
  readonly of: string;
}

function foundWith({ options }: SweepReport, label: (feature: string) => string): string {
  const { features, treatment, own } = recipeLine(options, label);
  const whole = [`${features}: ${treatment}`, ...own].join('; ');
  return `It was found with ${whole}; seed ${options.seed}, restarts ${options.restarts}. “Use these” trains with that.`;
}

/** What to say where a sweep is not of what is asked for now, or of older data; null where it is up to date. */
export function staleWords(
  report: SweepReport,
  asked: Pick<SweepPlan, 'options'> & { readonly asOf: string | null },
  label: (feature: string) => string,
): StaleWords | null {
  if (!isOf(report, asked.options)) {
    return {
      why: 'What follows is not of the recipe, seed and restarts above. Try again to bring it up to date.',
      of: foundWith(report, label),
    };
  }
  if (asked.asOf !== null && asked.asOf.slice(0, 10) !== report.asOf.slice(0, 10)) {
    return {
      why: `What follows is as of ${formatDay(report.asOf)}; the workspace has data up to ${formatDay(asked.asOf)}. Try again to bring it up to date.`,
      of: '',
    };
  }
  return null;
}
