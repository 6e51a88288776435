import { SegmentedControl } from '@mantine/core';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { NumberField } from '../../ui/number-field.tsx';
import classes from './recipe.module.css';

type Range = FeatureRecipe['winsorise'];

interface OutlierRangeProps {
  readonly value: Range;
  readonly onChange: (range: Range) => void;
}

export const usualRange = { lower: 0.01, upper: 0.99 };

const percent = (share: number): number => Number((share * 100).toFixed(4));

/** The quantiles beyond which a value is set to them. */
export function QuantileFields({ value, onChange }: { value: NonNullable<Range> } & Setter) {
  return (
    <>
      <NumberField
        label="Lower quantile, percent"
        quiet
        suffix="%"
        min={0}
        max={50}
        step={0.5}
        value={percent(value.lower)}
        onChange={(lower) => onChange({ ...value, lower: lower / 100 })}
      />
      <NumberField
        label="Upper quantile, percent"
        quiet
        suffix="%"
        min={50}
        max={100}
        step={0.5}
        value={percent(value.upper)}
        onChange={(upper) => onChange({ ...value, upper: upper / 100 })}
      />
    </>
  );
}

type Setter = Pick<OutlierRangeProps, 'onChange'>;

export function OutlierRange({ value, onChange }: OutlierRangeProps) {
  return (
    <div className={classes['outliers']} role="group" aria-label="Outliers">
      <SegmentedControl
        size="xs"
        aria-label="Outliers: keep or clip"
        data={[
          { value: 'keep', label: 'Keep' },
          { value: 'clip', label: 'Clip' },
        ]}
        value={value === null ? 'keep' : 'clip'}
        onChange={(answer) => onChange(answer === 'clip' ? usualRange : null)}
      />
      {value === null ? null : <QuantileFields value={value} onChange={onChange} />}
    </div>
  );
}
