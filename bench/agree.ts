import type { Overall } from './strata.ts';

const RELATIVE = 1e-9;

function same(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= RELATIVE * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Refuses to compare the speed of two that did not do the same work. */
export function requireAgreement(results: Readonly<Record<string, Overall>>): void {
  const [first, ...others] = Object.entries(results);
  if (first === undefined) return;
  const [name, expected] = first;
  for (const [other, found] of others) {
    const names = Object.keys(expected) as (keyof Overall)[];
    const apart = names.filter((kpi) => !same(expected[kpi], found[kpi]));
    if (apart.length > 0) {
      const detail = apart.map((kpi) => `${kpi} ${expected[kpi]} and ${found[kpi]}`).join(', ');
      throw new Error(`${name} and ${other} do not agree on ${detail}.`);
    }
  }
}
