import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconCalendarStats } from '@tabler/icons-react';
import { useId, useMemo, useRef } from 'react';
import { cohortHeatmap, heatColours } from '../../charts/cohort-heatmap.ts';
import { Chart } from '../../charts/chart.tsx';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { useWidth } from '../../charts/use-width.ts';
import { toProblem } from '../../host/problem.ts';
import { useCohorts, useKpiReport } from '../../host/queries.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount, formatDay } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { ValuesTable } from '../../ui/values-table.tsx';
import { cohortGrid, cohortValue, fullValue, type CohortGrid } from './cohort-grid.ts';
import { cellLabel, cohortHover, monthName, wholeHover } from './cohort-words.ts';
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

/** Beside the cells: the names of the cohorts. */
const namesWidth = 112;

/** What a cell needs for its value. */
const writtenFrom = { width: 33, height: 18 };

function rowHeight(rows: number): number {
  if (rows <= 26) return 25;
  if (rows <= 40) return 18;
  return rows <= 80 ? 11 : 8;
}

function useHeatmap({ grid, show, width }: GridProps & { width: number }) {
  const theme = useChartTheme();
  const { rows, whole } = grid;
  const written =
    (width - namesWidth) / whole.length >= writtenFrom.width &&
    rowHeight(rows.length) >= writtenFrom.height;
  return useMemo(
    () =>
      cohortHeatmap({
        whole: {
          name: 'All cohorts',
          values: whole.map((cell) => cohortValue(cell, show)),
          hover: wholeHover(whole),
        },
        rows: rows.map((row) => ({
          name: `${monthName(row.cohort)}  ·  ${formatCount(row.customers)}`,
          values: row.cells.map((cell) => cohortValue(cell, show)),
          hover: cohortHover(row),
        })),
        columns: whole.length,
        full: fullValue(grid, show),
        label: (value) => cellLabel(value, show),
        written,
        theme,
      }),
    [grid, rows, whole, show, written, theme],
  );
}

function Values({ grid, show, id }: GridProps & { id: string }) {
  const rows = useMemo(() => {
    const told = (value: number | null): string => (value === null ? '' : cellLabel(value, show));
    return [
      ['All cohorts', '', ...grid.whole.map((cell) => told(cohortValue(cell, show)))],
      ...grid.rows.map(({ cohort, customers, cells }) => [
        monthName(cohort),
        formatCount(customers),
        ...cells.map((cell) => told(cohortValue(cell, show))),
      ]),
    ];
  }, [grid, show]);
  const what = shows.find(({ value }) => value === show)?.label ?? '';
  return (
    <ValuesTable
      id={id}
      caption={`${what} by cohort and months since the first purchase; empty where the month has not come`}
      columns={['Cohort', 'Customers', ...grid.whole.map((_, age) => `Month ${age}`)]}
      rows={rows}
    />
  );
}

function Legend({ grid, show }: GridProps) {
  const { scheme } = useChartTheme();
  const [low, high] = heatColours[scheme];
  return (
    <p className={classes['legend']} aria-hidden="true">
      <span>{cellLabel(0, show)}</span>
      <i style={{ background: `linear-gradient(to right, ${low}, ${high})` }} />
      <span>{cellLabel(fullValue(grid, show), show)}</span>
      <i className={classes['none']} />
      <span>
        {grid.rows.some(({ customers }) => customers === 0)
          ? 'not come yet, or nobody'
          : 'not come yet'}
      </span>
    </p>
  );
}

function definition(show: CohortValue['show']): string {
  return show === 'retention'
    ? 'of the customers whose first purchase fell into the month on the left, the share who bought in the month so many months later. Month 0 is 100% by definition.'
    : 'what the customers whose first purchase fell into the month on the left spent in the month so many months later, divided by all of them, buyers or not.';
}

function Heatmap({ grid, show }: GridProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const values = useId();
  const report = useKpiReport();
  const figure = useHeatmap({ grid, show, width });
  const asOf = report.data?.asOf?.slice(0, 10) ?? null;
  const running = asOf?.slice(0, 7) === grid.newest && !asOf.endsWith('-01');
  return (
    <div ref={box}>
      <p className={classes['axis']} aria-hidden="true">
        <span>First purchase · customers</span>
        <span>Months since the first purchase</span>
      </p>
      <Chart
        figure={figure}
        label={show === 'retention' ? 'Retention by cohort' : 'Revenue per customer by cohort'}
        describedBy={values}
        testId="cohort-heatmap"
        height={34 + rowHeight(grid.rows.length) * (grid.rows.length + 1.4)}
      />
      <Values grid={grid} show={show} id={values} />
      <div className={classes['foot']}>
        <p>
          <strong>{show === 'retention' ? 'Retention' : 'Revenue per customer'}</strong> ={' '}
          {definition(show)} Months are UTC; refunds are left out.
          {running
            ? ` ${monthName(grid.newest)} is not over (as of ${formatDay(asOf)}): the last cell of each row will still grow.`
            : ''}
        </p>
        <Legend grid={grid} show={show} />
      </div>
    </div>
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
          onChange={(show) => onChange({ show: show === 'revenue' ? 'revenue' : 'retention' })}
        />
      }
    >
      {grid !== null ? (
        <Heatmap grid={grid} show={value.show} />
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
