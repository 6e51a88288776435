import { createRandom } from '../../statistics/random.ts';
import { createCalendar } from './calendar.ts';
import { createDraftStream, type FaultyDraft } from './draft-stream.ts';
import { spoilJson, spoilUtf8 } from './corruption.ts';
import { countRecord, emptyTally, type FaultKind, type Tally } from './faults.ts';
import { resolveOptions, type GenerateOptions, type ResolvedOptions } from './options.ts';
import { createPopulation, customerId } from './population.ts';
import { deriveSeed } from './portable-math.ts';
import type { Preset, Scene } from './preset.ts';
import type { PresetName } from './preset-names.ts';
import { createBank } from './presets/bank.ts';
import { createBridgecart } from './presets/bridgecart.ts';
import { createDemographics } from './presets/demographics.ts';
import { createEngagement } from './presets/engagement.ts';
import { createOrders } from './presets/orders.ts';

export interface GeneratedRecord {
  /** The customer's id. */
  readonly key: string | null;
  /** JSON text as UTF-8, unless the fault says otherwise; null is a tombstone. */
  readonly value: Uint8Array | null;
  /** When it happened, ms since 1970 UTC. */
  readonly timestamp: number;
  readonly fault: FaultKind | null;
}

const presetMakers: Record<PresetName, (scene: Scene) => Preset> = {
  bank: createBank,
  bridgecart: createBridgecart,
  orders: createOrders,
  engagement: createEngagement,
  demographics: createDemographics,
};

const LANE = 5;
const CORRUPTION_LANE = 6;
const encoder = new TextEncoder();

function createScene(options: ResolvedOptions): Scene {
  const { seed, startMs, days, customers, transactionIds } = options;
  return {
    seed,
    startMs,
    transactionIds,
    population: createPopulation(customers, seed, days),
    calendar: createCalendar(startMs, days, seed),
    random: createRandom(deriveSeed(seed, LANE)),
  };
}

interface Rendering {
  readonly preset: Preset;
  /** What the corruption is drawn from, so that it depends on nothing but the record's place. */
  readonly corruptionSeed: number;
}

function valueOf({ draft, fault }: FaultyDraft, rendering: Rendering): Uint8Array | null {
  if (fault === 'tombstone') return null;
  const text = rendering.preset.text(draft);
  if (fault !== 'malformed_json' && fault !== 'invalid_utf8') return encoder.encode(text);
  const random = createRandom(rendering.corruptionSeed);
  if (fault === 'invalid_utf8') return spoilUtf8(text, draft, random);
  return encoder.encode(spoilJson(text, random));
}

function* emit(options: ResolvedOptions): Generator<GeneratedRecord, Tally, undefined> {
  const tally = emptyTally();
  const { startMs, skip, count, seed } = options;
  if (count === 0) return tally;
  const scene = createScene(options);
  const preset = presetMakers[options.preset](scene);
  let position = 0;
  for (const faulty of createDraftStream(preset, options)) {
    position += 1;
    if (position <= skip) continue;
    const { draft, fault } = faulty;
    const corruptionSeed = deriveSeed(seed, CORRUPTION_LANE, position);
    const value = valueOf(faulty, { preset, corruptionSeed });
    countRecord(tally, fault);
    const timestamp = startMs + draft.seconds * 1000;
    yield { key: customerId(draft.customer), value, timestamp, fault };
    if (position === skip + count) return tally;
  }
  return tally;
}

/**
 * Believable customer events in the order of their arrival, which is the order of time but for late
 * ones and duplicates. The same options give the same bytes on every machine. The generator returns
 * what it injected and what should become of it; with `skip` that holds for a reader who has also
 * seen the records left out. PRESET_UNKNOWN and BAD_USAGE are thrown at once, before the first record.
 */
export function generate(options: GenerateOptions): Generator<GeneratedRecord, Tally, undefined> {
  return emit(resolveOptions(options));
}
