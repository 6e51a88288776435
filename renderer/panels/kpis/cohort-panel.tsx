import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCalendarStats } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { heatColour } from '../../charts/heat-colour.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { toProblem } from '../../host/problem.ts';
import { useCohorts, useKpiReport } from '../../host/queries/kpis.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatDay } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { cohortGrid, fullValue, latestCohorts, type CohortGrid } from './cohort-grid.ts';
import { CohortTable, type CellPlace } from './cohort-table.tsx';
import { cellLabel, cellStory, monthName } from './cohort-words.ts';
import classes from './cohort.module.css';
import type { CohortValue } from './kpis-value.ts';

interface CohortPanelProps {
  readonly value: CohortValue;
  readonly onChange: (value: CohortValue) => void;
}

interface GridProps {
  readonly grid: CohortGrid;
  readonly show: CohortValue['show'];
}

const shows = [
  { value: 'retention', label: 'Retention' },
  { value: 'revenue', label: 'Revenue per customer' },
];

/** More cells than these take too long to draw to be drawn unasked. */
const atFirst = 36;

function Legend({ grid, show }: GridProps) {
  const { scheme } = useChartTheme();
  const bar = `linear-gradient(to right, ${heatColour(0, scheme)}, ${heatColour(1, scheme)})`;
  const nobody = grid.rows.some(({ customers }) => customers === 0);
  return (
    <p className={classes['legend']} aria-hidden="true">
      <span>{cellLabel(0, show)}</span>
      <i style={{ background: bar }} />
      <span>{cellLabel(fullValue(grid, show), show)}</span>
      <i className={classes['none']} />
      <span>{nobody ? 'not come yet, or nobody' : 'not come yet'}</span>
    </p>
  );
}

/** What the cell under the pointer says in full. */
function Story({ grid, place }: { grid: CohortGrid; place: CellPlace | null }) {
  const row = grid.rows.find(({ cohort }) => cohort === place?.cohort);
  const cell =
    place === null ? null : (place.cohort === null ? grid.whole : row?.cells)?.[place.age];
  return (
    <p className={classes['story']} data-testid="cohort-story">
      {place === null || cell === null || cell === undefined
        ? 'Columns are months since the first purchase. Point at a cell to read it in full.'
        : cellStory(cell, place.cohort, place.age)}
    </p>
  );
}

function definition(show: CohortValue['show']): string {
  return show === 'retention'
    ? 'of the customers whose first purchase fell into the month on the left, the share who bought in the month so many months later. Month 0 is 100% by definition.'
    : 'what the customers whose first purchase fell into the month on the left spent in the month so many months later, divided by all of them, buyers or not.';
}

function Definition({ grid, show }: GridProps) {
  const report = useKpiReport();
  const asOf = report.data?.asOf?.slice(0, 10) ?? null;
  const running = asOf?.slice(0, 7) === grid.newest && !asOf.endsWith('-01');
  return (
    <p>
      <strong>{show === 'retention' ? 'Retention' : 'Revenue per customer'}</strong> ={' '}
      {definition(show)} Months are UTC; refunds are left out.
      {running
        ? ` ${monthName(grid.newest)} is not over (as of ${formatDay(asOf)}): the last cell of each row will still grow.`
        : ''}
    </p>
  );
}

function Heatmap({ grid, value, onChange }: CohortPanelProps & { grid: CohortGrid }) {
  const [place, setPlace] = useState<CellPlace | null>(null);
  const { show, all } = value;
  const count = grid.rows.length;
  const shown = useMemo(
    () => (all || count <= atFirst ? grid : latestCohorts(grid, atFirst)),
    [grid, all, count],
  );
  return (
    <>
      <Story grid={shown} place={place} />
      <CohortTable grid={shown} show={show} onPoint={setPlace} />
      {count <= atFirst ? null : (
        <Button
          size="compact-sm"
          variant="default"
          className={classes['more'] ?? ''}
          onClick={() => onChange({ ...value, all: !all })}
        >
          {all ? `Show the latest ${atFirst} cohorts` : `Show all ${count} cohorts`}
        </Button>
      )}
      <div className={classes['foot']}>
        <Definition grid={grid} show={show} />
        <Legend grid={shown} show={show} />
      </div>
    </>
  );
}

/** Customers by the month of their first purchase, and what became of them. */
export function CohortPanel({ value, onChange }: CohortPanelProps) {
  const { data, error, isFetching, refetch } = useCohorts();
  const grid = useMemo(() => (data === undefined ? null : cohortGrid(data)), [data]);
  return (
    <Card
      title="Cohorts"
      testId="cohorts"
      busy={isFetching}
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Cohorts: which values"
          data={shows}
          value={value.show}
          onChange={(show) =>
            onChange({ ...value, show: show === 'revenue' ? 'revenue' : 'retention' })
          }
        />
      }
    >
      {grid !== null ? (
        <Heatmap grid={grid} value={value} onChange={onChange} />
      ) : data !== undefined ? (
        <QuietState icon={<IconCalendarStats size={26} />} title="No purchases yet" height={240}>
          Cohorts are drawn as soon as a run has brought purchases into silver.
        </QuietState>
      ) : error === null ? (
        <Skeleton height={420} mt={12} />
      ) : (
        <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />
      )}
    </Card>
  );
}
