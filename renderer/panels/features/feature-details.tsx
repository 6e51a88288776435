import { Button } from '@mantine/core';
import type { FeatureColumn } from '../../../pipeline/contract/features.ts';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { formatCount } from '../../ui/format.ts';
import classes from './feature-details.module.css';
import { formatPlain, formatValue } from './feature-values.ts';
import { OverrideControls } from './override-controls.tsx';
import { withoutOverrides } from './recipe-edits.ts';

interface FeatureDetailsProps {
  readonly name: string;
  readonly column: FeatureColumn | null;
  readonly recipe: FeatureRecipe;
  readonly onChange: (recipe: FeatureRecipe) => void;
}

interface Fact {
  readonly term: string;
  readonly value: string;
  readonly words?: string;
}

function factsOf(column: FeatureColumn): Fact[] {
  const show = (value: number | null): string => formatValue(value, column.unit);
  const facts: Fact[] = [
    { term: 'Smallest', value: show(column.minimum) },
    { term: 'Lower quartile', value: show(column.lowerQuartile) },
    { term: 'Median', value: show(column.median) },
    { term: 'Upper quartile', value: show(column.upperQuartile) },
    { term: 'Largest', value: show(column.maximum) },
    { term: 'Mean', value: show(column.mean) },
    { term: 'Deviation', value: show(column.deviation), words: 'Standard deviation' },
    { term: 'Distinct values', value: formatCount(column.distinct) },
    { term: 'Missing', value: formatCount(column.missing) },
    { term: 'Clipped', value: formatCount(column.clipped), words: 'Values set to a quantile' },
    {
      term: 'VIF',
      value: formatPlain(column.inflation),
      words: 'Variance inflation: above 10 the other features say almost the same',
    },
  ];
  if (column.lambda === null) return facts;
  const words = 'The power that Yeo and Johnson’s transform was fitted with; 1 changes nothing';
  return [...facts, { term: 'Lambda', value: formatPlain(column.lambda), words }];
}

/** All numbers of a feature, and what of its treatment is its own. */
export function FeatureDetails({ name, column, recipe, onChange }: FeatureDetailsProps) {
  return (
    <div className={classes['details']}>
      {column === null ? null : (
        <dl className={classes['facts']}>
          {factsOf(column).map(({ term, value, words }) => (
            <div key={term} title={words}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className={classes['own']}>
        <OverrideControls name={name} recipe={recipe} onChange={onChange} />
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={recipe.columns[name] === undefined}
          onClick={() => onChange(withoutOverrides(recipe, name))}
        >
          Follow the recipe in everything
        </Button>
      </div>
    </div>
  );
}
