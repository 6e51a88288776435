import { AppError } from '../../contract/errors.ts';
import { checkFaults, extraRecords, type FaultShares } from './faults.ts';
import { presetNames, type PresetName } from './preset-names.ts';

export interface GenerateOptions {
  readonly preset: PresetName;
  /** Records to emit, faulty ones included. */
  readonly count: number;
  readonly seed: number;
  /** Chosen to fit the number of records unless given; give it where presets shall join. */
  readonly customers?: number;
  /** The last day of the period, `YYYY-MM-DD`. */
  readonly end?: string;
  readonly months?: number;
  /** Gives `bank` records a `transaction_id`. */
  readonly transactionIds?: boolean;
  readonly faults?: FaultShares;
  /** Leaves out the first N records. */
  readonly skip?: number;
  /**
   * Records of the whole period, of which `skip` and `count` cut a piece; their sum unless given.
   * Pieces of the same whole continue each other; pieces of different wholes share customers and
   * no ids, but the later one's times lie among the earlier one's.
   */
  readonly whole?: number;
}

export interface ResolvedOptions {
  readonly preset: PresetName;
  readonly count: number;
  readonly seed: number;
  readonly customers: number;
  /** Midnight UTC of the first day. */
  readonly startMs: number;
  readonly days: number;
  readonly transactionIds: boolean;
  readonly faults: FaultShares;
  readonly skip: number;
  readonly whole: number;
}

export const DAY_MS = 86_400_000;
const DEFAULT_END = '2025-06-30';
const DEFAULT_MONTHS = 24;
const LARGEST_COUNT = 1_000_000_000;
const LARGEST_CUSTOMERS = 10_000_000;

const RECORDS_PER_CUSTOMER: Record<PresetName, number> = {
  bank: 12,
  bridgecart: 12,
  orders: 12,
  engagement: 24,
  demographics: 1,
};

function whole(name: string, value: number, range: { from: number; to: number }): number {
  if (Number.isSafeInteger(value) && value >= range.from && value <= range.to) return value;
  throw new AppError('BAD_USAGE', {
    problem: `${name} must be a whole number from ${range.from} to ${range.to}, not ${value}.`,
  });
}

function period(end: string, months: number): { startMs: number; days: number } {
  const lastDay = /^\d{4}-\d{2}-\d{2}$/.test(end) ? Date.parse(`${end}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(lastDay) || new Date(lastDay).toISOString().slice(0, 10) !== end) {
    throw new AppError('BAD_USAGE', {
      problem: `The end of the period must be a day such as ${DEFAULT_END}, not "${end}".`,
    });
  }
  const endMs = lastDay + DAY_MS;
  const dayAfter = new Date(endMs);
  const startMs = Date.UTC(
    dayAfter.getUTCFullYear(),
    dayAfter.getUTCMonth() - months,
    dayAfter.getUTCDate(),
  );
  return { startMs, days: Math.round((endMs - startMs) / DAY_MS) };
}

/** Fills in defaults and refuses what cannot be generated: PRESET_UNKNOWN or BAD_USAGE. */
export function resolveOptions(options: GenerateOptions): ResolvedOptions {
  const { preset, faults = {}, transactionIds = false } = options;
  if (!presetNames.includes(preset)) {
    throw new AppError('PRESET_UNKNOWN', { preset, known: presetNames.join(', ') });
  }
  const seed = whole('The seed', options.seed, { from: 0, to: Number.MAX_SAFE_INTEGER });
  const count = whole('The count', options.count, { from: 0, to: LARGEST_COUNT });
  const skip = whole('What to skip', options.skip ?? 0, { from: 0, to: LARGEST_COUNT });
  const size = whole('The whole', options.whole ?? skip + count, {
    from: skip + count,
    to: 2 * LARGEST_COUNT,
  });
  const fitting = Math.max(1, Math.round(size / RECORDS_PER_CUSTOMER[preset]));
  const customers = whole(
    'The number of customers',
    options.customers ?? Math.min(fitting, LARGEST_CUSTOMERS),
    { from: 1, to: LARGEST_CUSTOMERS },
  );
  const months = whole('The months', options.months ?? DEFAULT_MONTHS, { from: 1, to: 240 });
  checkFaults(faults, { preset, transactionIds, whole: size });
  if (preset === 'demographics' && size - extraRecords(faults, size) > customers) {
    const problem = `${customers} customers have one demographics record each, not ${size} together.`;
    throw new AppError('BAD_USAGE', { problem });
  }
  const { startMs, days } = period(options.end ?? DEFAULT_END, months);
  return {
    preset,
    count,
    seed,
    customers,
    startMs,
    days,
    transactionIds,
    faults,
    skip,
    whole: size,
  };
}
