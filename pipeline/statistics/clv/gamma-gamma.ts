import { pearsonCorrelations } from '../scaling/correlation.ts';
import { chooseStart, type Start } from './choose-start.ts';
import type { FitWarning } from './fit-outcome.ts';
import { createGammaGammaLikelihood } from './gamma-gamma-likelihood.ts';
import {
  checkPurchaseValues,
  type GammaGammaParameters,
  type PurchaseValues,
} from './gamma-gamma-parameters.ts';
import {
  type GammaGammaRefusal,
  refuseBySpread,
  refuseInfiniteMean,
  refuseUnidentified,
} from './gamma-gamma-refusal.ts';
import { fitAlikeValues } from './gamma-gamma-ridge.ts';
import { maximiseLikelihood } from './maximum-likelihood.ts';
import { collapsePatterns, type Patterns, scalePatterns, thinPatterns } from './patterns.ts';

export interface GammaGammaFit {
  readonly kind: 'fitted';
  /** v in the unit of the values. */
  readonly parameters: GammaGammaParameters;
  /** From the observed information; null with a warning that q and v are not known. */
  readonly standardErrors: GammaGammaParameters | null;
  readonly logLikelihood: number;
  /** Those with x > 0 and a mean value above 0: the fit is of these. */
  readonly customers: number;
  /** Those with x > 0 but a mean value of 0, left out. */
  readonly worthless: number;
  /** Distinct (x, mean value). */
  readonly patterns: number;
  /** Of BFGS over all patterns, after the starts were compared. */
  readonly iterations: number;
  /** The mean value of a purchase over all customers: p v / (q - 1). */
  readonly populationMean: number;
  /** Pearson's, of frequency and mean value: the model takes it for 0. Null where either is constant. */
  readonly correlation: number | null;
  readonly warning: FitWarning<'values-alike'> | null;
}

/** Starts are compared on so many patterns, a systematic sample if there are more. */
const PATTERNS_TO_START = 20_000;

/** p and q; v follows from a population mean of 1. */
const STARTS = [
  [1, 3],
  [6, 4],
  [2, 20],
  [1, 1.2],
] as const;

/** A column of the patterns, as often as they occur, and so in an order of its own. */
function sortedColumn({ weights, columns }: Patterns, column: number): Float64Array {
  const size = weights.reduce((sum, weight) => sum + weight, 0);
  const { values, codes } = columns[column] ?? { values: new Float64Array(0), codes: [] };
  const sorted = new Float64Array(size);
  let at = 0;
  for (let pattern = 0; pattern < weights.length; pattern += 1) {
    const next = at + (weights[pattern] ?? 0);
    sorted.fill(values[codes[pattern] ?? 0] ?? 0, at, next);
    at = next;
  }
  return sorted;
}

function startOf(patterns: Patterns): Start {
  const objective = createGammaGammaLikelihood(thinPatterns(patterns, PATTERNS_TO_START));
  const starts = STARTS.map(([p, q]) => Float64Array.of(p, q, (q - 1) / p).map(Math.log));
  return chooseStart(objective, starts);
}

function named(values: Float64Array, scale: number): GammaGammaParameters {
  const [p = 0, q = 0, v = 0] = values;
  return { p, q, v: v / scale };
}

interface Solution {
  readonly kind: 'solved';
  /** Logarithms of the scaled parameters. */
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Of the logarithms. */
  readonly standardErrors: Float64Array | null;
  readonly warning: GammaGammaFit['warning'];
}

function solve(patterns: Patterns, customers: number): Solution | GammaGammaRefusal {
  const objective = createGammaGammaLikelihood(patterns);
  const start = startOf(patterns);
  const found = maximiseLikelihood({ objective, start, observations: customers });
  if (found.kind === 'maximum') {
    const q = Math.exp(found.point[1] ?? 0);
    return q > 1 ? { ...found, kind: 'solved', warning: null } : refuseInfiniteMean(q);
  }
  const ridge = fitAlikeValues(objective, patterns, found);
  if (ridge === null) return refuseUnidentified(found.point);
  const { sentence } = ridge;
  const warning = { kind: 'values-alike', sentence } as const;
  const { iterations } = found;
  return { ...ridge, kind: 'solved', iterations, standardErrors: null, warning };
}

/** The customers with x > 0 and a mean value above 0; how many have a mean value of 0 instead. */
function usableOf({ frequency, meanValue }: PurchaseValues): {
  readonly columns: readonly [Float64Array, Float64Array];
  readonly worthless: number;
} {
  const repeaters = frequency.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);
  const usable = frequency.map((x, at) => (x > 0 && (meanValue[at] ?? 0) > 0 ? 1 : 0));
  const chosen = (_: number, at: number): boolean => usable[at] === 1;
  const used = frequency.filter(chosen);
  return { columns: [used, meanValue.filter(chosen)], worthless: repeaters - used.length };
}

/**
 * Fits Gamma-Gamma (Fader and Hardie 2013) by maximum likelihood to the customers with x > 0 and a mean
 * value above 0. Refuses data that do not identify the parameters, or whose population mean would not be
 * finite (q <= 1). Where customers do not differ, as far as the data tell, q and v stand for that, with a
 * warning. RangeError for counts and values that cannot be.
 */
export function fitGammaGamma(values: PurchaseValues): GammaGammaFit | GammaGammaRefusal {
  checkPurchaseValues(values);
  const { columns, worthless } = usableOf(values);
  const customers = columns[0].length;
  const collapsed = collapsePatterns(columns);
  const refused = refuseBySpread(customers, collapsed.columns[1]?.values ?? columns[1]);
  if (refused !== null) return refused;

  const sorted = sortedColumn(collapsed, 1);
  const scale = 1 / sorted.reduce((sum, value) => sum + value / customers, 0);
  const solution = solve(scalePatterns(collapsed, scale), customers);
  if (solution.kind === 'refused') return solution;
  const { point, value, iterations, standardErrors, warning } = solution;
  const scaled = point.map(Math.exp);
  const parameters = named(scaled, scale);
  const errors = standardErrors?.map((error, at) => error * (scaled[at] ?? 0));
  return {
    kind: 'fitted',
    parameters,
    standardErrors: errors ? named(errors, scale) : null,
    logLikelihood: customers * (Math.log(scale) - value),
    customers,
    worthless,
    patterns: collapsed.weights.length,
    iterations,
    populationMean: (parameters.p * parameters.v) / (parameters.q - 1),
    correlation: pearsonCorrelations([sortedColumn(collapsed, 0), sorted])[0]?.[1] ?? null,
    warning,
  };
}
