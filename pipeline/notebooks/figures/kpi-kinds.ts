import type { KpisParameters } from '../../contract/notebook.ts';

export type KpiField = KpisParameters['kpis'][number];

/** What each KPI is called, and Plotly's formats for ticks and for values. */
export const kpiKinds: Readonly<
  Record<KpiField, { readonly title: string; readonly ticks: string; readonly value: string }>
> = {
  clvGrowth: { title: 'CLV growth by segment', ticks: ',.0%', value: '+,.1%' },
  churnRate: { title: 'Churn rate by segment', ticks: ',.0%', value: '.1%' },
  aov: { title: 'AOV by segment', ticks: ',~r', value: ',.2f' },
  contribution: { title: 'Segment contribution', ticks: ',.0%', value: '.1%' },
};

export function segmentTitle(row: {
  readonly segmentId: number | null;
  readonly segmentName: string | null;
}): string {
  if (row.segmentId === null) return 'All';
  return row.segmentName ?? `Segment ${row.segmentId}`;
}
