import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { memo, useId } from 'react';
import { Card } from '../../ui/card.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { isFree, type JobRun } from '../run/job-run.ts';
import classes from './controls.module.css';
import { recipeLine } from './recipe-line.ts';
import { SweepProgress } from './sweep-progress.tsx';
import { usualSample, type SweepPlan, type TuningPatch } from './tuning-value.ts';
import { useRunFocus } from './use-run-focus.ts';

interface SweepControlsProps {
  readonly plan: SweepPlan;
  readonly patch: TuningPatch;
  readonly run: JobRun;
  readonly connected: boolean;
  /** Whether the results of a sweep are there. */
  readonly found: boolean;
  /** Null until it is known how many there are. */
  readonly customers: number | null;
  readonly label: (feature: string) => string;
  /** Where the recipe is made; left out where there is no such place. */
  readonly featuresHref: string | undefined;
  readonly onTry: () => void;
  readonly onCancel: () => void;
}

type Part = Pick<SweepControlsProps, 'plan' | 'patch'>;

function Recipe({ plan, label }: Pick<SweepControlsProps, 'plan' | 'label'>) {
  const line = recipeLine(plan.options, label);
  return (
    <p className={classes['recipe']} data-testid="tuning-recipe">
      <span>Works on</span> <b>{line.features === '' ? 'no feature yet' : line.features}</b>
      <small>
        {line.treatment}
        {line.own.map((words) => `; ${words}`)}
      </small>
    </p>
  );
}

function Numbers({ plan, patch }: Part) {
  const { options, from, to } = plan;
  return (
    <div className={classes['numbers']}>
      <NumberField
        size="sm"
        whole
        label="From k"
        value={from}
        min={2}
        max={50}
        onChange={(from) => patch({ from, to: Math.max(from, to) })}
      />
      <NumberField
        size="sm"
        whole
        label="To k"
        value={to}
        min={2}
        max={50}
        onChange={(to) => patch({ to, from: Math.min(from, to) })}
      />
      <NumberField
        size="sm"
        whole
        label="Restarts"
        value={options.restarts}
        min={1}
        max={100}
        onChange={(restarts) => patch({ options: { ...options, restarts } })}
      />
      <NumberField
        size="sm"
        whole
        label="Seed"
        value={options.seed}
        min={0}
        max={0xffff_ffff}
        onChange={(seed) => patch({ options: { ...options, seed } })}
      />
    </div>
  );
}

function Silhouette({ plan, patch, customers }: Part & { customers: number | null }) {
  const label = useId();
  const rows = plan.silhouetteRows ?? usualSample;
  const enough = customers !== null && customers <= rows;
  return (
    <div className={classes['choice']}>
      <span id={label}>Silhouette from</span>
      <SegmentedControl
        size="xs"
        aria-labelledby={label}
        value={plan.silhouetteRows === null ? 'all' : 'sample'}
        data={[
          { value: 'sample', label: `${formatCount(rows)} at most` },
          { value: 'all', label: 'All customers' },
        ]}
        onChange={(next) => patch({ silhouetteRows: next === 'all' ? null : usualSample })}
      />
      <small>
        {enough
          ? `There are ${plural(customers, 'customer')}: both take all of them.`
          : plan.silhouetteRows === null
            ? 'Exact; its time grows with the square of the customers.'
            : 'A sample drawn by the seed; the second decimal may move.'}
      </small>
    </div>
  );
}

function Extras({ plan, patch }: Part) {
  return (
    <>
      <Switch
        size="sm"
        classNames={{ description: classes['cost'] ?? '' }}
        label="Gap statistic"
        description="Clusters data without groups beside the customers, for every k: many times the work."
        checked={plan.gap}
        onChange={(event) => patch({ gap: event.currentTarget.checked })}
      />
      <Switch
        size="sm"
        classNames={{ description: classes['cost'] ?? '' }}
        label="Stability (bootstrap)"
        description="Clusters resampled customers again and again, for every k: many times the work."
        checked={plan.stability}
        onChange={(event) => patch({ stability: event.currentTarget.checked })}
      />
    </>
  );
}

/** What to try, and the job that tries it. */
export const SweepControls = memo(function SweepControls(props: SweepControlsProps) {
  const { plan, patch, run, connected, found, customers, label, onTry, onCancel } = props;
  const { from, to, options } = plan;
  const focus = useRunFocus(run);
  const { ask } = focus;
  const ready = connected && isFree(run) && options.features.length > 0;
  return (
    <Card title="Try numbers of segments" testId="tuning-controls" busy={!isFree(run)}>
      <Recipe plan={plan} label={label} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onTry();
        }}
      >
        <div className={classes['fields']}>
          <Numbers plan={plan} patch={patch} />
          <Silhouette plan={plan} patch={patch} customers={customers} />
          <Extras plan={plan} patch={patch} />
        </div>
        <div className={classes['foot']}>
          <Button
            ref={ask}
            type="submit"
            aria-disabled={!ready}
            data-disabled={!ready}
            leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
          >
            {from === to ? `Try k = ${from}` : `Try k = ${from} to ${to}`}
          </Button>
          <SweepProgress
            run={run}
            connected={connected}
            found={found}
            featuresHref={props.featuresHref}
            focus={focus}
            onCancel={onCancel}
            onRetry={onTry}
          />
        </div>
      </form>
    </Card>
  );
});
