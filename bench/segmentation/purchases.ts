import { join } from 'node:path';
import { createRandom, type Random } from '../../pipeline/statistics/random.ts';
import { once } from '../input.ts';
import { cache } from '../places.ts';
import { drawGamma } from './gamma.ts';
import { writeNumbers } from './raw-numbers.ts';

const SEED = 2;
const LONGEST_AGE = 730;

/** Of those who made them up; alpha in days. */
const TRUTH = { r: 0.8, alpha: 45, a: 0.8, b: 2.5 };

/** As a warehouse has them, or as if every purchase were timed to the millisecond: no two customers are alike. */
export type Clock = 'days' | 'moments';

interface Customer {
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
}

/** One customer of BG/NBD (Fader, Hardie and Lee 2005). In days, purchases of one day are one. */
function simulate(random: Random, clock: Clock): Customer {
  const rate = drawGamma(TRUTH.r, random) / TRUTH.alpha;
  const [left, stayed] = [drawGamma(TRUTH.a, random), drawGamma(TRUTH.b, random)];
  const leaving = left / (left + stayed);
  const whole = clock === 'days';
  const drawn = 1 + random.float() * (LONGEST_AGE - 1);
  const age = whole ? Math.floor(drawn) : drawn;
  let frequency = 0;
  let recency = 0;
  for (let time = 0; ;) {
    time -= Math.log(1 - random.float()) / rate;
    if (time > age) return { frequency, recency, age };
    const at = whole ? Math.ceil(time) : time;
    if (at > recency) frequency += 1;
    recency = at;
    if (random.float() < leaving) return { frequency, recency, age };
  }
}

/** The path of three columns one after the other: frequency, recency, age. The first customers are a sample of all. */
export function purchaseFile(customers: number, clock: Clock): Promise<string> {
  return once(join(cache, `purchases-${customers}-${clock}.f64`), async (to) => {
    const random = createRandom(SEED);
    const columns = new Float64Array(customers * 3);
    for (let at = 0; at < customers; at += 1) {
      const { frequency, recency, age } = simulate(random, clock);
      columns[at] = frequency;
      columns[customers + at] = recency;
      columns[2 * customers + at] = age;
    }
    writeNumbers(to, columns);
  });
}
