import { withinRounding } from '../column-summary.ts';
import type { Refused } from './fit-outcome.ts';

export type GammaGammaRefusal = Refused<
  'too-few-customers' | 'no-spread' | 'mean-not-finite' | 'parameters-run-off' | 'likelihood-flat'
>;

const FEWEST_CUSTOMERS = 10;

/** A parameter of scaled data beyond e^7, about a thousand, or below its inverse, has run off. */
const FAR = 7;

function refuse(reason: GammaGammaRefusal['reason'], sentence: string): GammaGammaRefusal {
  return { kind: 'refused', reason, sentence };
}

/** What can be refused before anything is fitted; `means` are the distinct mean values, rising. */
export function refuseBySpread(customers: number, means: Float64Array): GammaGammaRefusal | null {
  if (customers < FEWEST_CUSTOMERS) {
    return refuse(
      'too-few-customers',
      `Gamma-Gamma needs at least ${FEWEST_CUSTOMERS} customers with a repeat purchase of some value, but there are ${customers}.`,
    );
  }
  if (!withinRounding(means[0] ?? 0, means.at(-1) ?? 0)) return null;
  return refuse(
    'no-spread',
    `All ${customers} customers have the same mean value, so these data do not say how values differ.`,
  );
}

export function refuseInfiniteMean(q: number): GammaGammaRefusal {
  return refuse(
    'mean-not-finite',
    `A few values are so large that the fitted mean of all customers is infinite (q is ${q.toPrecision(3)}, and the mean needs q above 1), so no value can be expected of a customer.`,
  );
}

/** Says where an unidentified fit went; `point` is the logarithm of the scaled p, q and v. */
export function refuseUnidentified(point: Float64Array): GammaGammaRefusal {
  const [logP = 0, logQ = 0] = point;
  if (logP > FAR) {
    return refuse(
      'parameters-run-off',
      'As far as these data tell, each customer always spends the same: p grows without end, and Gamma-Gamma has no best fit.',
    );
  }
  if (logQ > FAR) {
    return refuse(
      'parameters-run-off',
      'As far as these data tell, customers do not differ in what they spend: q and v grow without end, and Gamma-Gamma has no best fit.',
    );
  }
  if (point.some((entry) => Math.abs(entry) > FAR)) {
    const reached = Array.from(point, (entry) => Math.exp(entry).toPrecision(2)).join(', ');
    return refuse(
      'parameters-run-off',
      `The likelihood keeps rising as the parameters run off (p, q and the scaled v reached ${reached}), so Gamma-Gamma has no best fit for these data.`,
    );
  }
  return refuse(
    'likelihood-flat',
    'Very different parameters explain these values equally well (the likelihood is flat), so what they predict would be arbitrary.',
  );
}
