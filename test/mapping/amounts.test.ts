import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';
import { fatesOf } from './fates-of.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

const amountOf = (value: string): string =>
  `{"customer_id":"c","timestamp":"2024-01-01","amount":${value}}`;

test('what is no number is never an amount, and the reason says whether it was missing or wrong', async () => {
  const missing = ['null', '""', '" "', '"  "'];
  const malformed = [
    'NaN',
    'Infinity',
    '-Infinity',
    '1.',
    '01',
    '.5',
    '+5',
    '0x10',
    '1_000',
    "'1'",
    '',
  ];
  const invalid = [
    ...[
      'true',
      'false',
      '"0x10"',
      '[12.5]',
      '[]',
      '{}',
      '{"v":1}',
      '"twelve"',
      '1e400',
      '-1e400',
      '"1e400"',
    ],
    ...[
      '"1_000"',
      '"１２"',
      '"١٢"',
      '"12,5"',
      '"1 2"',
      '"1,000.00"',
      '"$5"',
      '"5-"',
      '"--5"',
      '"NaN"',
      '"nan"',
    ],
    ...[
      '"Infinity"',
      '"inf"',
      '"-"',
      '"."',
      '"1e"',
      '"e5"',
      '"0b11"',
      '"0x1p3"',
      '"1d"',
      '"12\\u0000"',
      '"true"',
    ],
    ...[
      '"100000000000000"',
      '100000000000000',
      '1e17',
      '123456789012345678901234567890',
      '"99999999999999.99995"',
    ],
  ];
  const fates = await fatesOf(workspace, amountOf, [...missing, ...malformed, ...invalid]);
  const reasons = fates.map(({ outcome, amount }) => [outcome, amount]);
  expect(reasons).toEqual([
    ...missing.map(() => ['missing_amount', null]),
    ...malformed.map(() => ['malformed_json', null]),
    ...invalid.map(() => ['invalid_amount', null]),
  ]);
});

test('a number is taken to the last of four decimal places, and one that JSON blurs is refused', async () => {
  const exact = {
    '"12.50"': '12.5000',
    '12.5': '12.5000',
    '1e3': '1000.0000',
    '"1E+2"': '100.0000',
    '-0': '0.0000',
    '-0.0001': '-0.0001',
    '19.990000000000002': '19.9900',
    '0.30000000000000004': '0.3000',
    '"0.00005"': '0.0001',
    '"  7 "': '7.0000',
    '"99999999999999.9999"': '99999999999999.9999',
    '"-99999999999999.9999"': '-99999999999999.9999',
    '"12345678901234.5678"': '12345678901234.5678',
    '99999999999999': '99999999999999.0000',
    '9007199254.7409': '9007199254.7409',
    '12345678901234.5': '12345678901234.5000',
  };
  const fates = await fatesOf(workspace, amountOf, Object.keys(exact));
  expect(fates.map(({ outcome, amount }) => [outcome, amount])).toEqual(
    Object.values(exact).map((amount) => ['accepted', amount]),
  );
  // Each is the neighbour of a double that prints shorter: taking what comes back would be off in the last place.
  const blurred = [
    '12345678901234.5678',
    '12345678901234.5671',
    '12345678901234.5661',
    '614691436973.5601',
  ];
  for (const text of blurred) expect(String(Number(text))).not.toBe(text);
  const inexact = await fatesOf(workspace, amountOf, blurred);
  expect(inexact.map(({ outcome }) => outcome)).toEqual(blurred.map(() => 'inexact_amount'));
});

test('no JSON number at random is accepted with another value than it has', async () => {
  const texts = Array.from({ length: 3000 }, (_, i) => {
    const whole = String(10n ** BigInt(9 + (i % 6)) + BigInt(i) * 7_654_321_987n).slice(
      0,
      10 + (i % 5),
    );
    return `${whole}.${String((i * 7919) % 10_000).padStart(4, '0')}`;
  });
  const fates = await fatesOf(workspace, amountOf, texts);
  const wrong = fates.filter(
    ({ position, outcome, amount }) => outcome === 'accepted' && amount !== texts[position - 1],
  );
  expect(wrong).toEqual([]);
  expect(fates.filter(({ outcome }) => outcome === 'accepted').length).toBeGreaterThan(1000);
});
