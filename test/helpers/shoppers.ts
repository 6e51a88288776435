import { DAY, dayStart, type Transaction } from './transactions.ts';

/** How many orders, and how large: in falling order of what they bring. */
const kinds = [
  { orders: 30, amount: 900 },
  { orders: 12, amount: 150 },
  { orders: 4, amount: 60 },
  { orders: 1, amount: 5 },
] as const;

/** Customers of four kinds in turn that any sensible clustering tells apart, numbered `from` to before `to`. */
export function shoppers(from: number, to: number): Transaction[] {
  return Array.from({ length: to - from }, (_, i) => from + i).flatMap((n) => {
    const { orders, amount } = kinds[n % 4] ?? kinds[0];
    return Array.from({ length: orders }, (_, nth) => ({
      customer: `c${n}`,
      order: `c${n}-${nth}`,
      at: dayStart('2024-01-01') + BigInt(Math.floor((nth * 140) / orders) + (n % 5)) * DAY,
      amount: BigInt(amount + (n % 7)) * 10_000n,
      category: null,
      discount: null,
    }));
  });
}
