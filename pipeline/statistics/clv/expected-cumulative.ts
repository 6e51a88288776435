import { type BgNbdParameters, checkBgNbdParameters } from './bg-nbd-parameters.ts';
import { distinctValues } from './distinct.ts';
import { purchasesWhileAlive } from './purchases-while-alive.ts';

/**
 * The repeat purchases that all customers together are expected to have made by each of `times`, counted
 * from the day on which they have the ages `ages`, and negative before it: the curve against which the
 * purchases that happened are drawn (Fader, Hardie and Lee 2005, figure 5). Times in the unit of alpha.
 * RangeError for ages, times or parameters that cannot be.
 */
export function expectedCumulative(
  parameters: BgNbdParameters,
  ages: Float64Array,
  times: Float64Array,
): Float64Array {
  checkBgNbdParameters(parameters);
  const young = ages.findIndex((age) => !(age >= 0 && age < Infinity));
  if (young >= 0) {
    throw new RangeError(
      `Customer ${young} has an age of ${ages[young]}, not a finite one from 0.`,
    );
  }
  const never = times.find((time) => !Number.isFinite(time));
  if (never !== undefined) throw new RangeError(`A time is a finite number, not ${never}.`);
  const { values, codes } = distinctValues(ages);
  const customers = new Float64Array(values.length);
  for (const code of codes) customers[code] = (customers[code] ?? 0) + 1;
  const forecast = purchasesWhileAlive(parameters, 0);
  return times.map((time) => {
    let sum = 0;
    for (let at = 0; at < values.length; at += 1) {
      const since = (values[at] ?? 0) + time;
      if (since > 0) sum += (customers[at] ?? 0) * forecast(since / parameters.alpha);
    }
    return sum;
  });
}
