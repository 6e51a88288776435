import { formatted, tickText } from './format-number.ts';

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** A step of 1, 2 or 5 times a power of ten, so that about `count` of them fill the range. */
export function niceStep(low: number, high: number, count: number): number {
  const raw = (high - low) / Math.max(1, count);
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const part = raw / power;
  // Between two factors the nearer one, as ratios go.
  const nice = part >= Math.sqrt(50) ? 10 : part >= Math.sqrt(10) ? 5 : part >= Math.SQRT2 ? 2 : 1;
  return power * nice;
}

export function numberTicks(
  [low, high]: readonly [number, number],
  {
    count,
    format,
    step = niceStep(low, high, count),
  }: {
    readonly count: number;
    readonly format: string;
    readonly step?: number;
  },
): Tick[] {
  const ticks: Tick[] = [];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const first = Math.ceil(low / step - 1e-9);
  for (let i = 0; i < 60; i++) {
    const value = Number(((first + i) * step).toPrecision(12));
    if (!(value <= high + step * 1e-9)) break;
    const text = format === '' ? null : formatted(value, format);
    ticks.push({ value, text: text ?? tickText(value, step, largest) });
  }
  return ticks;
}

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
const hours = [1, 2, 3, 6, 12];
const days = [1, 2, 7, 14];
const spans = [1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
  seconds.map((count) => count * second),
  hours.map((count) => count * hour),
  days.map((count) => count * day),
);
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayText(date: Date, withYear: boolean): string {
  const month = months[date.getUTCMonth()] ?? '';
  const text = `${month} ${date.getUTCDate()}`;
  return withYear ? `${text}, ${date.getUTCFullYear()}` : text;
}

function monthTicks(low: number, high: number, step: number): Tick[] {
  const ticks: Tick[] = [];
  const start = new Date(low);
  const first = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  for (let i = 0; i < 60; i++) {
    const at = first + i * step;
    const value = Date.UTC(Math.floor(at / 12), at % 12, 1);
    if (!(value <= high)) break;
    if (value < low) continue;
    const year = String(Math.floor(at / 12));
    const month = months[at % 12] ?? '';
    const withYear = ticks.length === 0 || at % 12 === 0;
    ticks.push({ value, text: step % 12 === 0 ? year : withYear ? `${month} ${year}` : month });
  }
  return ticks;
}

function spanTicks(low: number, high: number, span: number): Tick[] {
  const ticks: Tick[] = [];
  // Weeks begin on Mondays; the first of 1970 was a Thursday.
  const offset = span % (7 * day) === 0 ? 4 * day : 0;
  let value = Math.ceil((low - offset) / span) * span + offset;
  for (let i = 0; i < 60 && value <= high; i++, value += span) {
    const date = new Date(value);
    const time = date.toISOString().slice(11, 23);
    const midnight = value % day === 0;
    const short = span >= 60 * second ? time.slice(0, 5) : span >= second ? time.slice(0, 8) : time;
    const text = span >= day || midnight ? dayText(date, ticks.length === 0) : short;
    ticks.push({ value, text });
  }
  return ticks;
}

const lastTime = 8.6e15;

/** Ticks of days and times in UTC, at round ones. */
export function dateTicks([low, high]: readonly [number, number], count: number): Tick[] {
  if (Math.abs(low) > lastTime || Math.abs(high) > lastTime) return [];
  const raw = (high - low) / Math.max(1, count);
  const span = spans.find((one) => one >= raw);
  if (span !== undefined && raw <= 14 * day) return spanTicks(low, high, span);
  const month = 30.4375 * day;
  const step = monthSteps.find((one) => one * month >= raw) ?? 12_000;
  return monthTicks(low, high, step);
}

/** Milliseconds since 1970 of what Plotly takes for a date; null where it is none. */
export function timeOf(value: string): number | null {
  if (!/^-?\d{4,6}-\d\d(-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?)?$/.test(value)) return null;
  const iso = value.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1');
  const time = Date.parse(/T.*[^Z]$/.test(iso) ? `${iso}Z` : iso);
  return Number.isNaN(time) ? null : time;
}
