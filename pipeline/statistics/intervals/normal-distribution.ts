// Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", PPND16:
// numerator and denominator of three rational functions, lowest power first.
const CENTRAL = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
] as const;
const OUTER = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;
const FAR = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

type Rational = readonly [readonly number[], readonly number[]];

function evaluate([numerator, denominator]: Rational, x: number): number {
  const powers = (coefficients: readonly number[]): number =>
    coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
  return powers(numerator) / powers(denominator);
}

/**
 * The value below which a standard normal falls with probability `p`. RangeError unless 0 < p < 1.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability lies between 0 and 1, not at ${p}.`);
  const fromMiddle = p - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) {
    return fromMiddle * evaluate(CENTRAL, 0.180625 - fromMiddle * fromMiddle);
  }
  const root = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const size = root <= 5 ? evaluate(OUTER, root - 1.6) : evaluate(FAR, root - 5);
  return Math.sign(fromMiddle) * size;
}

/**
 * The probability that a standard normal falls below `x`, right to 1e-15 in absolute terms: the
 * series of Marsaglia (2004), "Evaluating the normal distribution".
 */
export function normalProbability(x: number): number {
  if (x <= -8.5) return 0;
  if (x >= 8.5) return 1;
  let term = x;
  let sum = x;
  let before = Number.NaN;
  for (let power = 3; sum !== before; power += 2) {
    before = sum;
    term *= (x * x) / power;
    sum += term;
  }
  const fromMiddle = (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
  return Math.min(1, Math.max(0, 0.5 + fromMiddle));
}
