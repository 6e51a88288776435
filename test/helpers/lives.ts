import { createRandom } from '../../pipeline/statistics/random.ts';
import { dayStart, type Transaction } from './transactions.ts';

/** Purchases at a rate and until a drop-out that differ from customer to customer. */
export function lives(customers: number, seed: number): Transaction[] {
  const random = createRandom(seed);
  const start = dayStart('2023-01-01');
  return Array.from({ length: customers }, (_, n) => n).flatMap((n) => {
    const rate = 0.01 + 0.05 * random.float() ** 2;
    const level = Math.exp(3 + 0.6 * random.normal());
    const orders: Transaction[] = [];
    let at = Math.floor(random.float() * 150);
    while (at < 400) {
      orders.push({
        customer: `c${n}`,
        order: `c${n}-${orders.length}`,
        at: start + BigInt(Math.floor(at * 86_400)) * 1_000_000n,
        amount: BigInt(Math.round(level * Math.exp(0.3 * random.normal()) * 10_000)),
        category: null,
        discount: null,
      });
      if (random.float() < 0.12) break;
      at += -Math.log(1 - random.float()) / rate;
    }
    return orders;
  });
}
