import { Anchor } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { Card } from '../../ui/card.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';

/** The tuning view of a recipe that has no features: there is nothing to tell customers apart by. */
export function NoFeatures() {
  return (
    <Card title="Tuning">
      <QuietState icon={<IconListCheck size={26} />} title="No feature chosen" height={320}>
        The recipe has no features, so that there is nothing to tell customers apart by. Choose some
        in <Anchor href="#features">Features</Anchor>.
      </QuietState>
    </Card>
  );
}
