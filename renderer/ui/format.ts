const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const amount = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 2,
});
const percent = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const signedPercent = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

export type NumberFormat = 'amount' | 'percent' | 'signed-percent';

export function formatCount(value: number): string {
  return count.format(value);
}

/** `12,345.60` in full; `1.23M` from ten million on, where pennies say nothing. */
export function formatAmount(value: number): string {
  return Math.abs(value) < 10_000_000 ? amount.format(value) : compact.format(value);
}

export function formatNumber(value: number | null, format: NumberFormat): string {
  if (value === null) return 'no value';
  switch (format) {
    case 'amount':
      return formatAmount(value);
    case 'percent':
      return percent.format(value);
    case 'signed-percent':
      return signedPercent.format(value);
  }
}

/** `1 record`, `2 records`. */
export function plural(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A duration as a person says it: `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `2026-11-20` as `20 November 2026`; anything else is left as it is. */
export function formatDay(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** `812 B`, `1.4 MB`; decimal units, as file managers count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
