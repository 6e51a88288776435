import {
  columnsOf,
  leadsAlong,
  likedAsWell,
  PINNED,
  predictTheSame,
  type Unidentified,
} from './along-ridge.ts';
import { expectedPurchases } from './bg-nbd-predictions.ts';
import { maximiseLikelihood } from './maximum-likelihood.ts';
import type { Objective } from './minimise.ts';
import { type Patterns, thinPatterns } from './patterns.ts';

export interface AlikeLeaving {
  /** Logarithms of r, alpha, a, b. */
  readonly point: Float64Array;
  readonly value: number;
  readonly sentence: string;
}

const PATTERNS_TO_COMPARE = 500;

/** (ln r, ln alpha, logit of a / (a + b)) to the logarithms of all four, where a + b is pinned. */
function unpin([logR = 0, logAlpha = 0, logit = 0]: Float64Array): Float64Array {
  const logA = Math.log(PINNED) - Math.log1p(Math.exp(-logit));
  const logB = Math.log(PINNED) - Math.log1p(Math.exp(logit));
  return Float64Array.of(logR, logAlpha, logA, logB);
}

function pin(objective: Objective): Objective {
  const whole = new Float64Array(4);
  return (point, gradient) => {
    const value = objective(unpin(point), whole);
    const [byR = 0, byAlpha = 0, byA = 0, byB = 0] = whole;
    const leaving = 1 / (1 + Math.exp(-(point[2] ?? 0)));
    gradient.set([byR, byAlpha, byA * (1 - leaving) - byB * leaving]);
    return value;
  };
}

/** The purchases expected in a time as long as the longest T. */
function forecast(patterns: Patterns, point: Float64Array): Float64Array {
  const empty = new Float64Array(0);
  const [frequency = empty, recency = empty, age = empty] = columnsOf(patterns);
  const [r = 0, alpha = 0, a = 0, b = 0] = point.map(Math.exp);
  const time = patterns.columns[2]?.values.at(-1) ?? 0;
  return expectedPurchases({ r, alpha, a, b }, time, { frequency, recency, age });
}

/**
 * Where the likelihood is flat along a and b together, their ratio being known: the best fit with a + b
 * pinned, if the data like it as well and it predicts the same; null otherwise.
 */
export function fitAlikeLeaving(
  objective: Objective,
  patterns: Patterns,
  { point, value, direction }: Unidentified,
): AlikeLeaving | null {
  if (!leadsAlong(direction, 2, 3)) return null;
  const observations = patterns.weights.reduce((sum, weight) => sum + weight, 0);
  const [logR = 0, logAlpha = 0, logA = 0, logB = 0] = point;
  const start = { point: Float64Array.of(logR, logAlpha, logA - logB) };
  const found = maximiseLikelihood({ objective: pin(objective), start, observations });
  if (found.kind !== 'maximum' || !likedAsWell(observations, found.value, value)) return null;
  const whole = unpin(found.point);
  const some = thinPatterns(patterns, PATTERNS_TO_COMPARE);
  if (!predictTheSame(some, forecast(some, point), forecast(some, whole))) return null;
  const leaving = 100 / (1 + Math.exp(-(found.point[2] ?? 0)));
  return {
    point: whole,
    value: found.value,
    sentence: `As far as these data tell, every customer leaves after a purchase with the same chance, ${leaving.toPrecision(3)}%: a / (a + b) is known, but not a and b themselves, on which the predictions hardly depend.`,
  };
}
