import type { BgNbdParameters } from './bg-nbd-parameters.ts';
import type { Refused } from './fit-outcome.ts';

export type BgNbdRefusal = Refused<
  | 'nobody-repeats'
  | 'too-few-customers'
  | 'too-few-patterns'
  | 'parameters-run-off'
  | 'likelihood-flat'
>;

const FEWEST_CUSTOMERS = 20;
const FEWEST_REPEATERS = 10;

/** One more than there are parameters. */
const FEWEST_PATTERNS = 5;

/** A parameter of scaled data beyond e^7, about a thousand, or below its inverse, has run off. */
const FAR = 7;

/** A chance below this, or this close to 1, where the parameters run off, is one of nobody, or of all. */
const RARE = 1e-3;

export interface Counts {
  readonly customers: number;
  readonly repeaters: number;
  readonly patterns: number;
}

function refuse(reason: BgNbdRefusal['reason'], sentence: string): BgNbdRefusal {
  return { kind: 'refused', reason, sentence };
}

/** What can be refused by counting, before anything is fitted. */
export function refuseByCounts({ customers, repeaters, patterns }: Counts): BgNbdRefusal | null {
  if (customers > 0 && repeaters === 0) {
    return refuse(
      'nobody-repeats',
      `None of ${customers} customers bought on a second day, so these data do not say how often customers come back.`,
    );
  }
  if (customers < FEWEST_CUSTOMERS || repeaters < FEWEST_REPEATERS) {
    return refuse(
      'too-few-customers',
      `BG/NBD needs at least ${FEWEST_CUSTOMERS} customers, ${FEWEST_REPEATERS} of whom bought on a second day, but there are ${customers}, of whom ${repeaters} did.`,
    );
  }
  if (patterns < FEWEST_PATTERNS) {
    return refuse(
      'too-few-patterns',
      `The ${customers} customers have only ${patterns} different histories; four parameters cannot be told from fewer than ${FEWEST_PATTERNS}.`,
    );
  }
  return null;
}

/** Says where an unidentified fit went; `point` is the logarithm of the scaled parameters. */
export function refuseUnidentified(
  point: Float64Array,
  { r, alpha, a, b }: BgNbdParameters,
): BgNbdRefusal {
  const [logR = 0] = point;
  if (point.every((entry) => Math.abs(entry) <= FAR)) {
    return refuse(
      'likelihood-flat',
      'Very different parameters explain these purchases equally well (the likelihood is flat), so what they predict would be arbitrary.',
    );
  }
  if (logR > FAR) {
    return refuse(
      'parameters-run-off',
      'As far as these data tell, all customers buy at one and the same rate: r and alpha grow without end, and BG/NBD has no best fit.',
    );
  }
  if (a < RARE * (a + b)) {
    return refuse(
      'parameters-run-off',
      'As far as these data tell, no customer has stopped buying: a / (a + b) falls to 0 without end, and BG/NBD has no best fit.',
    );
  }
  if (b < RARE * (a + b)) {
    return refuse(
      'parameters-run-off',
      'As far as these data tell, every customer stops buying after the first repeat purchase: a / (a + b) rises to 1 without end, and BG/NBD has no best fit.',
    );
  }
  const reached = [r, alpha, a, b].map((value) => value.toPrecision(2)).join(', ');
  return refuse(
    'parameters-run-off',
    `The likelihood keeps rising as the parameters run off (r, alpha, a, b reached ${reached}), so BG/NBD has no best fit for these data.`,
  );
}
