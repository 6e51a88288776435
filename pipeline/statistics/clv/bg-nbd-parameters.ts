/**
 * A customer buys at a rate from a gamma distribution of shape r and rate alpha (in the unit of time of
 * the history) and leaves after a purchase with a chance from a beta distribution of a and b.
 */
export interface BgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Numbers from the inverse of this to this can be multiplied by times and counts without overflow. */
const LARGEST = 1e100;

/** RangeError unless all four are above 0, and neither absurdly small nor large. */
export function checkBgNbdParameters(parameters: BgNbdParameters): void {
  for (const name of ['r', 'alpha', 'a', 'b'] as const) {
    const value = parameters[name];
    if (value >= 1 / LARGEST && value <= LARGEST) continue;
    throw new RangeError(`BG/NBD needs a ${name} from 1e-100 to 1e100, not ${value}.`);
  }
}
