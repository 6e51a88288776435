import { Select } from '@mantine/core';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import classes from './feature-details.module.css';
import { NumberField } from '../../ui/number-field.tsx';
import { QuantileFields, usualRange } from './outlier-range.tsx';
import { withOverride, type Override } from './recipe-edits.ts';
import {
  labelOf,
  missingRules,
  quantileRange,
  scalings,
  transforms,
  type Choice,
} from './treatments.ts';

interface OverrideControlsProps {
  readonly name: string;
  readonly recipe: FeatureRecipe;
  readonly onChange: (recipe: FeatureRecipe) => void;
}

interface OverrideProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Pick<Choice<T>, 'value' | 'label'>[];
  readonly own: T | undefined;
  /** What the recipe says of all. */
  readonly common: string;
  readonly onChange: (own: T | undefined) => void;
}

const follow = 'follow';

function OverrideSelect<T extends string>(props: OverrideProps<T>) {
  const { label, choices, own, common, onChange } = props;
  return (
    <Select
      size="xs"
      label={label}
      data={[{ value: follow, label: `As the recipe: ${common}` }, ...choices]}
      value={own ?? follow}
      allowDeselect={false}
      onChange={(answer) => onChange(choices.find(({ value }) => value === answer)?.value)}
    />
  );
}

const clipping = [
  { value: 'keep', label: 'Keep' },
  { value: 'clip', label: 'Clip' },
] as const;

function ownClipping(own: Override['winsorise']): 'keep' | 'clip' | undefined {
  if (own === undefined) return undefined;
  return own === null ? 'keep' : 'clip';
}

/** What this feature does otherwise than the recipe. */
export function OverrideControls({ name, recipe, onChange }: OverrideControlsProps) {
  const own = recipe.columns[name] ?? {};
  const set = (change: Override): void => onChange(withOverride(recipe, name, change));
  const range = recipe.winsorise ?? usualRange;
  return (
    <div className={classes['controls']}>
      <OverrideSelect
        label="Missing values"
        choices={missingRules}
        own={own.missing}
        common={labelOf(missingRules, recipe.missing)}
        onChange={(missing) => set({ missing })}
      />
      <OverrideSelect
        label="Outliers"
        choices={clipping}
        own={ownClipping(own.winsorise)}
        common={recipe.winsorise === null ? 'Keep' : quantileRange(recipe.winsorise)}
        onChange={(answer) =>
          set({ winsorise: answer === undefined ? undefined : answer === 'clip' ? range : null })
        }
      />
      {own.winsorise ? (
        <div className={classes['range']}>
          <QuantileFields value={own.winsorise} onChange={(winsorise) => set({ winsorise })} />
        </div>
      ) : null}
      <OverrideSelect
        label="Transform"
        choices={transforms}
        own={own.transform}
        common={labelOf(transforms, recipe.transform)}
        onChange={(transform) => set({ transform })}
      />
      <OverrideSelect
        label="Scale"
        choices={scalings}
        own={own.scale}
        common={labelOf(scalings, recipe.scale)}
        onChange={(scale) => set({ scale })}
      />
      <NumberField
        label="Weight"
        min={0.1}
        max={100}
        step={0.5}
        value={own.weight ?? 1}
        onChange={(weight) => set({ weight: weight === 1 ? undefined : weight })}
      />
    </div>
  );
}
