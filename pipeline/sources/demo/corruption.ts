import type { Random } from '../../statistics/random.ts';
import { customerId } from './population.ts';
import type { Draft } from './preset.ts';

/** What other senders put where an amount belongs, as JSON text. None of it is a number one may count. */
export const hostileAmounts = [
  'null',
  '""',
  'true',
  '"0x10"',
  '[12.5]',
  '{"v":1}',
  '"twelve"',
  'NaN',
] as const;

export const unknownCategories = ['Misc???', 'géschenke', '__proto__', 'CATEGORY_9917'] as const;

/** Bytes that no UTF-8 has: a stray byte, a cut sequence, a surrogate, an overlong slash, beyond U+10FFFF. */
const INVALID_UTF8 = [
  [0xff],
  [0xc3, 0x28],
  [0xed, 0xa0, 0x80],
  [0xc0, 0xaf],
  [0xf5, 0x80, 0x80, 0x80],
];

const SPOILERS: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, 1 + random.integer(text.length - 1)),
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace('":', '" '),
  (text) => text.replace(',"', ' "'),
  (text) => `${text}}`,
  (text) => `customer bought: ${text}`,
];

/** No JSON any more, whichever way. */
export function spoilJson(text: string, random: Random): string {
  const spoil = SPOILERS[random.integer(SPOILERS.length)];
  return spoil === undefined ? '' : spoil(text, random);
}

const encoder = new TextEncoder();

/** The record's bytes with an invalid sequence in the place of one character of its customer id. */
export function spoilUtf8(text: string, draft: Draft, random: Random): Uint8Array {
  const invalid = INVALID_UTF8[random.integer(INVALID_UTF8.length)] ?? [];
  const place = text.indexOf(customerId(draft.customer)) + 2;
  const before = encoder.encode(text.slice(0, place));
  const after = encoder.encode(text.slice(place + 1));
  const bytes = new Uint8Array(before.length + invalid.length + after.length);
  bytes.set(before);
  bytes.set(invalid, before.length);
  bytes.set(after, before.length + invalid.length);
  return bytes;
}
