import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { OutlierRange } from './outlier-range.tsx';
import classes from './recipe.module.css';
import {
  chosenOf,
  missingRules,
  quantileRange,
  scalings,
  transforms,
  wordsOf,
  type Choice,
} from './treatments.ts';

interface ChoiceFieldProps<T extends string> {
  readonly title: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function ChoiceField<T extends string>({ title, choices, value, onChange }: ChoiceFieldProps<T>) {
  const id = useId();
  return (
    <div className={classes['field']}>
      <h3 id={id}>{title}</h3>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby={id}
        data={choices.map(({ value, label }) => ({ value, label }))}
        value={value}
        onChange={(answer) => onChange(chosenOf(choices, answer) ?? value)}
      />
      <p>{wordsOf(choices, value)}</p>
    </div>
  );
}

interface RecipeDefaultsProps {
  readonly value: FeatureRecipe;
  readonly onChange: (recipe: FeatureRecipe) => void;
}

/** How every feature is treated that does not say otherwise, in the order it happens. */
export function RecipeDefaults({ value, onChange }: RecipeDefaultsProps) {
  const range = value.winsorise;
  return (
    <div className={classes['defaults']}>
      <ChoiceField
        title="Missing values"
        choices={missingRules}
        value={value.missing}
        onChange={(missing) => onChange({ ...value, missing })}
      />
      <div className={classes['field']}>
        <h3>Outliers</h3>
        <OutlierRange value={range} onChange={(winsorise) => onChange({ ...value, winsorise })} />
        <p>
          {range === null
            ? 'Every value counts as it is.'
            : `Values outside the quantiles ${quantileRange(range)} are set to them.`}
        </p>
      </div>
      <ChoiceField
        title="Transform"
        choices={transforms}
        value={value.transform}
        onChange={(transform) => onChange({ ...value, transform })}
      />
      <ChoiceField
        title="Scale"
        choices={scalings}
        value={value.scale}
        onChange={(scale) => onChange({ ...value, scale })}
      />
    </div>
  );
}
