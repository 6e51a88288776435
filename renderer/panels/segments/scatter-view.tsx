import { useId, useMemo } from 'react';
import { Chart } from '../../charts/chart.tsx';
import { hiddenByLog, type ScatterGroup } from '../../charts/scatter-groups.ts';
import { segmentScatter } from '../../charts/segment-scatter.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatAmount, formatCount, plural } from '../../ui/format.ts';
import { ValuesTable } from '../../ui/values-table.tsx';
import classes from './segments.module.css';
import { useWebgl } from './use-webgl.ts';

interface ScatterViewProps {
  readonly groups: readonly ScatterGroup[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly log: boolean;
  /** The most customers that are drawn; so many are a sample. */
  readonly limit: number;
}

function mean(values: Float64Array): string {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return 'no value';
  return formatAmount(known.reduce((sum, value) => sum + value, 0) / known.length);
}

export function ScatterView({ groups, xTitle, yTitle, log, limit }: ScatterViewProps) {
  const theme = useChartTheme();
  const webgl = useWebgl();
  const values = useId();
  const drawing = webgl ? 'webgl' : 'svg';
  const figure = useMemo(
    () => segmentScatter({ groups, xTitle, yTitle, log, drawing, theme }),
    [groups, xTitle, yTitle, log, drawing, theme],
  );
  const points = groups.reduce((sum, group) => sum + group.x.length, 0);
  const hidden = log ? hiddenByLog(groups) : 0;
  const rows = groups.map((group) => [
    group.name,
    formatCount(group.x.length),
    mean(group.x),
    mean(group.y),
  ]);
  return (
    <>
      <Chart
        figure={figure}
        label={`Customers by ${xTitle} and ${yTitle}, coloured by segment`}
        describedBy={values}
        testId="segment-scatter"
        height={420}
      />
      <ValuesTable
        id={values}
        caption="Segments of the customers drawn"
        columns={['Segment', 'Customers', `Mean ${xTitle}`, `Mean ${yTitle}`]}
        rows={rows}
      />
      <p className={classes['note']}>
        {points < limit ? 'All of' : 'A sample of'} {plural(points, 'customer')}. Drag to zoom,
        double-click to see all again, click a name to hide it.
        {hidden > 0
          ? ` ${plural(hidden, 'customer')} with a value of 0 or below cannot stand on a logarithmic axis.`
          : ''}
      </p>
    </>
  );
}
