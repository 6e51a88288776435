import { logBeta } from './special-functions.ts';

export interface PurchaseRate {
  /** r + x: the shape of the gamma distribution of the purchase rate. */
  readonly shape: number;
  /** a and b + x: the beta distribution of the chance of leaving after a purchase. */
  readonly leave: number;
  readonly stay: number;
}

const WIDEST_STEP = 0.25;
const STEPS_PER_DEVIATION = 0.6;
const NEGLIGIBLE = Number.EPSILON / 64;

/** Below this a beta density's tail falls so slowly that its end point is taken out of the integral. */
const SLOW_TAIL = 0.5;

/**
 * The mean over p ~ Beta(leave, stay) of (1 - (1 + odds p)^-shape) / p: what a customer is expected to buy
 * who leaves after each purchase with the chance p. By the trapezoidal rule in the logit of p, where the
 * integrand falls off exponentially on both sides, so that the error does so in the number of steps
 * (Trefethen and Weideman 2014). For odds > 0 of any size.
 */
export function averagePurchases({ shape, leave, stay }: PurchaseRate, odds: number): number {
  const never = shape * odds;
  const certain = -Math.expm1(-shape * Math.log1p(odds));
  const atNever = leave < SLOW_TAIL ? never : 0;
  const atCertain = stay < SLOW_TAIL ? certain : 0;
  const base = (atNever * stay + atCertain * leave) / (leave + stay);
  const logNorm = logBeta(leave, stay);

  function integrand(logit: number): number {
    const logP = -Math.log1p(Math.exp(-logit));
    const logRest = -Math.log1p(Math.exp(logit));
    const p = Math.exp(logP);
    const value = -Math.expm1(-shape * Math.log1p(odds * p)) / p;
    const rest = value - atNever * Math.exp(logRest) - atCertain * p;
    return Math.exp(leave * logP + stay * logRest - logNorm) * rest;
  }

  const sharpness = (leave * stay) / (leave + stay);
  const step = Math.min(WIDEST_STEP, STEPS_PER_DEVIATION / Math.sqrt(sharpness));
  const middle = Math.log(leave / stay);
  // With a density that rises towards p = 0, the integrand peaks where the purchases level off.
  const knee = leave < 1 ? Math.min(middle, -Math.log(Math.max(1, never))) : middle;
  let sum = integrand(middle);
  for (const side of [-1, 1]) {
    for (let count = 1; ; count += 1) {
      const logit = middle + side * count * step;
      const part = integrand(logit);
      sum += part;
      const beyond = side > 0 || logit < knee;
      if (beyond && Math.abs(part) * step <= NEGLIGIBLE * (base + Math.abs(sum) * step)) break;
    }
  }
  return base + sum * step;
}
