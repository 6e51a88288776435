import { Skeleton, VisuallyHidden } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import cards from './segment-cards.module.css';
import classes from './model-panel.module.css';

const four = [0, 1, 2, 3];

/** The places of a model's cards, before it is known what it is like. */
export function ModelSkeleton() {
  return (
    <div className={classes['panel']}>
      <VisuallyHidden role="status">Loading the segments</VisuallyHidden>
      <Card title="Segments" busy>
        <div className={cards['segments']}>
          {four.map((place) => (
            <div key={place} className={classes['placeholder']}>
              <Skeleton height={15} width="55%" mt={8} />
              <Skeleton height={22} width="75%" mt={12} />
              <Skeleton height={6} mt={10} />
              <Skeleton height={12} mt={18} />
              <Skeleton height={12} mt={8} />
              <Skeleton height={12} mt={8} width="60%" />
            </div>
          ))}
        </div>
        <Skeleton height={12} mt={18} width="80%" />
      </Card>
      <Card title="What sets them apart" busy>
        {four.map((row) => (
          <Skeleton key={row} height={30} mt={8} />
        ))}
      </Card>
      <div className={classes['pair']}>
        <Card title="In a few rules" busy>
          <Skeleton height={200} mt={10} />
        </Card>
        <Card title="Drift since training" busy>
          <Skeleton height={200} mt={10} />
        </Card>
      </div>
    </div>
  );
}
