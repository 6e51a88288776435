/** More of them than these tell nothing beside the largest of a column. */
const leadingDigits = 5;

/** From here on numbers are written with an exponent. */
const largestPlain = 1e15;

/** As it comes, so that the last bits of a sum, which depend on which thread came first, do not show. */
function rounded(value: number, digits: number): number {
  if (!Number.isFinite(value) || Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  return Number(value.toPrecision(digits));
}

function placesOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Places below the point that a column is widened to for the sake of a small number. */
const mostPlaces = 8;

/** So many places that no number but 0 looks like it, and two of its digits are seen, unless that would take too many. */
function placesThatTell(sizes: readonly number[], most: number): number {
  const small = sizes.filter((size) => size > 0 && Number(size.toFixed(most)) === 0);
  const needed = small.map((size) => 1 - Math.floor(Math.log10(size)));
  return Math.max(most, ...needed.filter((places) => places <= mostPlaces));
}

/** A number with so many decimals; one that they would make 0 of, with an exponent. */
function fixed(value: number, places: number): string {
  const text = value.toFixed(places);
  if (Number(text) !== 0) return text;
  return value === 0 ? (0).toFixed(places) : String(Number(value.toPrecision(3)));
}

/**
 * Numbers of one column as a person reads them below each other: so many decimals as the largest has use for, two at
 * least, more where a small one would look like 0, and no more than any of them needs. `digits` is what the type holds.
 */
export function numberTexts(
  values: readonly (number | null)[],
  digits: 7 | 12,
): readonly (string | null)[] {
  const known = values.map((value) => (value === null ? null : rounded(value, digits)));
  const sizes = known.flatMap((value) =>
    value !== null && Number.isFinite(value) ? [Math.abs(value)] : [],
  );
  const largest = Math.max(0, ...sizes);
  const isPlain = largest === 0 || (largest < largestPlain && largest >= 1e-9);
  if (!isPlain) return known.map((value) => (value === null ? null : String(value)));
  const enough = Math.max(2, leadingDigits - 1 - Math.floor(Math.log10(largest || 1)));
  const most = placesThatTell(sizes, enough);
  const needed = sizes.map((size) => placesOf(withoutZeros(size.toFixed(most))));
  const places = Math.max(0, ...needed);
  return known.map((value) => {
    if (value === null) return null;
    return Number.isFinite(value) ? fixed(value, places) : String(value);
  });
}

/** Decimals of one column without the zeros that all of them end in; two places stay. */
export function decimalTexts(values: readonly (string | null)[]): readonly (string | null)[] {
  const shown = values.filter((value) => value !== null);
  const scale = Math.max(0, ...shown.map(placesOf));
  const needed = Math.max(2, ...shown.map((value) => placesOf(withoutZeros(value))));
  const spare = scale - needed;
  return spare <= 0 ? values : values.map((value) => value?.slice(0, -spare) ?? null);
}
