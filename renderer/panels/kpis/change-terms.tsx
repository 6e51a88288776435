import type { KpiSplit } from '../../../pipeline/contract/schemas.ts';
import { formatDay } from '../../ui/format.ts';
import { changeKpis } from './change-kpis.ts';
import {
  largestTerm,
  migrationParts,
  termNames,
  termTitles,
  type TermName,
} from './change-words.ts';
import classes from './kpi-change.module.css';

interface ChangeTermsProps {
  readonly split: KpiSplit;
  readonly show: (value: number) => string;
}

function meaning(term: TermName, { kpi, from, to }: KpiSplit): string {
  const { called, weight } = changeKpis[kpi];
  switch (term) {
    case 'mix':
      return `Customers who stayed in their segment: how much more or less each segment weighs among them (${weight}).`;
    case 'rate':
      return `The same customers: how the ${called} of each segment changed among those who stayed in it.`;
    case 'migration':
      return `Everybody else: those who changed segment, who arrived (bought first between ${formatDay(from)} and ${formatDay(to)}) or departed, by how far they are from those who stayed.`;
  }
}

function Parts({ split, show }: ChangeTermsProps) {
  return (
    <span className={classes['of']}>
      {migrationParts(split).map(({ name, value }) => (
        <span key={name}>
          {name} <b>{show(value)}</b>
        </span>
      ))}
    </span>
  );
}

/** The three terms with what they mean. */
export function ChangeTerms({ split, show }: ChangeTermsProps) {
  const largest = largestTerm(split);
  return (
    <dl className={classes['terms']}>
      {termNames.map((term) => (
        <div key={term} data-largest={term === largest && split[term] !== 0}>
          <dt>
            {termTitles[term]} <b>{show(split[term])}</b>
          </dt>
          <dd>
            {term === 'migration' ? <Parts split={split} show={show} /> : null}
            {meaning(term, split)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
