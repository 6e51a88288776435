import { Skeleton, Switch } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import type { Flow } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useMigration } from '../../host/queries/segments.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { drawnFlows, type MigrationSummary, migrationSummary } from './migration.ts';
import classes from './migration-panel.module.css';
import type { MigrationValue } from './segments-value.ts';

interface MigrationPanelProps {
  readonly value: MigrationValue;
  readonly onChange: (value: MigrationValue) => void;
}

const outside = { from: 'New customers', to: 'No longer there' };

function Summary({ summary }: { summary: MigrationSummary }) {
  const { both, moved, arrived, left } = summary;
  return (
    <p className={classes['summary']} data-testid="migration-summary">
      <strong>{formatCount(moved)}</strong> of {plural(both, 'customer')}
      {both === 0 ? '' : ` (${formatNumber(moved / both, 'percent')})`} moved to another segment,{' '}
      {formatCount(both - moved)} stayed.
      {arrived === 0 ? '' : ` ${plural(arrived, 'customer')} ${arrived === 1 ? 'is' : 'are'} new.`}
      {left === 0
        ? ''
        : ` ${plural(left, 'customer')} ${left === 1 ? 'is' : 'are'} no longer there.`}
    </p>
  );
}

function Moves({ flows, stayers }: { flows: readonly Flow[]; stayers: boolean }) {
  const drawn = useMemo(() => drawnFlows(flows, outside), [flows]);
  // The switch moves at once; many bands may come a moment later.
  const settled = useDeferredValue(stayers);
  return (
    <>
      <Summary summary={migrationSummary(flows)} />
      <FlowPicture flows={drawn} fromTitle="before" toTitle="now" stayers={settled} />
    </>
  );
}

/** Who moved between segments since the day or the model before. */
export function MigrationPanel({ value, onChange }: MigrationPanelProps) {
  const { data, error, isFetching, refetch } = useMigration();
  const comparable = data?.some(({ fromId }) => fromId !== null) ?? false;
  return (
    <Card
      title="Who moved"
      busy={isFetching}
      testId="migration-panel"
      aside={
        comparable ? (
          <Switch
            size="xs"
            label="Show those who stayed"
            checked={value.stayers}
            onChange={(event) => onChange({ stayers: event.currentTarget.checked })}
          />
        ) : null
      }
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton height={260} mt={12} />
        ) : (
          <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />
        )
      ) : comparable ? (
        <Moves flows={data} stayers={value.stayers} />
      ) : (
        <QuietState
          icon={<IconArrowsSplit2 size={26} />}
          title="Nothing to compare with yet"
          height={200}
        >
          Customers are in segments for the first time. After the next day of data or the next model
          you see here who moved from where to where.
        </QuietState>
      )}
    </Card>
  );
}
