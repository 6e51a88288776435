import { DAY_MS } from './options.ts';

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** Whole cents as a JSON number with two decimals: -5 is -0.05. */
export function moneyText(cents: number): string {
  const size = Math.abs(cents);
  const sign = cents < 0 ? '-' : '';
  return `${sign}${Math.floor(size / 100)}.${twoDigits[size % 100] ?? ''}`;
}

export interface ClockText {
  /** `2025-06-30` */
  day(seconds: number): string;
  /** `2025-06-30T23:59:59Z` */
  time(seconds: number): string;
}

/** Writes seconds since `startMs`, a midnight UTC; each day's text is made once. */
export function createClockText(startMs: number): ClockText {
  const days = new Map<number, string>();

  function day(seconds: number): string {
    const index = Math.floor(seconds / 86_400);
    let text = days.get(index);
    if (text === undefined) {
      text = new Date(startMs + index * DAY_MS).toISOString().slice(0, 10);
      days.set(index, text);
    }
    return text;
  }

  function time(seconds: number): string {
    const inDay = seconds - Math.floor(seconds / 86_400) * 86_400;
    const hours = twoDigits[Math.floor(inDay / 3600)] ?? '';
    const minutes = twoDigits[Math.floor(inDay / 60) % 60] ?? '';
    return `${day(seconds)}T${hours}:${minutes}:${twoDigits[inDay % 60] ?? ''}Z`;
  }

  return { day, time };
}
