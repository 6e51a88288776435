import { createRandom, type Random } from '../../statistics/random.ts';
import { deriveSeed, exp, normal } from './portable-math.ts';

/** Something a customer may choose: a category or an event, with its share over all customers. */
export interface Choice {
  readonly name: string;
  readonly share: number;
}

const LANE = 4;
const SPREAD = 0.9;

/**
 * Each customer's own leanings: the shares times log-normal factors, normalised (a logistic-normal
 * draw, a relative of the Dirichlet). Kept as running sums in 65,535ths, a row of choices a customer.
 */
export function createTastes(choices: readonly Choice[], size: number, seed: number) {
  const width = choices.length;
  const sums = new Uint16Array(size * width);
  for (let customer = 0; customer < size; customer += 1) {
    const random = createRandom(deriveSeed(seed, LANE, customer));
    const weights = choices.map((choice) => choice.share * exp(SPREAD * normal(random)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    for (const [index, weight] of weights.entries()) {
      sum += weight / total;
      sums[customer * width + index] = Math.min(65_535, Math.round(sum * 65_535));
    }
  }

  /** The index of a choice, by the customer's leanings. */
  return function choose(customer: number, random: Random): number {
    const place = random.float() * 65_535;
    const row = customer * width;
    for (let index = 0; index < width - 1; index += 1) {
      if (place < (sums[row + index] ?? 0)) return index;
    }
    return width - 1;
  };
}
