import { SegmentedControl } from '@mantine/core';
import { IconChartBarOff } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import type { KpiReport } from '../../../pipeline/contract/schemas.ts';
import { barsBySegment } from '../../charts/bars-by-segment.ts';
import { Chart } from '../../charts/chart.tsx';
import { linesByMonth } from '../../charts/lines-by-month.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { Card } from '../../ui/card.tsx';
import { formatNumber } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { ValuesTable } from '../../ui/values-table.tsx';
import { Definition } from './definition.tsx';
import type { Kpi } from './kpi-definitions.ts';
import { intervalOf, intervalWords, whiskerWords } from './kpi-interval.ts';
import classes from './kpi.module.css';
import { monthlySeries, segmentBars, wholeOf } from './kpi-series.ts';

type View = 'now' | 'months';

interface KpiViewProps {
  readonly kpi: Kpi;
  readonly report: KpiReport;
}

const views = [
  { value: 'now', label: 'Now' },
  { value: 'months', label: 'By month' },
];

function useFigure({ kpi, report }: KpiViewProps, view: View) {
  const theme = useChartTheme();
  return useMemo(() => {
    if (view === 'months') {
      const { months, series } = monthlySeries(report, kpi);
      return linesByMonth({ months, series, ticks: kpi.ticks, hover: kpi.hover, theme });
    }
    return barsBySegment({
      bars: segmentBars(report, kpi),
      whole: kpi.wholeOnAxis ? (wholeOf(report.current)?.[kpi.field] ?? null) : null,
      label: (value) => formatNumber(value, kpi.format),
      ticks: kpi.ticks,
      theme,
    });
  }, [kpi, report, view, theme]);
}

function Values({ kpi, report, view, id }: KpiViewProps & { view: View; id: string }) {
  const show = (value: number | null): string => formatNumber(value, kpi.format);
  if (view === 'months') {
    const { months, series } = monthlySeries(report, kpi);
    const rows = months.map((month, at) =>
      [month].concat(series.map((line) => show(line.values[at] ?? null))),
    );
    const columns = ['Month', ...series.map((line) => line.name)];
    return <ValuesTable id={id} caption={`${kpi.title}, by month`} columns={columns} rows={rows} />;
  }
  const sure = (segmentId: number | null): string =>
    intervalWords(intervalOf(report, segmentId, kpi.field), kpi.format);
  const rows = segmentBars(report, kpi).map((bar) => [bar.name, show(bar.value), sure(bar.id)]);
  const whole = wholeOf(report.current);
  if (whole !== null) rows.push(['All segments', show(whole[kpi.field]), sure(null)]);
  const columns = ['Segment', 'Value', 'How sure'];
  return <ValuesTable id={id} caption={kpi.title} columns={columns} rows={rows} />;
}

function Headline({ kpi, report }: KpiViewProps) {
  const whole = wholeOf(report.current);
  if (whole === null) return null;
  const { value, words } = kpi.headline(whole);
  const interval = value === null ? intervalOf(report, null, kpi.field) : null;
  const sure = interval?.kind === 'interval' || interval?.kind === 'too-few';
  return (
    <p className={classes['headline']} data-testid={`kpi-${kpi.id}-whole`}>
      <strong>{value ?? formatNumber(whole[kpi.field], kpi.format)}</strong> {words}
      {sure ? <span>, {intervalWords(interval, kpi.format)}</span> : null}
    </p>
  );
}

export function KpiCard({ kpi, report }: KpiViewProps) {
  const [view, setView] = useState<View>('now');
  const figure = useFigure({ kpi, report }, view);
  const values = useId();
  const segments = segmentBars(report, kpi).length;
  return (
    <Card
      title={kpi.title}
      testId={`kpi-card-${kpi.id}`}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={`${kpi.title}: which values`}
          data={views}
          value={view}
          onChange={(value) => setView(value === 'months' ? 'months' : 'now')}
        />
      }
    >
      <Headline kpi={kpi} report={report} />
      {segments === 0 ? (
        <QuietState icon={<IconChartBarOff size={26} />} title="No segments yet" height={200}>
          Train a segmentation, or run the pipeline, and this chart has something to compare.
        </QuietState>
      ) : (
        <Chart
          figure={figure}
          label={`${kpi.title}, ${view === 'now' ? 'current values' : 'by month'}`}
          describedBy={values}
          testId={`kpi-${kpi.id}`}
          height={Math.max(206, 48 + segments * 26)}
        />
      )}
      <Values kpi={kpi} report={report} view={view} id={values} />
      <Definition
        name={kpi.title}
        words={kpi.definition}
        parameters={kpi.parameters(report)}
        note={view === 'now' ? whiskerWords(report, kpi.field) : ''}
      />
    </Card>
  );
}
