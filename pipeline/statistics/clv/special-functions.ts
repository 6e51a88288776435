const HALF_LOG_TWO_PI = 0.9189385332046728;

/** From here on Stirling's series to the terms below is right to the last bit. */
const STIRLING_FROM = 10;

/** What Stirling's series adds to (x - 1/2) ln x - x + ln(2 pi) / 2 to make ln Gamma(x); x from 10. */
function stirlingRemainder(x: number): number {
  const i = 1 / x;
  const z = i * i;
  const tail = 1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z / 156));
  return i * (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * tail)));
}

function checkPositive(name: string, x: number): void {
  if (!(x > 0) || x === Infinity) {
    throw new RangeError(`${name} is computed for a finite number above 0, not ${x}.`);
  }
}

/** ln Gamma(x) for x > 0, by the recurrence and Stirling's series (Abramowitz and Stegun 6.1.41). */
export function logGamma(x: number): number {
  checkPositive('logGamma', x);
  let product = 1;
  let shifted = x;
  for (; shifted < STIRLING_FROM; shifted += 1) product *= shifted;
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI;
  return stirling + stirlingRemainder(shifted) - Math.log(product);
}

/** The derivative of ln Gamma at x > 0 (Abramowitz and Stegun 6.3.5 and 6.3.18). */
export function digamma(x: number): number {
  checkPositive('digamma', x);
  let sum = 0;
  let shifted = x;
  for (; shifted < STIRLING_FROM; shifted += 1) sum -= 1 / shifted;
  const z = 1 / (shifted * shifted);
  const tail = 1 / 240 - z * (1 / 132 - z * (691 / 32760 - z / 12));
  const series = z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * tail)));
  return sum + Math.log(shifted) - 0.5 / shifted - series;
}

/**
 * ln B(p, q) for p, q > 0. Where an argument is large the differences of ln Gamma are taken within
 * Stirling's series, so that none of its digits cancel (DiDonato and Morris 1992, Algorithm 708).
 */
export function logBeta(p: number, q: number): number {
  const small = Math.min(p, q);
  const large = Math.max(p, q);
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(small + large);
  checkPositive('logBeta', small);
  checkPositive('logBeta', large);
  const rest = stirlingRemainder(large) - stirlingRemainder(small + large);
  const shrink = Math.log1p(-small / (small + large));
  if (small < STIRLING_FROM) {
    const power = small - small * Math.log(small + large) + (large - 0.5) * shrink;
    return logGamma(small) + rest + power;
  }
  const power = (small - 0.5) * Math.log(small / (small + large)) + large * shrink;
  return HALF_LOG_TWO_PI - 0.5 * Math.log(large) + stirlingRemainder(small) + rest + power;
}
