const suffixes = ['', 'k', 'M', 'B', 'T', 'Q'] as const;

const withoutZeros = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;

const grouped = (text: string): string => {
  const [whole = '', part] = text.split('.');
  const thousands = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? thousands : `${thousands}.${part}`;
};

const signed = (value: number, text: string, plus: boolean): string =>
  value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : plus && value > 0 ? `+${text}` : text;

/** The formats of d3 that our figures use: `+,.1%`, `,~r`, `,.2f`, `.4~g`; null for another. */
export function formatted(value: number, format: string): string | null {
  const found = /^(\+)?(,)?(?:\.(\d{1,2}))?(~)?([%frgd])?$/.exec(format);
  if (found === null) return null;
  const [, plus, comma, places, trim, type] = found;
  const size = Math.abs(value);
  const digits = places === undefined ? 6 : Number(places);
  let text: string;
  if (type === '%') text = (size * 100).toFixed(digits);
  else if (type === 'f') text = size.toFixed(digits);
  else if (type === 'd') text = size.toFixed(0);
  else text = plainText(Number(size.toPrecision(Math.max(1, digits))));
  if (trim !== undefined) text = withoutZeros(text);
  if (comma !== undefined && !text.includes('e')) text = grouped(text);
  return signed(value, type === '%' ? `${text}%` : text, plus !== undefined);
}

function plainText(size: number): string {
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return size.toExponential();
  return withoutZeros(size.toFixed(10));
}

/** A tick's number with as many digits as the step between ticks needs. */
export function tickText(value: number, step: number, largest: number): string {
  const size = Math.abs(value);
  if (largest >= 1e18 || (largest !== 0 && largest < 1e-6)) return value.toExponential(1);
  const power = largest >= 1e5 ? Math.min(5, Math.floor(Math.log10(largest) / 3)) : 0;
  const unit = 1000 ** power;
  const places = Math.max(0, Math.min(8, -Math.floor(Math.log10(step / unit) + 1e-9)));
  const text = withoutZeros((size / unit).toFixed(places));
  const suffix = size === 0 ? '' : (suffixes[power] ?? '');
  return signed(value, `${grouped(text)}${suffix}`, false);
}
