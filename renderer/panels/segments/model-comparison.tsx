import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { Comparison } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useComparison } from '../../host/queries/models.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Agreement } from './agreement.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { drawnFlows } from './migration.ts';
import classes from './models-panel.module.css';

const outside = { from: 'No segment', to: 'No segment' };

function Compared({ comparison }: { comparison: Comparison }) {
  const { agreement, moved, flows } = comparison;
  const drawn = useMemo(() => drawnFlows(flows, outside), [flows]);
  const customers = flows.reduce((sum, flow) => sum + flow.customers, 0);
  return (
    <>
      <Agreement index={agreement} moved={{ customers: moved, of: customers }} />
      <FlowPicture
        flows={drawn}
        fromTitle={`model ${comparison.from.version}`}
        toTitle={`model ${comparison.to.version}`}
        stayers
      />
    </>
  );
}

/** Where two models put today's customers. */
export function ModelComparison({ from, to }: { from: number; to: number }) {
  const { data, error, isFetching, refetch } = useComparison({ from, to });
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={280} mt={16} />
    ) : (
      <div className={classes['problem']}>
        <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <div aria-busy={isFetching}>
      <Compared comparison={data} />
    </div>
  );
}
