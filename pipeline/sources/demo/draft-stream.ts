import { createRandom, type Random } from '../../statistics/random.ts';
import { hostileAmounts, unknownCategories } from './corruption.ts';
import { createFaultDeck } from './fault-deck.ts';
import { extraRecords, faultQuotas, isExtra, type FaultKind } from './faults.ts';
import type { ResolvedOptions } from './options.ts';
import { deriveSeed } from './portable-math.ts';
import type { Draft, Preset } from './preset.ts';
import type { Visit } from './visits.ts';

export interface FaultyDraft {
  readonly draft: Draft;
  readonly fault: FaultKind | null;
}

const LANE = 7;
const DAY_SECONDS = 86_400;
const LATEST_SECONDS = 45 * DAY_SECONDS;
const REMEMBERED = 2048;
const CONFLICT_CENTS = 5000;

/** A late event lies between its customer's visit before and a day ago, so no two have the same time. */
function lateSeconds(visit: Visit, random: Random): number | null {
  const latest = visit.seconds - DAY_SECONDS;
  const earliest = Math.max(0, visit.previous + 1, visit.seconds - LATEST_SECONDS);
  return earliest > latest ? null : earliest + random.integer(latest - earliest + 1);
}

const unchanged = (draft: Draft): Draft => draft;

const alterations: Record<FaultKind, (draft: Draft, random: Random) => Draft> = {
  refund: (draft) => ({ ...draft, cents: -draft.cents, discountCents: 0, coupon: false }),
  wrong_type: (draft, random) => ({ ...draft, hostile: anyOf(hostileAmounts, random) }),
  unknown_category: (draft, random) => ({ ...draft, label: anyOf(unknownCategories, random) }),
  schema_drift: (draft) => ({ ...draft, drifted: true }),
  conflict: (draft, random) => ({
    ...draft,
    cents: draft.cents + 1 + random.integer(CONFLICT_CENTS),
  }),
  duplicate: unchanged,
  late: unchanged,
  malformed_json: unchanged,
  tombstone: unchanged,
  invalid_utf8: unchanged,
};

function anyOf(texts: readonly string[], random: Random): string {
  return texts[random.integer(texts.length)] ?? '';
}

/** The last clean drafts, to be repeated; a tombstone takes a customer from here and the present time. */
function createMemory(random: Random) {
  const clean: Draft[] = [];
  let remembered = 0;
  return {
    isEmpty: (): boolean => clean.length === 0,
    remember(draft: Draft): void {
      clean[remembered % REMEMBERED] = draft;
      remembered += 1;
    },
    recall(fault: 'duplicate' | 'conflict' | 'tombstone', now: number): Draft | undefined {
      const draft = clean[random.integer(clean.length)];
      if (draft === undefined) return undefined;
      return fault === 'tombstone' ? { ...draft, seconds: now } : alterations[fault](draft, random);
    },
  };
}

/** All drafts of the whole with their faults, each kind exactly as often as its share says. */
export function* createDraftStream(
  preset: Preset,
  options: ResolvedOptions,
): Generator<FaultyDraft, void, undefined> {
  const { whole, faults, seed } = options;
  const random = createRandom(deriveSeed(seed, LANE));
  const deck = createFaultDeck(faultQuotas(faults, whole), whole, random);
  const memory = createMemory(random);
  let now = 0;
  let sequence = 0;
  const visits = preset.visits(whole - extraRecords(faults, whole))[Symbol.iterator]();

  function base(visit: Visit, drawn: FaultKind | null): FaultyDraft {
    now = visit.seconds;
    const plain = preset.draft(visit, sequence);
    sequence += 1;
    const late = drawn === 'late' ? lateSeconds(visit, random) : null;
    const impossible = drawn === null || isExtra(drawn) || (drawn === 'late' && late === null);
    if (impossible) {
      memory.remember(plain);
      return { draft: plain, fault: null };
    }
    const draft = late === null ? plain : { ...plain, seconds: late };
    return { draft: alterations[drawn](draft, random), fault: drawn };
  }

  for (let position = 0; position < whole; position += 1) {
    const drawn = deck.draw();
    const recalled =
      drawn !== null && isExtra(drawn) && !memory.isEmpty() ? memory.recall(drawn, now) : undefined;
    if (recalled !== undefined) {
      deck.spend(drawn, drawn);
      yield { draft: recalled, fault: drawn };
      continue;
    }
    const next = visits.next();
    if (next.done === true) return;
    const record = base(next.value, drawn);
    deck.spend(drawn, record.fault);
    yield record;
  }
}
