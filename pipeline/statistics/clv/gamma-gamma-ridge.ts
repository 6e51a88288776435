import {
  columnsOf,
  leadsAlong,
  likedAsWell,
  PINNED,
  predictTheSame,
  type Unidentified,
} from './along-ridge.ts';
import { expectedValue } from './expected-value.ts';
import { maximiseLikelihood } from './maximum-likelihood.ts';
import type { Objective } from './minimise.ts';
import { type Patterns, thinPatterns } from './patterns.ts';

export interface AlikeValues {
  /** Logarithms of p, q, v. */
  readonly point: Float64Array;
  readonly value: number;
  readonly sentence: string;
}

const PATTERNS_TO_COMPARE = 500;

/** (ln p, ln (v / q)) to the logarithms of all three, where q is pinned. */
function unpin([logP = 0, logRatio = 0]: Float64Array): Float64Array {
  return Float64Array.of(logP, Math.log(PINNED), logRatio + Math.log(PINNED));
}

function pin(objective: Objective): Objective {
  const whole = new Float64Array(3);
  return (point, gradient) => {
    const value = objective(unpin(point), whole);
    gradient.set([whole[0] ?? 0, whole[2] ?? 0]);
    return value;
  };
}

/** Null where the population's mean is not finite. */
function forecast(patterns: Patterns, point: Float64Array): Float64Array | null {
  const empty = new Float64Array(0);
  const [frequency = empty, meanValue = empty] = columnsOf(patterns);
  const [p = 0, q = 0, v = 0] = point.map(Math.exp);
  return q > 1 ? expectedValue({ p, q, v }, { frequency, meanValue }) : null;
}

/**
 * Where the likelihood is flat along q and v together, their ratio being known: the best fit with q pinned,
 * if the data like it as well and it predicts the same; null otherwise.
 */
export function fitAlikeValues(
  objective: Objective,
  patterns: Patterns,
  { point, value, direction }: Unidentified,
): AlikeValues | null {
  if (!leadsAlong(direction, 1, 2)) return null;
  const observations = patterns.weights.reduce((sum, weight) => sum + weight, 0);
  const [logP = 0, logQ = 0, logV = 0] = point;
  const start = { point: Float64Array.of(logP, logV - logQ) };
  const found = maximiseLikelihood({ objective: pin(objective), start, observations });
  if (found.kind !== 'maximum' || !likedAsWell(observations, found.value, value)) return null;
  const whole = unpin(found.point);
  const some = thinPatterns(patterns, PATTERNS_TO_COMPARE);
  const free = forecast(some, point);
  const pinned = forecast(some, whole);
  if (free === null || pinned === null || !predictTheSame(some, free, pinned)) return null;
  return {
    point: whole,
    value: found.value,
    sentence:
      'Gamma-Gamma finds no difference between customers in what they spend: every one is expected to spend about the mean of all. Only v / q is known, not q and v themselves.',
  };
}
