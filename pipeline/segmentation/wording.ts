import type { ScoredK } from './scored-k.ts';

/** What a recipe does already against long tails, and so need not be advised. */
export type Treatment = 'as-they-are' | 'transformed' | 'winsorised';

/** "2", "2 and 3", "2, 3 and 4". */
export function listed(parts: readonly (string | number)[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? `${last}` : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** Rising k in short: "2", "2 and 3", "2 to 18", "2 to 5 and 9". */
export function namedKs(rows: readonly { readonly k: number }[]): string {
  const runs: [number, number][] = [];
  for (const { k } of rows) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === k) run[1] = k;
    else runs.push([k, k]);
  }
  const parts = runs.flatMap(([first, last]): (number | string)[] => {
    if (last - first > 1) return [`${first} to ${last}`];
    return first === last ? [first] : [first, last];
  });
  return listed(parts);
}

/** Two decimals; whole numbers from 100 on. */
export function figure(value: number): string {
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)}%`;
}

/** "5 customers (0.17%)", or the share alone where the number is not known. */
export function smallest({ smallest_size, smallest_share }: ScoredK): string {
  if (smallest_size === undefined) return `${percent(smallest_share)} of the customers`;
  const customers = smallest_size === 1 ? 'customer' : 'customers';
  return `${smallest_size.toLocaleString('en-US')} ${customers} (${percent(smallest_share)})`;
}
