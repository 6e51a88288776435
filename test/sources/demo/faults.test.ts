import { describe, expect, test } from 'vitest';
import { AppError } from '../../../pipeline/contract/errors.ts';
import { demoPlan } from '../../../pipeline/sources/demo/demo-plan.ts';
import { faultKinds, type FaultKind } from '../../../pipeline/sources/demo/faults.ts';
import { generate } from '../../../pipeline/sources/demo/generate.ts';
import type { GenerateOptions } from '../../../pipeline/sources/demo/options.ts';
import type { PresetName } from '../../../pipeline/sources/demo/preset-names.ts';
import { generateAll, textOf } from './read-records.ts';
import { createStrictReader, type Expectation } from './strict-reader.ts';

const bankKnown = ['grocery', 'fuel', 'dining', 'entertainment', 'utilities', 'health', 'travel'];
const shopKnown = ['Clothing', 'Home', 'Groceries', 'Electronics', 'Beauty', 'Sports', 'Books'];

const expectations: Record<PresetName, Expectation> = {
  bank: {
    fields: ['transaction_id', 'customer_id', 'amount', 'category', 'timestamp'],
    time: 'timestamp',
    amount: 'amount',
    category: { field: 'category', known: bankKnown },
    identity: ['customer_id', 'transaction_id'],
  },
  bridgecart: {
    fields:
      'customer_id,name,age,income,gender,mobile,purchase_date,purchase_amount,coupon_used,discount_amount,payment_method,product_category'.split(
        ',',
      ),
    time: 'purchase_date',
    amount: 'purchase_amount',
    category: { field: 'product_category', known: shopKnown },
    identity: ['customer_id', 'purchase_date'],
  },
  orders: {
    fields: ['order_id', 'customer_id', 'order_ts', 'amount', 'category', 'currency'],
    time: 'order_ts',
    amount: 'amount',
    category: { field: 'category', known: shopKnown },
    identity: ['customer_id', 'order_id'],
  },
  engagement: {
    fields: ['customer_id', 'event', 'channel', 'timestamp'],
    time: 'timestamp',
    amount: null,
    category: null,
    identity: null,
  },
  demographics: {
    fields: ['customer_id', 'name', 'age', 'income', 'gender', 'region', 'signup_date'],
    time: null,
    amount: null,
    category: null,
    identity: ['customer_id'],
  },
};

const everyFault = {
  duplicate: 0.02,
  late: 0.03,
  malformed_json: 0.01,
  wrong_type: 0.012,
  refund: 0.025,
  unknown_category: 0.007,
  schema_drift: 0.015,
  tombstone: 0.006,
  conflict: 0.004,
  invalid_utf8: 0.005,
};

const cases: GenerateOptions[] = [
  { preset: 'bank', count: 20_000, seed: 3, transactionIds: true, faults: everyFault },
  { preset: 'bridgecart', count: 20_000, seed: 4, faults: everyFault },
  { preset: 'orders', count: 20_000, seed: 5, customers: 400, faults: everyFault },
  {
    preset: 'engagement',
    count: 20_000,
    seed: 6,
    faults: {
      late: 0.03,
      malformed_json: 0.01,
      wrong_type: 0.01,
      schema_drift: 0.02,
      tombstone: 0.01,
      invalid_utf8: 0.01,
    },
  },
  {
    preset: 'demographics',
    count: 5000,
    seed: 7,
    faults: { malformed_json: 0.02, schema_drift: 0.05, tombstone: 0.02, invalid_utf8: 0.01 },
  },
];

function countFaults(faults: Iterable<FaultKind | null>): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(faultKinds.map((kind) => [kind, 0]));
  for (const fault of faults) if (fault !== null) counts[fault] = (counts[fault] ?? 0) + 1;
  return counts;
}

const quarantined = new Set<FaultKind | null>([
  'malformed_json',
  'wrong_type',
  'conflict',
  'invalid_utf8',
]);

test.each(cases)('an independent reader finds in $preset exactly what was injected', (options) => {
  const { records, tally } = generateAll(options);
  const read = createStrictReader(expectations[options.preset]);
  const found = records.map((record) => read(record));
  expect(found).toEqual(records.map((record) => record.fault));
  const asked = faultKinds.map((kind) => [
    kind,
    Math.round((options.faults?.[kind] ?? 0) * options.count),
  ]);
  expect(tally.injected).toEqual(Object.fromEntries(asked));
  expect(countFaults(found)).toEqual(tally.injected);
  const quarantine = found.filter((fault) => quarantined.has(fault)).length;
  const duplicate = found.filter((fault) => fault === 'duplicate').length;
  const ignored = found.filter((fault) => fault === 'tombstone').length;
  const accepted = options.count - quarantine - duplicate - ignored;
  expect(tally.expected).toEqual({ accepted, duplicate, quarantined: quarantine, ignored });
  expect(records).toHaveLength(options.count);
});

