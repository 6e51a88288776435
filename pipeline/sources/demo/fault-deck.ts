import type { Random } from '../../statistics/random.ts';
import { faultKinds, type FaultKind } from './faults.ts';

export interface FaultDeck {
  /** The fault of the next record, or null for a clean one. */
  draw(): FaultKind | null;
  /** What the record became: a drawn fault that was not possible there stays in the deck for later. */
  spend(drawn: FaultKind | null, used: FaultKind | null): void;
}

/** Deals exact quotas over `whole` records at random places: selection sampling, Knuth 3.4.2 S. */
export function createFaultDeck(quotas: number[], whole: number, random: Random): FaultDeck {
  const left = [...quotas];
  let faulty = left.reduce((sum, quota) => sum + quota, 0);
  let records = whole;

  function take(kind: FaultKind): void {
    const index = faultKinds.indexOf(kind);
    left[index] = (left[index] ?? 0) - 1;
    faulty -= 1;
  }

  function draw(): FaultKind | null {
    if (faulty === 0) return null;
    let place = random.float() * records;
    if (place >= faulty) return null;
    for (const [index, kind] of faultKinds.entries()) {
      place -= left[index] ?? 0;
      if (place < 0) return kind;
    }
    return null;
  }

  function spend(drawn: FaultKind | null, used: FaultKind | null): void {
    const noCleanLeft = faulty === records;
    if (used !== null) take(used);
    else if (drawn !== null && noCleanLeft) take(drawn);
    records -= 1;
  }

  return { draw, spend };
}
