import type { FeatureInfo } from '../../../pipeline/contract/features.ts';

type Unit = FeatureInfo['unit'];

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const places = [2, 1, 0].map(
  (digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }),
);
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 10 });
const two = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** With the minus that people write, as wide as a plus. */
const signed = (text: string): string => text.replace('-', '\u2212');

/** Three digits or four: `0.25`, `41.2`, `1,540`, `12.3K`. */
function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 9999.5) return signed(compact.format(value));
  const [small = two, middle = two, large = two] = places;
  return signed((size >= 99.95 ? large : size >= 9.995 ? middle : small).format(value));
}

export const unitWords: Readonly<Record<Unit, string>> = {
  days: 'days',
  count: 'count',
  money: 'money',
  share: 'share',
  number: 'number',
};

export const none = '–';

/** A value in the feature's own units, short enough for a table: `12.3K`, `41.2 d`, `8.5%`. */
export function formatValue(value: number | null, unit: Unit): string {
  if (value === null) return none;
  switch (unit) {
    case 'days':
      return `${short(value)} d`;
    case 'share':
      return signed(percent.format(value));
    case 'count':
    case 'money':
    case 'number':
      return short(value);
  }
}

function whole(value: number): string {
  return signed(exact.format(Number(value.toPrecision(15)) + 0));
}

/** A value that was chosen in steps, whole as it is: rounded it might not lead where it should. */
export function formatExact(value: number, unit: Unit): string {
  if (unit === 'share') return `${whole(value * 100)}%`;
  return unit === 'days' ? `${whole(value)} d` : whole(value);
}

/** A number without a unit, to two places while it is small: skewness, correlation, lambda. */
export function formatPlain(value: number | null): string {
  if (value === null) return none;
  if (Math.abs(value) >= 99.995) return short(value);
  // A rounded -0.001 is 0, not -0.
  return signed(two.format(Number(value.toFixed(2)) + 0));
}

/** A share of a whole that is never shown as nothing or as everything when it is not. */
export function formatShare(value: number | null): string {
  if (value === null) return none;
  if (value > 0 && value < 0.001) return '<0.1%';
  if (value < 1 && value > 0.999) return '>99.9%';
  return percent.format(value);
}

/** Whether one feature of several takes so much of the distances that the others hardly count. */
export function dominates(share: number | null, features: number): boolean {
  return share !== null && share > Math.max(0.5, 1.5 / features);
}
