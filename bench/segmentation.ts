import { benchArguments } from './arguments.ts';
import { ensurePeers } from './peers.ts';
import { printJson, printTable } from './report.ts';
import { againstLifetimes } from './segmentation/against-lifetimes.ts';
import { againstSklearnKMeans, againstSklearnSilhouette } from './segmentation/against-sklearn.ts';
import { type Part, printComparisons } from './segmentation/comparison.ts';
import { inBrowser } from './segmentation/in-browser.ts';
import { onScreen } from './segmentation/on-screen.ts';

const defaults = {
  rows: 100_000,
  'fit-rows': 1_000_000,
  'silhouette-rows': 20_000,
  customers: 1_000_000,
  'screen-customers': 20_000,
  rounds: 3,
  only: '',
};
type Options = ReturnType<typeof benchArguments<typeof defaults>>;

const SWEEP = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const FIT = [5];

const parts: Readonly<Record<string, (options: Options) => Promise<Part>>> = {
  sweep: ({ rows, rounds }) =>
    againstSklearnKMeans({
      task: 'sweep',
      name: `sweep k = 2 .. 10, ${rows} rows`,
      rows,
      ks: SWEEP,
      rounds,
      aim: '2x, better 4x',
    }),
  fit: ({ 'fit-rows': rows, rounds }) =>
    againstSklearnKMeans({
      task: 'fit',
      name: `fit k = 5, ${rows} rows`,
      rows,
      ks: FIT,
      rounds,
      aim: '3x',
    }),
  silhouette: ({ 'silhouette-rows': rows, rounds }) => againstSklearnSilhouette(rows, rounds),
  clv: ({ customers, rounds }) =>
    againstLifetimes({ customers, rounds, clock: 'days', aim: '10x, under 1 GB' }),
  'clv-moments': ({ customers, rounds }) =>
    againstLifetimes({ customers, rounds, clock: 'moments', aim: '' }),
  browser: ({ rows, rounds }) => inBrowser(rows, SWEEP, rounds),
  screen: ({ 'screen-customers': customers, rounds }) => onScreen(customers, rounds),
};

function chosenParts(only: string): string[] {
  const names = only === '' ? Object.keys(parts) : only.split(',');
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown === undefined) return names;
  throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not "${unknown}".`);
}

/** Clustering, scores and lifetime values against scikit-learn and lifetimes; then in a browser. */
export async function segmentation(args: readonly string[]): Promise<void> {
  const options = benchArguments(args, defaults);
  const names = chosenParts(options.only);
  await ensurePeers();
  if (names.some((name) => name.startsWith('clv'))) await ensurePeers('peers-clv');
  const done: Part[] = [];
  for (const name of names) {
    const part = parts[name];
    if (part !== undefined) done.push(await part(options));
  }
  const comparisons = done.flatMap((part) => part.comparisons);
  if (comparisons.length > 0) printComparisons(comparisons);
  process.stdout.write('\n');
  printTable(
    ['besides', ''],
    done.flatMap(({ notes }) => notes),
  );
  printJson({
    bench: 'segmentation',
    ratios: Object.fromEntries(
      comparisons.map(({ work, peer, ...ratios }) => [`${work} against ${peer}`, ratios]),
    ),
    figures: Object.fromEntries(done.flatMap(({ figures }) => Object.entries(figures))),
  });
}
