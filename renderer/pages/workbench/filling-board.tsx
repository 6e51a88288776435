import { IconChartBar, IconHourglass } from '@tabler/icons-react';
import { kpis } from '../../panels/kpis/kpi-definitions.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { Card } from '../../ui/card.tsx';
import classes from './board.module.css';

/** The places of the charts before there is anything to draw. */
export function FillingBoard({ busy }: { busy: boolean }) {
  return (
    <div className={classes['charts']} data-testid="charts-waiting">
      {kpis.map(({ title }) => (
        <Card key={title} title={title} busy={busy}>
          {busy ? (
            <QuietState icon={<IconHourglass size={26} />} title="On its way" height={250}>
              This chart is drawn when the run reaches the gold layer.
            </QuietState>
          ) : (
            <QuietState icon={<IconChartBar size={26} />} title="Not computed yet" height={250}>
              Records have landed. Run the pipeline to turn them into segments and this chart.
            </QuietState>
          )}
        </Card>
      ))}
    </div>
  );
}
