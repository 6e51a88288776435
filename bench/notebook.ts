import { loadavg } from 'node:os';
import { benchArguments } from './arguments.ts';
import { onOpening } from './notebook/opening.ts';
import { ofCell } from './notebook/overhead.ts';
import { onShared } from './notebook/shared.ts';
import { onSlider } from './notebook/slider.ts';
import { printJson, printTable } from './report.ts';
import type { Part } from './segmentation/comparison.ts';

const defaults = { rows: 1_000_000, steps: 50, cells: 300, rounds: 3, only: '' };
type Options = ReturnType<typeof benchArguments<typeof defaults>>;

const parts: Readonly<Record<string, (options: Options) => Promise<Part>>> = {
  slider: ({ rows, steps }) => onSlider(rows, steps),
  open: ({ cells, rounds }) => onOpening(cells, rounds),
  overhead: ({ rows, steps }) => ofCell(rows, steps),
  shared: ({ rounds }) => onShared(rounds),
};

function chosenParts(only: string): string[] {
  const names = only === '' ? Object.keys(parts) : only.split(',');
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown === undefined) return names;
  throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not "${unknown}".`);
}

/** Notebooks as a person meets them: a slider turned, a long one opened, a shared one brought to life. */
export async function notebook(args: readonly string[]): Promise<void> {
  const options = benchArguments(args, defaults);
  const done: Part[] = [];
  for (const name of chosenParts(options.only)) {
    const part = parts[name];
    if (part !== undefined) done.push(await part(options));
  }
  // Milliseconds mean little without what else the machine did.
  const load = loadavg()[0] ?? 0;
  printTable(
    ['notebook', ''],
    [...done.flatMap(({ notes }) => notes), ['load average of the last minute', load.toFixed(1)]],
  );
  printJson({
    bench: 'notebook',
    figures: Object.assign({ load }, ...done.map(({ figures }) => figures)),
  });
}
