import { useId, useMemo } from 'react';
import { barsBySegment, type Bar } from '../../charts/bars-by-segment.ts';
import { Chart } from '../../charts/chart.tsx';
import { segmentName } from '../../charts/scatter-groups.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { Card } from '../../ui/card.tsx';
import { formatAmount, formatNumber, plural } from '../../ui/format.ts';
import { ValuesTable } from '../../ui/values-table.tsx';
import type { FittedClv } from './clv-words.ts';
import classes from './value.module.css';

type Row = FittedClv['bySegment'][number];

/** `759.9K`: the bars of three charts beside each other leave no room for more. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

interface Measure {
  readonly field: 'clv' | 'expectedPurchases' | 'alive';
  readonly title: string;
  readonly definition: string;
  readonly ticks: string;
  readonly label: (value: number) => string;
  /** What hovering adds. */
  readonly hover: (row: Row, report: FittedClv) => string;
}

const measures: readonly Measure[] = [
  {
    field: 'clv',
    title: 'Predicted CLV',
    definition: 'Sum over its customers.',
    ticks: ',~s',
    label: (value) => (Math.abs(value) < 10_000 ? formatAmount(value) : compact.format(value)),
    hover: ({ clv, customers }, { total }) =>
      `in full ${formatAmount(clv)}, ${formatNumber(total === 0 ? null : clv / total, 'percent')} of all<br>${formatAmount(clv / customers)} for each of ${plural(customers, 'customer')}`,
  },
  {
    field: 'expectedPurchases',
    title: 'Expected purchases',
    definition: 'Mean over its customers, in the months of the prediction.',
    ticks: ',~r',
    label: (value) => value.toFixed(value < 100 ? 2 : 1),
    hover: ({ customers }) => `mean of ${plural(customers, 'customer')}`,
  },
  {
    field: 'alive',
    title: 'P(alive)',
    definition: 'Mean probability that a customer of it still buys.',
    ticks: ',.0%',
    label: (value) => formatNumber(value, 'percent'),
    hover: ({ customers }) => `mean of ${plural(customers, 'customer')}`,
  },
];

function MeasureBars({
  report,
  measure,
  values,
}: {
  report: FittedClv;
  measure: Measure;
  values: string;
}) {
  const theme = useChartTheme();
  const figure = useMemo(() => {
    const bars: Bar[] = report.bySegment.map((row) => ({
      id: row.segmentId,
      name: segmentName(row.segmentId, row.segmentName),
      value: row[measure.field],
      spread: { kind: 'none' },
      hover: measure.hover(row, report),
    }));
    const label = (value: number | null): string =>
      value === null ? 'no value' : measure.label(value);
    return barsBySegment({ bars, whole: null, label, ticks: measure.ticks, theme });
  }, [report, measure, theme]);
  return (
    <section className={classes['measure']}>
      <h3>{measure.title}</h3>
      <Chart
        figure={figure}
        label={`${measure.title} by segment`}
        describedBy={values}
        testId={`clv-bars-${measure.field}`}
        height={Math.max(180, 48 + report.bySegment.length * 28)}
      />
      <p>{measure.definition}</p>
    </section>
  );
}

/** The predictions by segment. */
export function ClvSegments({ report }: { report: FittedClv }) {
  const values = useId();
  const rows = report.bySegment.map((row) => [
    segmentName(row.segmentId, row.segmentName),
    plural(row.customers, 'customer'),
    ...measures.map(({ field, label }) => label(row[field])),
    formatAmount(row.clv / row.customers),
  ]);
  return (
    <Card title="By segment" testId="clv-segments">
      <div className={classes['measures']}>
        {measures.map((measure) => (
          <MeasureBars key={measure.field} report={report} measure={measure} values={values} />
        ))}
      </div>
      <ValuesTable
        id={values}
        caption="Predictions by segment"
        columns={['Segment', 'Customers', ...measures.map(({ title }) => title), 'CLV a customer']}
        rows={rows}
      />
    </Card>
  );
}
