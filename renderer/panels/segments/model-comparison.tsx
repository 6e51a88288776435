import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { Comparison } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useComparison } from '../../host/queries.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { agreementWords } from './agreement-words.ts';
import { FlowPicture } from './flow-picture.tsx';
import { drawnFlows } from './migration.ts';
import classes from './models-panel.module.css';

const outside = { from: 'No segment', to: 'No segment' };

function Compared({ comparison }: { comparison: Comparison }) {
  const { agreement, moved, flows } = comparison;
  const drawn = useMemo(() => drawnFlows(flows, outside), [flows]);
  const customers = flows.reduce((sum, flow) => sum + flow.customers, 0);
  const share = customers === 0 ? 0 : moved / customers;
  return (
    <>
      <p className={classes['agreement']} data-testid="model-agreement">
        <strong>{agreement.toFixed(2).replace('-', '\u2212')}</strong> {agreementWords(agreement)}:{' '}
        {plural(moved, 'customer')} ({formatNumber(share, 'percent')}) would be in another segment.{' '}
        <small>
          The adjusted Rand index of the two on today’s customers: 1 where both part them alike, 0
          where they agree no more than by chance.
        </small>
      </p>
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
