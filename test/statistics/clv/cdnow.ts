import { readFileSync } from 'node:fs';
import type { BgNbdParameters } from '../../../pipeline/statistics/clv/bg-nbd-parameters.ts';
import type { GammaGammaParameters } from '../../../pipeline/statistics/clv/gamma-gamma-parameters.ts';
import type { PurchaseHistory } from '../../../pipeline/statistics/clv/purchase-history.ts';

/** A fit by lifetimes, and what it predicts for every n-th customer. */
interface Golden {
  parameters: BgNbdParameters;
  standardErrors: BgNbdParameters;
  logLikelihood: number;
  predictions: {
    every: number;
    alive: number[];
    purchases: Record<string, number[]>;
    value: number[];
    clv: number[];
    newCustomer: Record<string, number>;
  };
}

interface GammaGammaGolden {
  parameters: GammaGammaParameters;
  standardErrors: GammaGammaParameters;
  logLikelihood: number;
  correlation: number;
}

type Column = 'frequency' | 'recencyWeeks' | 'ageWeeks' | 'recencyDays' | 'ageDays' | 'meanValue';

export function fixture(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../../fixtures/clv/${name}.json`, import.meta.url), 'utf8'),
  );
}

export const cdnow = fixture('cdnow') as Record<Column, number[]> & {
  weeks: Golden;
  days: Golden;
  gammaGamma: GammaGammaGolden;
};

const frequency = Float64Array.from(cdnow.frequency);
export const meanValue = Float64Array.from(cdnow.meanValue);

export const inWeeks: PurchaseHistory = {
  frequency,
  recency: Float64Array.from(cdnow.recencyWeeks),
  age: Float64Array.from(cdnow.ageWeeks),
};

export const inDays: PurchaseHistory = {
  frequency,
  recency: Float64Array.from(cdnow.recencyDays),
  age: Float64Array.from(cdnow.ageDays),
};

export function everyNth(column: Float64Array, every: number): Float64Array {
  return column.filter((_, at) => at % every === 0);
}

/** The customers for whom lifetimes' predictions are kept. */
export function sampleOf(history: PurchaseHistory): PurchaseHistory {
  const { every } = cdnow.weeks.predictions;
  return {
    frequency: everyNth(history.frequency, every),
    recency: everyNth(history.recency, every),
    age: everyNth(history.age, every),
  };
}

/** The largest difference, relative to the truth. */
export function worstOf(found: ArrayLike<number>, truth: readonly number[]): number {
  if (found.length !== truth.length) return Infinity;
  return truth.reduce((worst, value, at) => {
    const difference =
      Math.abs((found[at] ?? Number.NaN) - value) / Math.max(1e-300, Math.abs(value));
    return Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }, 0);
}
