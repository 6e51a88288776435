import { useMemo } from 'react';
import type { KpiSplit } from '../../../pipeline/contract/schemas.ts';
import { changeWaterfall } from '../../charts/change-waterfall.ts';
import { Chart } from '../../charts/chart.tsx';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatDay, formatNumber } from '../../ui/format.ts';
import { changeKpis } from './change-kpis.ts';
import { ChangeTable } from './change-table.tsx';
import { ChangeTerms } from './change-terms.tsx';
import {
  changeFormat,
  changeSentence,
  migrationParts,
  termNames,
  termTitles,
} from './change-words.ts';
import classes from './kpi-change.module.css';

function useWaterfall(split: KpiSplit, show: (value: number) => string) {
  const theme = useChartTheme();
  return useMemo(() => {
    const { format, ticks } = changeKpis[split.kpi];
    const parts = migrationParts(split).map(({ name, value }) => `${name} ${show(value)}`);
    return changeWaterfall({
      before: {
        name: formatDay(split.from),
        value: split.before,
        words: formatNumber(split.before, format),
      },
      terms: termNames.map((term) => ({
        name: termTitles[term],
        value: split[term],
        words: show(split[term]),
        hover: [
          `${termTitles[term]} ${show(split[term])}`,
          ...(term === 'migration' ? parts : []),
        ].join('<br>'),
      })),
      after: {
        name: formatDay(split.to),
        value: split.after,
        words: formatNumber(split.after, format),
      },
      ticks,
      theme,
    });
  }, [split, show, theme]);
}

/** A change taken apart: in a sentence, as a picture, by term and by segment. */
export function ChangeResult({ split, waiting }: { split: KpiSplit; waiting: boolean }) {
  const show = useMemo(() => changeFormat(split), [split]);
  const figure = useWaterfall(split, show);
  const { title } = changeKpis[split.kpi];
  return (
    <div className={classes['result']} data-waiting={waiting}>
      <p className={classes['sentence']} role="status" data-testid="kpi-change-sentence">
        {changeSentence(split)}
      </p>
      <div className={classes['sides']}>
        <div>
          <Chart
            figure={figure}
            label={`${title}: from ${formatDay(split.from)} to ${formatDay(split.to)} by mix, rate and migration; the values stand beside it`}
            testId="kpi-change-chart"
            height={252}
          />
          <p className={classes['axis']}>
            The axis shows where the KPI moved; it need not begin at 0.
          </p>
        </div>
        <ChangeTerms split={split} show={show} />
      </div>
      <ChangeTable split={split} show={show} />
      <p className={classes['note']}>
        The three terms sum to the change exactly. Customers stand in the segments that today’s
        model gives them on each of the two days
        {title === 'AOV' ? '' : '; pp are percentage points'}.
      </p>
    </div>
  );
}
