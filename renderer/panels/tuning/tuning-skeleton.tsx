import { Skeleton, VisuallyHidden } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import classes from './scores.module.css';
import { scoreKinds } from './score-kinds.ts';

/** The places of a sweep's results, before it is known whether there are any. */
export function TuningSkeleton() {
  return (
    <>
      <VisuallyHidden role="status">Loading the latest sweep</VisuallyHidden>
      <Card title="Recommended" busy>
        <div className={classes['recommendation']}>
          <Skeleton height={76} width={86} />
          <div>
            <Skeleton height={13} mt={8} />
            <Skeleton height={13} mt={9} width="70%" />
          </div>
          <Skeleton height={84} className={classes['rowScores'] ?? ''} />
        </div>
      </Card>
      <Card title="Scores by k" busy>
        <div className={classes['charts']}>
          {scoreKinds.map(({ field }) => (
            <div key={field}>
              <Skeleton height={14} width="50%" />
              <Skeleton height={138} mt={10} />
              <Skeleton height={11} mt={10} />
            </div>
          ))}
        </div>
      </Card>
      <Card title="The customers in k segments" busy>
        <Skeleton height={8} mt={18} />
        <Skeleton height={410} mt={30} />
      </Card>
    </>
  );
}
