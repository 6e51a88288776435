import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What it does, in a sentence. */
  readonly words: string;
}

export const missingRules: readonly Choice<FeatureRecipe['missing']>[] = [
  {
    value: 'median',
    label: 'Median',
    words: 'A missing value becomes the median of those that are known.',
  },
  {
    value: 'mean',
    label: 'Mean',
    words: 'A missing value becomes the mean of those that are known.',
  },
  { value: 'zero', label: 'Zero', words: 'A missing value counts as 0.' },
  {
    value: 'refuse',
    label: 'Refuse',
    words: 'Nothing stands in: a feature with a missing value cannot be trained on.',
  },
];

export const transforms: readonly Choice<FeatureRecipe['transform']>[] = [
  { value: 'none', label: 'None', words: 'Values keep their shape.' },
  {
    value: 'log1p',
    label: 'Log',
    words: 'sign(x) · ln(1 + |x|): a long tail is pulled in, refunds stay negative.',
  },
  {
    value: 'yeo-johnson',
    label: 'Yeo–Johnson',
    words: 'A power fitted to each feature, so that it comes as near to a bell as a power can.',
  },
];

export const scalings: readonly Choice<FeatureRecipe['scale']>[] = [
  {
    value: 'none',
    label: 'None',
    words: 'Own units count: a feature in thousands outweighs one in days.',
  },
  { value: 'standard', label: 'Standard', words: 'Mean 0, standard deviation 1.' },
  {
    value: 'robust',
    label: 'Robust',
    words: 'Median 0, interquartile range 1: outliers do not set the scale.',
  },
  { value: 'minmax', label: 'Min–max', words: 'Smallest value 0, largest 1.' },
];

export function wordsOf<T extends string>(choices: readonly Choice<T>[], value: T): string {
  return choices.find((choice) => choice.value === value)?.words ?? '';
}

export function labelOf<T extends string>(choices: readonly Choice<T>[], value: T): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

/** What a control answered, as one of the choices it was given. */
export function chosenOf<T extends string>(
  choices: readonly Choice<T>[],
  value: string | null,
): T | undefined {
  return choices.find((choice) => choice.value === value)?.value;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;

/** As a person writes quantiles: `1% to 99%`. */
export function quantileRange({ lower, upper }: { lower: number; upper: number }): string {
  return `${percent(lower)} to ${percent(upper)}`;
}
