import { Skeleton, VisuallyHidden } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import classes from './value.module.css';

const three = [0, 1, 2];

/** The places of the cards, before it is known whether anything was fitted. */
export function ValueSkeleton() {
  return (
    <div className={classes['view']}>
      <VisuallyHidden role="status">Loading predicted CLV</VisuallyHidden>
      <Card title="Predicted CLV" busy>
        <Skeleton height={38} width={260} mt={10} />
        <Skeleton height={12} mt={22} width="80%" />
        <Skeleton height={12} mt={9} width="62%" />
      </Card>
      <Card title="By segment" busy>
        <div className={classes['measures']}>
          {three.map((place) => (
            <div key={place}>
              <Skeleton height={14} width="40%" />
              <Skeleton height={180} mt={10} />
            </div>
          ))}
        </div>
      </Card>
      <Card title="Checked on a hold-out" busy>
        <Skeleton height={300} mt={10} />
      </Card>
    </div>
  );
}
