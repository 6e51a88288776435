import type { BgNbdParameters } from './bg-nbd-parameters.ts';
import { createBgNbdLikelihood } from './bg-nbd-likelihood.ts';
import { type BgNbdRefusal, refuseByCounts, refuseUnidentified } from './bg-nbd-refusal.ts';
import { fitAlikeLeaving } from './bg-nbd-ridge.ts';
import { chooseStart, type Start } from './choose-start.ts';
import type { FitWarning } from './fit-outcome.ts';
import { maximiseLikelihood } from './maximum-likelihood.ts';
import { collapsePatterns, type Patterns, scalePatterns, thinPatterns } from './patterns.ts';
import { checkPurchaseHistory, type PurchaseHistory } from './purchase-history.ts';

export interface BgNbdFit {
  readonly kind: 'fitted';
  /** alpha in the unit of time of the history. */
  readonly parameters: BgNbdParameters;
  /** From the observed information; null with a warning that a and b are not known. */
  readonly standardErrors: BgNbdParameters | null;
  readonly logLikelihood: number;
  readonly customers: number;
  /** Customers with x > 0. */
  readonly repeaters: number;
  /** Distinct (x, t_x, T). */
  readonly patterns: number;
  /** Of BFGS over all patterns, after the starts were compared. */
  readonly iterations: number;
  readonly warning: FitWarning<'leaving-alike'> | null;
}

/** The longest T becomes this, so that alpha is of the size of the other parameters. */
const LONGEST_AGE = 10;

/** Starts are compared on so many patterns, a systematic sample if there are more. */
const PATTERNS_TO_START = 20_000;

/** Shapes r, and a and b: mixed or alike in the rate, leaving or staying. */
const STARTS = [
  [0.5, 0.5, 2],
  [3, 0.5, 2],
  [0.5, 0.05, 1],
  [1, 3, 3],
] as const;

/** Purchases by time, over all customers. */
function meanRate({ weights, columns: [x, , age] }: Patterns): number {
  let purchases = 0;
  let time = 0;
  for (let pattern = 0; pattern < weights.length; pattern += 1) {
    const weight = weights[pattern] ?? 0;
    purchases += weight * (x?.values[x.codes[pattern] ?? 0] ?? 0);
    time += weight * (age?.values[age.codes[pattern] ?? 0] ?? 0);
  }
  return purchases / time;
}

/** Where the fit begins: the best of some starts on a sample. */
function startOf(patterns: Patterns): Start {
  const rate = meanRate(patterns);
  const objective = createBgNbdLikelihood(thinPatterns(patterns, PATTERNS_TO_START));
  const starts = STARTS.map(([r, a, b]) => Float64Array.of(r, r / rate, a, b).map(Math.log));
  return chooseStart(objective, starts);
}

function named(values: Float64Array, scale: number): BgNbdParameters {
  const [r = 0, alpha = 0, a = 0, b = 0] = values;
  return { r, alpha: alpha / scale, a, b };
}

interface Solution {
  readonly kind: 'solved';
  /** Logarithms of the scaled parameters. */
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Of the logarithms. */
  readonly standardErrors: Float64Array | null;
  readonly warning: BgNbdFit['warning'];
}

function solve(patterns: Patterns, customers: number, scale: number): Solution | BgNbdRefusal {
  const objective = createBgNbdLikelihood(patterns);
  const start = startOf(patterns);
  const found = maximiseLikelihood({ objective, start, observations: customers });
  if (found.kind === 'maximum') return { ...found, kind: 'solved', warning: null };
  const ridge = fitAlikeLeaving(objective, patterns, found);
  const { point, iterations } = found;
  if (ridge === null) return refuseUnidentified(point, named(point.map(Math.exp), scale));
  const { sentence } = ridge;
  const warning = { kind: 'leaving-alike', sentence } as const;
  return { ...ridge, kind: 'solved', iterations, standardErrors: null, warning };
}

/**
 * Fits BG/NBD (Fader, Hardie and Lee 2005) by maximum likelihood: BFGS from the best of four starts, then
 * Newton's method, over distinct (x, t_x, T), so that the order of the customers does not matter. Refuses
 * data that do not identify the parameters. Where only the chance of leaving is the same for all, as far
 * as the data tell, a and b stand for that one chance, with a warning: what they predict is known all the
 * same. RangeError for a history that customers cannot have.
 */
export function fitBgNbd(history: PurchaseHistory): BgNbdFit | BgNbdRefusal {
  checkPurchaseHistory(history);
  const { frequency, recency, age } = history;
  const customers = frequency.length;
  const repeaters = frequency.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);
  const collapsed = collapsePatterns([frequency, recency, age]);
  const patterns = collapsed.weights.length;
  const refused = refuseByCounts({ customers, repeaters, patterns });
  if (refused !== null) return refused;

  const scale = LONGEST_AGE / age.reduce((longest, time) => Math.max(longest, time), 0);
  const solution = solve(scalePatterns(collapsed, scale), customers, scale);
  if (solution.kind === 'refused') return solution;
  const { point, value, iterations, standardErrors, warning } = solution;
  const parameters = point.map(Math.exp);
  const errors = standardErrors?.map((error, at) => error * (parameters[at] ?? 0));
  const purchases = frequency.reduce((sum, x) => sum + x, 0);
  return {
    kind: 'fitted',
    parameters: named(parameters, scale),
    standardErrors: errors ? named(errors, scale) : null,
    logLikelihood: purchases * Math.log(scale) - value * customers,
    customers,
    repeaters,
    patterns,
    iterations,
    warning,
  };
}
