import type { Objective } from './minimise.ts';
import type { Patterns } from './patterns.ts';
import { digamma, logBeta } from './special-functions.ts';

/** By distinct x: ln B(px, q), and digamma(px + q) - digamma(px) times px, or - digamma(q) times q. */
interface ByFrequency {
  readonly norm: Float64Array;
  readonly byP: Float64Array;
  readonly byQ: Float64Array;
}

function fillByFrequency(
  frequencies: Float64Array,
  [p, q]: readonly [number, number],
  { norm, byP, byQ }: ByFrequency,
): void {
  const digammaQ = digamma(q);
  for (let at = 0; at < frequencies.length; at += 1) {
    const shape = p * (frequencies[at] ?? 0);
    const both = digamma(shape + q);
    norm[at] = logBeta(shape, q);
    byP[at] = shape * (both - digamma(shape));
    byQ[at] = q * (both - digammaQ);
  }
}

/**
 * The mean negative log-likelihood of Gamma-Gamma, of (ln p, ln q, ln v), over patterns of (x, mean value)
 * above 0: Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a, as the beta
 * density of share = x m / (x m + v).
 */
export function createGammaGammaLikelihood({ weights, columns }: Patterns): Objective {
  const [x, mean] = columns;
  if (!x || !mean) throw new RangeError('Patterns of x and mean value are needed.');
  const column = (): Float64Array => new Float64Array(x.values.length);
  const byX: ByFrequency = { norm: column(), byP: column(), byQ: column() };
  const logMeans = mean.values.map(Math.log);
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  return (point, gradient) => {
    const [p = 1, q = 1, v = 1] = point.map(Math.exp);
    fillByFrequency(x.values, [p, q], byX);
    let value = 0;
    let byP = 0;
    let byQ = 0;
    let byV = 0;
    for (let pattern = 0; pattern < weights.length; pattern += 1) {
      const weight = weights[pattern] ?? 0;
      const atX = x.codes[pattern] ?? 0;
      const atMean = mean.codes[pattern] ?? 0;
      const count = x.values[atX] ?? 0;
      const shape = p * count;
      const spent = (count * (mean.values[atMean] ?? 0)) / v;
      const logShare = -Math.log1p(1 / spent);
      const logRest = -Math.log1p(spent);
      const density = shape * logShare + q * logRest - (byX.norm[atX] ?? 0);
      value += weight * (density - (logMeans[atMean] ?? 0));
      byP += weight * ((byX.byP[atX] ?? 0) + shape * logShare);
      byQ += weight * ((byX.byQ[atX] ?? 0) + q * logRest);
      byV += weight * ((q * spent - shape) / (1 + spent));
    }
    gradient.set([-byP / total, -byQ / total, -byV / total]);
    return -value / total;
  };
}
