import type { KpiReport, KpiRow } from '../../../pipeline/contract/schemas.ts';
import { formatAmount, type NumberFormat } from '../../ui/format.ts';

export interface Kpi {
  readonly id: 'clv-growth' | 'churn-rate' | 'aov' | 'contribution';
  readonly field: 'clvGrowth' | 'churnRate' | 'aov' | 'contribution';
  readonly title: string;
  readonly format: NumberFormat;
  /** Plotly's formats for ticks and for hovering. */
  readonly ticks: string;
  readonly hover: string;
  /** The meaning, in the words of the design; text between backticks is a name. */
  readonly definition: string;
  /** The parameters that the definition names, with the values they had. */
  readonly parameters: (report: KpiReport) => readonly string[];
  /** Whether the value of all segments together is a mark on the axis of the segments. */
  readonly wholeOnAxis: boolean;
  readonly headline: (whole: KpiRow) => { readonly value: string | null; readonly words: string };
}

const asOf = (report: KpiReport): string => `as_of = ${report.asOf ?? 'not known yet'}`;

/** The four KPIs of the first screen. */
export const kpis: readonly Kpi[] = [
  {
    id: 'clv-growth',
    field: 'clvGrowth',
    title: 'CLV growth by segment',
    format: 'signed-percent',
    ticks: ',.0%',
    hover: '+,.1%',
    definition:
      "(CLV at `as_of` - CLV `period_days` earlier) / CLV then, summed over the segment's customers; no value where the earlier CLV is 0. Historical CLV = monetary to date.",
    parameters: (report) => [`period_days = ${report.periodDays}`, asOf(report)],
    wholeOnAxis: true,
    headline: () => ({ value: null, words: 'all customers' }),
  },
  {
    id: 'churn-rate',
    field: 'churnRate',
    title: 'Churn rate by segment',
    format: 'percent',
    ticks: ',.0%',
    hover: '.1%',
    definition: 'share of its customers with `recency_days > churn_days`.',
    parameters: (report) => [`churn_days = ${report.churnDays}`, asOf(report)],
    wholeOnAxis: true,
    headline: () => ({ value: null, words: 'of all customers' }),
  },
  {
    id: 'aov',
    field: 'aov',
    title: 'AOV by segment',
    format: 'amount',
    ticks: ',~r',
    hover: ',.2f',
    definition: 'its money / its orders.',
    parameters: (report) => [asOf(report)],
    wholeOnAxis: true,
    headline: () => ({ value: null, words: 'over all orders' }),
  },
  {
    id: 'contribution',
    field: 'contribution',
    title: 'Segment contribution',
    format: 'percent',
    ticks: ',.0%',
    hover: '.1%',
    definition: 'its money / all money.',
    parameters: (report) => [asOf(report)],
    wholeOnAxis: false,
    headline: (whole) => ({ value: formatAmount(whole.revenue), words: 'all money' }),
  },
];
