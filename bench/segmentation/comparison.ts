import { printTable } from '../report.ts';
import type { Turn } from './turns.ts';

const MEGABYTE = 1e6;

/** Ours beside a peer. Speeds above 1 and memory below 1 are in our favour. */
export interface Comparison {
  readonly work: string;
  readonly peer: string;
  /** By the contenders' own clocks. */
  readonly speed: number;
  /** From the start of the process to its end; null where they did not do equally much. */
  readonly wholeProcess: number | null;
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly ourMegabytes: number | null;
  readonly aim: string;
}

function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

/** Of two that did the same work on the same data. */
export function compare(
  { work, peer, aim }: Pick<Comparison, 'work' | 'peer' | 'aim'>,
  ours: Turn<unknown>,
  theirs: Turn<unknown>,
): Comparison {
  const { peakBytes } = ours.measured;
  return {
    work,
    peer,
    speed: theirs.seconds / ours.seconds,
    wholeProcess: ratio(theirs.measured.wallSeconds, ours.measured.wallSeconds),
    cpu: ratio(theirs.measured.cpuSeconds, ours.measured.cpuSeconds),
    memory: ratio(peakBytes, theirs.measured.peakBytes),
    ourMegabytes: peakBytes === null ? null : Math.round(peakBytes / MEGABYTE),
    aim,
  };
}

const times = (value: number | null): string => (value === null ? 'n/a' : `${value.toFixed(2)}x`);

export function printComparisons(comparisons: readonly Comparison[]): void {
  const header = ['Strata', 'against', 'speed', 'whole process', 'CPU time', 'peak memory', 'MB'];
  printTable(
    [...header, 'aim'],
    comparisons.map((row) => [
      row.work,
      row.peer,
      times(row.speed),
      times(row.wholeProcess),
      times(row.cpu),
      times(row.memory),
      row.ourMegabytes === null ? 'n/a' : String(row.ourMegabytes),
      row.aim,
    ]),
  );
}

/** What a part of the benchmark adds to the table, below it and to the JSON. */
export interface Part {
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly (readonly [string, string])[];
  readonly figures: Readonly<Record<string, number | string | null>>;
}
