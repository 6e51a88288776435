import { Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconListCheck } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { FeatureReport } from '../../../pipeline/contract/features.ts';
import { toProblem } from '../../host/problem.ts';
import { useFeatureList, useFeatureReport } from '../../host/queries/features.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatDay, plural } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { CorrelationCard } from './correlation-card.tsx';
import { FeatureTable } from './feature-table.tsx';
import classes from './features-panel.module.css';
import { findingKey } from './finding-order.ts';
import { FindingsCard } from './findings-card.tsx';
import { PickList } from './pick-list.tsx';
import { RecipeDefaults } from './recipe-defaults.tsx';
import { withFeatures } from './recipe-edits.ts';
import { SavedRecipes } from './saved-recipes.tsx';
import type { NamedRecipe } from './use-saved-recipes.ts';

/** So long after the last change the host is asked what the recipe does now. */
const patience = 250;

function Whose({ report, busy }: { report: FeatureReport | undefined; busy: boolean }) {
  return (
    <span className={classes['whose']} role="status">
      {busy ? <Loader size={13} role="status" aria-label="Measuring" /> : null}
      {report === undefined
        ? ''
        : `${plural(report.customers, 'customer')} as of ${formatDay(report.asOf)}`}
    </span>
  );
}

function Chosen({ value, onChange }: Pick<NamedRecipe, 'value' | 'onChange'>) {
  const [settled] = useDebouncedValue(value, patience);
  const list = useFeatureList();
  const report = useFeatureReport(settled);
  const [mark, setMark] = useState<string | null>(null);
  const data = report.data;
  const marked = useMemo(() => {
    const found = data?.findings.find((finding) => findingKey(finding) === mark);
    return new Set(found?.features);
  }, [data, mark]);
  const busy = report.isFetching || settled !== value;
  return (
    <>
      {report.error !== null ? (
        <ErrorState {...toProblem(report.error)} onRetry={() => void report.refetch()} />
      ) : (
        <FindingsCard findings={data?.findings ?? null} marked={mark} onMark={setMark} />
      )}
      <Card
        title="Chosen features"
        testId="feature-table"
        busy={busy}
        aside={<Whose report={data} busy={busy} />}
      >
        <FeatureTable
          value={value}
          onChange={onChange}
          list={list.data ?? []}
          report={data ?? null}
          waiting={busy}
          busy={busy}
          marked={marked}
        />
      </Card>
      {data === undefined ? null : <CorrelationCard report={data} marked={marked} />}
    </>
  );
}

/** A recipe of features: picked, treated, looked at before and after, and kept under a name. */
export function FeaturesPanel({ value, onChange, name, onName }: NamedRecipe) {
  const choose = useCallback(
    (names: readonly string[], chosen: boolean): void =>
      onChange(withFeatures(value, names, chosen)),
    [value, onChange],
  );
  return (
    <div className={classes['panel']} data-testid="features-panel">
      <Card
        title="Recipe"
        testId="recipe"
        aside={<SavedRecipes value={value} onChange={onChange} name={name} onName={onName} />}
      >
        <RecipeDefaults value={value} onChange={onChange} />
      </Card>
      <div className={classes['sides']}>
        <div className={classes['pick']}>
          <PickList chosen={value.features} onChoose={choose} />
        </div>
        <div className={classes['chosen']}>
          {value.features.length === 0 ? (
            <Card title="Chosen features">
              <QuietState icon={<IconListCheck size={26} />} title="No feature chosen" height={280}>
                Pick the features that tell customers apart. Two to eight are usual; each further
                one adds noise to every distance.
              </QuietState>
            </Card>
          ) : (
            <Chosen value={value} onChange={onChange} />
          )}
        </div>
      </div>
    </div>
  );
}
