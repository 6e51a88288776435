import { useEffect, useRef } from 'react';
import type { FeatureInfo, FeatureReport } from '../../../pipeline/contract/features.ts';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { FeatureRow } from './feature-row.tsx';
import classes from './feature-table.module.css';

interface FeatureTableProps {
  readonly value: FeatureRecipe;
  readonly onChange: (recipe: FeatureRecipe) => void;
  readonly list: readonly FeatureInfo[];
  readonly report: FeatureReport | null;
  /** Whether what a row lacks is on its way. */
  readonly waiting: boolean;
  readonly busy: boolean;
  readonly marked: ReadonlySet<string>;
}

const heads = [
  {
    title: 'Feature',
    words: 'Its name, and how it is treated; what differs from the recipe is set off.',
  },
  { title: 'Before', words: 'How the known values are spread, in their own units.' },
  { title: 'After', words: 'How they are spread when the recipe is done with them.' },
  { title: 'Missing', words: 'The share of customers without a value, and what stands in for it.' },
  {
    title: 'Skew',
    words: 'Skewness before and after: 0 is symmetric, above 1 a long tail to the right.',
  },
  {
    title: 'VIF',
    words:
      'Variance inflation: 1 / (1 - R²) of this feature explained by the others. Above 10 it repeats them.',
  },
  {
    title: 'Share of distances',
    words:
      'Of the squared distances between customers, the part that is this feature’s. The line marks an even share.',
  },
];

/** The chosen features, a row each, in the order of the recipe. */
export function FeatureTable(props: FeatureTableProps) {
  const { value, onChange, list, report, waiting, busy, marked } = props;
  const body = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (marked.size === 0) return;
    body.current?.querySelector('[data-marked=true]')?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  return (
    <div className={classes['scroll']}>
      <table ref={body} className={classes['table']} aria-label="Chosen features" aria-busy={busy}>
        <thead>
          <tr>
            {heads.map(({ title, words }) => (
              <th key={title} scope="col" title={words} data-column={title}>
                {title}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {value.features.map((name) => (
            <FeatureRow
              key={name}
              name={name}
              info={list.find((known) => known.name === name) ?? null}
              column={report?.columns.find((known) => known.name === name) ?? null}
              findings={report?.findings.filter(({ features }) => features.includes(name)) ?? []}
              customers={report?.customers ?? 0}
              waiting={waiting}
              marked={marked.has(name)}
              recipe={value}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
