/** A transaction as the twin sees it: the amount in ten-thousandths, the time in microseconds since 1970. */
export interface Transaction {
  readonly customer: string;
  readonly order: string;
  readonly at: bigint;
  readonly amount: bigint;
  readonly category: string | null;
  readonly discount: bigint | null;
}

export const DAY = 86_400_000_000n;

/** Microseconds at the start of a day written YYYY-MM-DD. */
export const dayStart = (day: string): bigint => BigInt(Date.parse(`${day}T00:00:00Z`)) * 1000n;

export const dayText = (micros: bigint): string =>
  new Date(Number(micros / 1000n)).toISOString().slice(0, 10);

/** The number of the day that an instant falls on; all instants here are after 1970. */
export const dayNumber = (micros: bigint): number => Number(micros / DAY);

/** Numbers from 0 to 1 that a test gets again whenever it asks with the same seed (xorshift32). */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export interface RandomOptions {
  readonly seed: number;
  readonly customers: number;
  readonly transactions: number;
  readonly from: string;
  readonly days: number;
}

const CATEGORIES = ['grocery', 'fuel', 'Home & Garden', "O'Brien", null];

/** Purchases, refunds, purchases of nothing, several in one day, at midnight exactly, some customers with refunds alone. */
export function randomTransactions(options: RandomOptions): Transaction[] {
  const { seed, customers, transactions, from, days } = options;
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const start = dayStart(from);
  return Array.from({ length: transactions }, (_, i) => {
    const customer = below(customers);
    const kind = below(20);
    const size = BigInt(below(5_000_000)) + 1n;
    const onlyRefunds = customer % 17 === 3;
    const amount = onlyRefunds || kind < 3 ? -size : kind === 3 ? 0n : size;
    const within =
      kind % 5 === 0 ? 0n : BigInt(below(86_400)) * 1_000_000n + BigInt(below(1_000_000));
    return {
      customer: `c${customer}`,
      order: `o${i}`,
      at: start + BigInt(below(days)) * DAY + within,
      amount,
      category: CATEGORIES[below(CATEGORIES.length)] ?? null,
      discount: kind % 4 === 0 ? null : kind % 4 === 1 ? 0n : BigInt(below(1000)),
    };
  });
}

/** Ten-thousandths as DECIMAL(18,4) writes them. */
export function moneyText(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(5, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
