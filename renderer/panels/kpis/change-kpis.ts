import type { KpiName } from '../../../pipeline/contract/schemas.ts';
import type { NumberFormat } from '../../ui/format.ts';

interface ChangeKpi {
  readonly title: string;
  /** The title within a sentence. */
  readonly called: string;
  readonly format: NumberFormat;
  /** Plotly's format for ticks that lie close together. */
  readonly ticks: string;
  /** What a customer counts by. */
  readonly weight: string;
}

/** The KPIs whose change can be taken apart. */
export const changeKpis: Readonly<Record<KpiName, ChangeKpi>> = {
  churn_rate: {
    title: 'Churn rate',
    called: 'churn rate',
    format: 'percent',
    ticks: ',.2~%',
    weight: 'each customer counts once, so that mix is 0 for churn',
  },
  aov: {
    title: 'AOV',
    called: 'AOV',
    format: 'amount',
    ticks: ',.2~f',
    weight: 'a customer counts by the number of orders',
  },
  clv_growth: {
    title: 'CLV growth',
    called: 'CLV growth',
    format: 'signed-percent',
    ticks: ',.2~%',
    weight: 'a customer counts by the CLV that growth is measured from',
  },
};

export const changeKpiNames = ['churn_rate', 'aov', 'clv_growth'] as const satisfies KpiName[];
