import type { KpiName } from '../../../pipeline/contract/schemas.ts';

/** Which change to take apart; a day that is null is the usual one. */
export interface KpiChangeValue {
  readonly kpi: KpiName;
  readonly from: string | null;
  readonly to: string | null;
}

export interface CohortValue {
  readonly show: 'retention' | 'revenue';
  /** Every cohort rather than the latest few years of them. */
  readonly all: boolean;
}

/** The parameters of the view, plain JSON. */
export interface KpisValue {
  readonly change: KpiChangeValue;
  readonly cohorts: CohortValue;
}

export const startKpis: KpisValue = {
  change: { kpi: 'churn_rate', from: null, to: null },
  cohorts: { show: 'retention', all: false },
};
