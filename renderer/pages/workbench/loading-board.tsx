import { Skeleton, VisuallyHidden } from '@mantine/core';
import { KpiSkeletons } from '../../panels/kpis/kpi-skeleton.tsx';
import { Card } from '../../ui/card.tsx';
import classes from './board.module.css';
import { layers } from './screen-state.ts';
import { viewTitle, type View } from './views.ts';

/** The page's own shape, so that nothing moves when the numbers come. */
export function LoadingBoard({ view }: { view: View }) {
  if (view !== 'overview') {
    return (
      <div className={classes['board']} aria-busy="true" data-testid="loading">
        <VisuallyHidden role="status">Loading the workspace</VisuallyHidden>
        <Card title={viewTitle(view)} busy>
          <Skeleton height={420} mt={8} />
        </Card>
      </div>
    );
  }
  return (
    <div className={classes['board']} aria-busy="true" data-testid="loading">
      <VisuallyHidden role="status">Loading the workspace</VisuallyHidden>
      <Card title="From events to segments" busy>
        <div className={classes['layers']}>
          {layers.map((layer) => (
            <Skeleton key={layer} height={132} radius={6} />
          ))}
        </div>
        <Skeleton height={13} mt={16} width="58%" />
        <Skeleton height={5} mt={11} />
      </Card>
      <div className={classes['charts']}>
        <KpiSkeletons />
      </div>
    </div>
  );
}