test('every hostile value takes the place of an amount', () => {
  const faults = { wrong_type: 0.2 };
  const { records } = generateAll({ preset: 'orders', count: 2000, seed: 1, faults });
  const hostile = records
    .filter((record) => record.fault === 'wrong_type')
    .map((record) => /"amount":(.*),"category"/.exec(textOf(record))?.[1]);
  const all = ['null', '""', 'true', '"0x10"', '[12.5]', '{"v":1}', '"twelve"', 'NaN'];
  expect(new Set(hostile)).toEqual(new Set(all));
});

test.each(['bank', 'orders', 'bridgecart'] as const)(
  'all money of %s has two decimals',
  (preset) => {
    const { records } = generateAll({ preset, count: 20_000, seed: 9, faults: { refund: 0.05 } });
    const money = /"(?:purchase_|discount_)?amount":([^,}]*)/g;
    const amounts = records.flatMap((one) => [...textOf(one).matchAll(money)].map((hit) => hit[1]));
    expect(amounts.length).toBe(preset === 'bridgecart' ? 40_000 : 20_000);
    expect(amounts.filter((amount) => !/^-?(0|[1-9]\d*)\.\d\d$/.test(amount ?? ''))).toEqual([]);
  },
);

test('a late event comes at least a day and often weeks after its time', () => {
  const { records } = generateAll({
    preset: 'bank',
    count: 20_000,
    seed: 2,
    faults: { late: 0.05 },
  });
  const delays: number[] = [];
  let now = Number.POSITIVE_INFINITY;
  for (const { timestamp, fault } of records.toReversed()) {
    if (fault === 'late') delays.push((now - timestamp) / 86_400_000);
    else now = timestamp;
  }
  expect(delays).toHaveLength(1000);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(1);
  expect(delays.filter((days) => days > 7).length).toBeGreaterThan(300);
});

describe('what cannot be generated is refused before the first record', () => {
  const bank: GenerateOptions = { preset: 'bank', count: 10, seed: 1 };
  const unknown = { ...bank, preset: 'banc' as PresetName };
  test.each<[string, GenerateOptions, string]>([
    ['an unknown preset', unknown, 'PRESET_UNKNOWN'],
    ['duplicates of what has no id', { ...bank, faults: { duplicate: 0.1 } }, 'BAD_USAGE'],
    [
      'conflicts of events',
      { ...bank, preset: 'engagement', faults: { conflict: 0.1 } },
      'BAD_USAGE',
    ],
    [
      'refunds of people',
      { ...bank, preset: 'demographics', faults: { refund: 0.1 } },
      'BAD_USAGE',
    ],
    ['a share above one', { ...bank, faults: { late: 1.5 } }, 'BAD_USAGE'],
    ['a share that is no number', { ...bank, faults: { late: Number.NaN } }, 'BAD_USAGE'],
    ['nothing but faults', { ...bank, faults: { late: 0.5, refund: 0.5 } }, 'BAD_USAGE'],
    ['an unknown fault', { ...bank, faults: { lost: 0.1 } as object }, 'BAD_USAGE'],
    ['a negative count', { ...bank, count: -1 }, 'BAD_USAGE'],
    ['half a seed', { ...bank, seed: 0.5 }, 'BAD_USAGE'],
    ['no customers', { ...bank, customers: 0 }, 'BAD_USAGE'],
    ['a day that does not exist', { ...bank, end: '2025-02-30' }, 'BAD_USAGE'],
    ['a whole smaller than its piece', { ...bank, whole: 9 }, 'BAD_USAGE'],
    ['more people than customers', { ...bank, preset: 'demographics', customers: 9 }, 'BAD_USAGE'],
  ])('%s', (_, options, code) => {
    const refused = (): unknown => generate(options);
    expect(refused).toThrow(AppError);
    expect(refused).toThrow(expect.objectContaining({ code }));
  });

  test('while nothing at all, one record, and one customer for many are fine', () => {
    expect(generateAll({ ...bank, count: 0 }).records).toEqual([]);
    expect(generateAll({ ...bank, count: 1 }).records).toHaveLength(1);
    const dense = generateAll({ preset: 'bridgecart', count: 5000, seed: 1, customers: 1 });
    expect(new Set(dense.records.map((record) => record.timestamp)).size).toBe(5000);
  });
});

test('the demo plan makes every fault and about a dozen purchases a customer', () => {
  const [demographics, purchases, engagement] = demoPlan(500, 42).map(generateAll);
  expect(demographics?.records).toHaveLength(500);
  expect(purchases?.records).toHaveLength(6000);
  expect(engagement?.records).toHaveLength(12_000);
  expect(Object.values(purchases?.tally.injected ?? {}).every((count) => count > 0)).toBe(true);
  expect(purchases?.tally.expected.accepted).toBeGreaterThan(0.97 * 6000);
});
