/** Round numbers between the two bounds: 1, 2 or 5 times a power of ten apart, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  const factor = lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
  const step = factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // A whole number of steps, so that 0.3 is not 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

/** `1.5`, `−0.2`, `120K`: short enough for an axis. */
export function tickLabel(value: number): string {
  const words = Math.abs(value) < 10_000 ? plain.format(value) : short.format(value);
  return words.replace('-', '\u2212');
}
