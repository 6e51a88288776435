import { Skeleton } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import { kpis } from './kpi-definitions.ts';

/** The four cards in their sizes, before their numbers are here. */
export function KpiSkeletons() {
  return kpis.map(({ id, title }) => (
    <Card key={id} title={title} busy>
      <Skeleton height={28} width={170} mt={8} />
      <Skeleton height={190} mt={14} />
      <Skeleton height={11} mt={26} />
      <Skeleton height={11} mt={9} width="60%" />
    </Card>
  ));
}
