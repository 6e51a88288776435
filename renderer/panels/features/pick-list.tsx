import { Checkbox, Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { FeatureInfo } from '../../../pipeline/contract/features.ts';
import { toProblem } from '../../host/problem.ts';
import { useFeatureList } from '../../host/queries/features.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { unitWords } from './feature-values.ts';
import { pickGroups, unknownFeatures, type PickGroup } from './pick-groups.ts';
import classes from './pick-list.module.css';

interface PickListProps {
  readonly chosen: readonly string[];
  readonly onChoose: (names: readonly string[], chosen: boolean) => void;
}

function Group({ group, chosen, onChoose }: PickListProps & { readonly group: PickGroup }) {
  const heading = useId();
  const names = group.features.map(({ name }) => name);
  const taken = names.filter((name) => chosen.includes(name)).length;
  const all = taken === names.length;
  return (
    <section aria-labelledby={heading} className={classes['group']}>
      <header>
        <h3 id={heading} title={group.table}>
          {group.table.split('.').at(-1)}
        </h3>
        <small>
          {taken} of {names.length}
        </small>
        <button
          type="button"
          aria-label={`${all ? 'None' : 'All'} of ${group.table}`}
          onClick={() => onChoose(names, !all)}
        >
          {all ? 'None' : 'All'}
        </button>
      </header>
      <ul>
        {group.features.map(({ name, label, unit }) => (
          <li key={name} title={name}>
            <Checkbox
              size="xs"
              label={label}
              checked={chosen.includes(name)}
              onChange={(event) => onChoose([name], event.currentTarget.checked)}
            />
            <small>{unitWords[unit]}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Features that a recipe brought along from elsewhere: they can only be taken out. */
function Unknown({ names, onChoose }: Pick<PickListProps, 'onChoose'> & { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <section className={classes['group']} aria-label="Not in this workspace">
      <header>
        <h3>Not in this workspace</h3>
      </header>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <Checkbox size="xs" label={name} checked onChange={() => onChoose([name], false)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Groups({ features, typed, ...props }: PickListProps & GroupsProps) {
  const groups = pickGroups(features, typed);
  return (
    <div className={classes['groups']}>
      <Unknown names={unknownFeatures(features, props.chosen)} onChoose={props.onChoose} />
      {groups.map((group) => (
        <Group key={group.table} group={group} {...props} />
      ))}
      {groups.length === 0 ? (
        <p className={classes['nothing']}>
          {features.length === 0
            ? 'This workspace has no features yet. A run makes them from its transactions.'
            : `No feature is called ${typed}.`}
        </p>
      ) : null}
    </div>
  );
}

interface GroupsProps {
  readonly features: readonly FeatureInfo[];
  readonly typed: string;
}

/** All that a recipe may use, by the table where it stands. */
export function PickList({ chosen, onChoose }: PickListProps) {
  const list = useFeatureList();
  const [typed, setTyped] = useState('');
  const count = list.data === undefined ? null : `${chosen.length} chosen of ${list.data.length}`;
  return (
    <Card
      title="Pick"
      testId="feature-pick"
      busy={list.isPending}
      aside={<span className={classes['count']}>{count}</span>}
    >
      <TextInput
        size="xs"
        mt={6}
        aria-label="Search features"
        placeholder="Search"
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {list.data !== undefined ? (
        <Groups features={list.data} typed={typed} chosen={chosen} onChoose={onChoose} />
      ) : list.error !== null ? (
        <div className={classes['failed']}>
          <ErrorState {...toProblem(list.error)} onRetry={() => void list.refetch()} />
        </div>
      ) : (
        <Skeleton height={360} mt={12} />
      )}
    </Card>
  );
}
