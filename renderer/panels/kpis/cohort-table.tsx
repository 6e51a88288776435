import { VisuallyHidden } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { Scheme } from '../../charts/chart-theme.ts';
import { heatColour } from '../../charts/heat-colour.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatCount } from '../../ui/format.ts';
import { cohortValue, fullValue, type AgeCell, type CohortGrid } from './cohort-grid.ts';
import { cellLabel, monthName } from './cohort-words.ts';
import classes from './cohort-table.module.css';
import type { CohortValue } from './kpis-value.ts';

/** A cell by the row of its cohort, or of all, and its age. */
export interface CellPlace {
  readonly cohort: string | null;
  readonly age: number;
}

interface CohortTableProps {
  readonly grid: CohortGrid;
  readonly show: CohortValue['show'];
  /** Null where the pointer is on no cell. */
  readonly onPoint: (place: CellPlace | null) => void;
}

interface Shading {
  readonly show: CohortValue['show'];
  readonly full: number;
  readonly scheme: Scheme;
}

/** The cells that are there, then one that is empty for all that are not. */
function Cells({ cells, shading }: { cells: readonly (AgeCell | null)[]; shading: Shading }) {
  const { show, full, scheme } = shading;
  const values = cells.map((cell, age) => ({ age, value: cohortValue(cell, show) }));
  const end = values.findIndex(({ value }) => value === null);
  const there = end === -1 ? values : values.slice(0, end);
  const rest = values.length - there.length;
  return (
    <>
      {there.map(({ age, value }) => (
        <td
          key={age}
          data-age={age}
          style={{ background: heatColour((value ?? 0) / full, scheme) }}
        >
          {cellLabel(value ?? 0, show)}
        </td>
      ))}
      {rest === 0 ? null : <td colSpan={rest} />}
    </>
  );
}

function placeOf(target: EventTarget): CellPlace | null {
  const cell = target instanceof Element ? target.closest('td') : null;
  const age = cell?.dataset['age'];
  if (cell === null || age === undefined) return null;
  return { cohort: cell.closest('tr')?.dataset['cohort'] ?? null, age: Number(age) };
}

/** The cohorts as a table whose cells are shaded by their values. */
export const CohortTable = memo(function CohortTable({ grid, show, onPoint }: CohortTableProps) {
  const { scheme } = useChartTheme();
  const shading = useMemo(
    () => ({ show, full: fullValue(grid, show), scheme }),
    [grid, show, scheme],
  );
  const { rows, whole } = grid;
  const ages = whole.map((_, age) => age);
  const what = show === 'retention' ? 'Retention' : 'Revenue per customer';
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={`${what} by cohort`}>
      <table
        className={classes['heatmap']}
        data-testid="cohort-heatmap"
        onMouseOver={(event) => onPoint(placeOf(event.target))}
        onMouseLeave={() => onPoint(null)}
      >
        <VisuallyHidden component="caption">
          {what} by month of the first purchase and months since; empty where the month has not come
        </VisuallyHidden>
        <thead>
          <tr>
            <th scope="col">First purchase</th>
            <th scope="col">Customers</th>
            {ages.map((age) => (
              <th key={age} scope="col" aria-label={`Month ${age}`}>
                {age}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={classes['whole']}>
            <th scope="row">All cohorts</th>
            <td>{formatCount(whole[0]?.customers ?? 0)}</td>
            <Cells cells={whole} shading={shading} />
          </tr>
          {rows.map(({ cohort, customers, cells }) => (
            <tr key={cohort} data-cohort={cohort}>
              <th scope="row">{monthName(cohort)}</th>
              <td>{formatCount(customers)}</td>
              <Cells cells={cells} shading={shading} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
