import type { Measured } from './measure.ts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export interface Contender {
  readonly name: string;
  readonly measured: Measured;
}

const times = (value: number | null): string => (value === null ? 'n/a' : `${value.toFixed(2)}x`);

function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [header, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

/** Ours beside each peer. Speed above 1 and memory below 1 are in our favour. */
export function comparePeers(
  ours: Contender,
  peers: readonly Contender[],
): Record<string, Record<string, number | null>> {
  const compared = peers.map(({ name, measured: peer }) => ({
    name,
    speed: ratio(peer.wallSeconds, ours.measured.wallSeconds),
    cpu: ratio(peer.cpuSeconds, ours.measured.cpuSeconds),
    memory: ratio(ours.measured.peakBytes, peer.peakBytes),
    ownMemory: ratio(ours.measured.ownBytes, peer.ownBytes),
  }));
  printTable(
    [`${ours.name} against`, 'speed', 'speed by CPU time', 'peak memory', 'without mapped files'],
    compared.map((row) => [
      row.name,
      times(row.speed),
      times(row.cpu),
      times(row.memory),
      times(row.ownMemory),
    ]),
  );
  return Object.fromEntries(compared.map(({ name, ...ratios }) => [name, ratios]));
}

/** What the ratios were made of, for whoever wants to follow one up. */
export function figures(measured: Measured): Record<string, number | null> {
  const { wallSeconds, cpuSeconds, peakBytes, ownBytes } = measured;
  return { wallSeconds, cpuSeconds, peakBytes, ownBytes };
}

export function printJson(value: Json): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
