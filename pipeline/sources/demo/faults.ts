import { AppError } from '../../contract/errors.ts';
import type { PresetName } from './preset-names.ts';

export const faultKinds = [
  'duplicate',
  'late',
  'malformed_json',
  'wrong_type',
  'refund',
  'unknown_category',
  'schema_drift',
  'tombstone',
  'conflict',
  'invalid_utf8',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Shares of all records, 0 to 1. */
export type FaultShares = Readonly<Partial<Record<FaultKind, number>>>;
export type Outcome = 'accepted' | 'duplicate' | 'quarantined' | 'ignored';

/** Where a pipeline that keeps DESIGN.md's promises puts a record with this fault. */
const outcomes: Record<FaultKind, Outcome> = {
  duplicate: 'duplicate',
  late: 'accepted',
  malformed_json: 'quarantined',
  wrong_type: 'quarantined',
  refund: 'accepted',
  unknown_category: 'accepted',
  schema_drift: 'accepted',
  tombstone: 'ignored',
  conflict: 'quarantined',
  invalid_utf8: 'quarantined',
};

export interface Tally {
  readonly injected: Record<FaultKind, number>;
  readonly expected: Record<Outcome, number>;
}

export function emptyTally(): Tally {
  const injected = Object.fromEntries(faultKinds.map((kind) => [kind, 0]));
  return {
    injected: injected as Record<FaultKind, number>,
    expected: { accepted: 0, duplicate: 0, quarantined: 0, ignored: 0 },
  };
}

/** Counts one record: its fault, and what is expected to become of it. */
export function countRecord(tally: Tally, fault: FaultKind | null): void {
  if (fault !== null) tally.injected[fault] += 1;
  tally.expected[fault === null ? 'accepted' : outcomes[fault]] += 1;
}

/** Faults that are records of their own; the others alter a record that would have come anyway. */
export function isExtra(kind: FaultKind): kind is 'duplicate' | 'conflict' | 'tombstone' {
  return kind === 'duplicate' || kind === 'conflict' || kind === 'tombstone';
}

/** How many records of each kind, in the order of `faultKinds`. */
export function faultQuotas(shares: FaultShares, whole: number): number[] {
  return faultKinds.map((kind) => Math.round((shares[kind] ?? 0) * whole));
}

/** How many records are added to those that would have come anyway. */
export function extraRecords(shares: FaultShares, whole: number): number {
  const quotas = faultQuotas(shares, whole);
  return faultKinds.reduce((sum, kind, at) => sum + (isExtra(kind) ? (quotas[at] ?? 0) : 0), 0);
}

function refusal(kind: FaultKind, preset: PresetName, identified: boolean): string | null {
  const needsIdentity = kind === 'duplicate' || kind === 'conflict';
  if (needsIdentity && !identified) return 'its records have no identity of their own';
  if (preset === 'demographics' && (kind === 'late' || kind === 'wrong_type')) {
    return 'its records have neither an amount nor an event time';
  }
  const needsMoney = kind === 'refund' || kind === 'unknown_category' || kind === 'conflict';
  if (needsMoney && (preset === 'engagement' || preset === 'demographics')) {
    return 'its records are not purchases';
  }
  return null;
}

/** BAD_USAGE for shares that are no shares, leave no clean record, or mean nothing for the preset. */
export function checkFaults(
  shares: FaultShares,
  scope: { preset: PresetName; transactionIds: boolean; whole: number },
): void {
  const { preset, whole } = scope;
  const identified =
    preset === 'bridgecart' || preset === 'orders' || (preset === 'bank' && scope.transactionIds);
  for (const [name, share] of Object.entries(shares)) {
    const kind = faultKinds.find((known) => known === name);
    if (kind === undefined) {
      const problem = `There is no fault "${name}"; known are ${faultKinds.join(', ')}.`;
      throw new AppError('BAD_USAGE', { problem });
    }
    if (!(share >= 0 && share <= 1)) {
      const problem = `The share of the fault "${name}" must be from 0 to 1, not ${share}.`;
      throw new AppError('BAD_USAGE', { problem });
    }
    const reason = share > 0 ? refusal(kind, preset, identified) : null;
    if (reason !== null) {
      const problem = `The fault "${name}" means nothing for the preset ${preset}: ${reason}.`;
      throw new AppError('BAD_USAGE', { problem });
    }
  }
  const faulty = faultQuotas(shares, whole).reduce((sum, quota) => sum + quota, 0);
  if (faulty > 0 && faulty >= whole) {
    throw new AppError('BAD_USAGE', { problem: 'The faults leave no clean record.' });
  }
}
