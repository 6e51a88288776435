import { join } from 'node:path';
import { z } from 'zod';
import type { Command } from '../measure.ts';
import { peerScript } from '../peers.ts';
import { root } from '../places.ts';
import { blobFile, COLUMNS, labelFile } from './blobs.ts';
import { compare, type Part } from './comparison.ts';
import { bestOfRounds, takeTurn, type Turn } from './turns.ts';

/** Another local optimum may be a little worse; this much is not. */
const INERTIA_SHARE = 1e-3;
const SILHOUETTE_DIFFERENCE = 1e-9;
export const RESTARTS = 10;
export const SEED = 1;

export const fits = z.object({ seconds: z.number(), inertias: z.array(z.number()) });
const silhouetteResult = z.object({ seconds: z.number(), silhouette: z.number() });

/** The product in a Node process of its own. */
export function strataSide(task: string, ...args: (string | number)[]): Command {
  const script = join(root, 'bench', 'segmentation', 'strata-side.ts');
  return { program: process.execPath, args: [script, task, ...args.map(String)] };
}

/** As it comes, and kept to one thread, which is often quicker. */
function sklearn<Result extends { readonly seconds: number }>(
  script: string,
  args: string[],
  schema: z.ZodType<Result>,
) {
  const command = peerScript('peers', script, args);
  return {
    'scikit-learn': () => takeTurn(command, schema),
    'scikit-learn, one thread': () =>
      takeTurn({ ...command, env: { OMP_NUM_THREADS: '1' } }, schema),
  };
}

/** The quicker of them, by name. */
function quicker<Result>(turns: Readonly<Record<string, Turn<Result>>>): [string, Turn<Result>] {
  const [first] = Object.entries(turns).toSorted(([, a], [, b]) => a.seconds - b.seconds);
  if (first === undefined) throw new Error('Nothing was measured.');
  return first;
}

/** Ours to theirs, the worst of all k. Refuses clusterings that are not as good. */
function worstInertia(ours: readonly number[], theirs: readonly number[]): number {
  const ratios = ours.map((inertia, at) => inertia / (theirs[at] ?? Number.NaN));
  const worst = Math.max(...ratios);
  if (worst <= 1 + INERTIA_SHARE) return worst;
  throw new Error(`Strata's clusters are worse: inertia is ${worst} times scikit-learn's.`);
}

interface KMeansWork {
  readonly task: 'sweep' | 'fit';
  readonly name: string;
  readonly rows: number;
  readonly ks: readonly number[];
  readonly rounds: number;
  readonly aim: string;
}

/** K-Means for each k, ten restarts each, on overlapping blobs. */
export async function againstSklearnKMeans(work: KMeansWork): Promise<Part> {
  const { task, name, rows, rounds, aim } = work;
  const path = await blobFile(rows);
  const ks = work.ks.join(',');
  const args = [path, String(COLUMNS), ks, String(RESTARTS), String(SEED)];
  const { strata, ...theirs } = await bestOfRounds(name, rounds, {
    strata: () => takeTurn(strataSide(task, path, ks, RESTARTS, SEED), fits),
    ...sklearn('sklearn_kmeans.py', args, fits),
  });
  const [peer, best] = quicker(theirs);
  const inertia = Math.max(
    ...Object.values(theirs).map(({ result }) =>
      worstInertia(strata.result.inertias, result.inertias),
    ),
  );
  const all = Object.entries({ strata, ...theirs });
  return {
    comparisons: [compare({ work: name, peer, aim }, strata, best)],
    notes: [[`${name}: our inertia, of theirs, the worst k`, inertia.toFixed(6)]],
    figures: Object.fromEntries([
      [`${task} rows`, rows],
      [`${task} inertia of theirs`, inertia],
      ...all.map(([who, { seconds }]) => [`${task} seconds, ${who}`, seconds] as const),
    ]),
  };
}

/** Bytes that the largest process takes more for a row more: constant where memory is O(n). */
async function bytesOfARow(rows: number, k: number, once: Turn<unknown>): Promise<number | null> {
  const twice = await takeTurn(
    strataSide('silhouette', await blobFile(2 * rows), await labelFile(2 * rows, k)),
    silhouetteResult,
  );
  const [more, less] = [twice.measured.peakBytes, once.measured.peakBytes];
  return more === null || less === null ? null : Math.round((more - less) / rows);
}

/** The exact silhouette of given labels. */
export async function againstSklearnSilhouette(rows: number, rounds: number): Promise<Part> {
  const k = 5;
  const name = `silhouette, ${rows} rows, exact`;
  const [path, labels] = [await blobFile(rows), await labelFile(rows, k)];
  const { strata, ...theirs } = await bestOfRounds(name, rounds, {
    strata: () => takeTurn(strataSide('silhouette', path, labels), silhouetteResult),
    ...sklearn('sklearn_silhouette.py', [path, String(COLUMNS), labels], silhouetteResult),
  });
  const [peer, best] = quicker(theirs);
  const apart = Math.abs(strata.result.silhouette - best.result.silhouette);
  if (!(apart <= SILHOUETTE_DIFFERENCE)) {
    throw new Error(`The silhouettes differ by ${apart}.`);
  }
  const perRow = await bytesOfARow(rows, k, strata);
  const all = Object.entries({ strata, ...theirs });
  return {
    comparisons: [compare({ work: name, peer, aim: '1x, O(n)' }, strata, best)],
    notes: [
      [`${name}: difference of the two`, apart.toExponential(1)],
      [
        'silhouette: bytes of peak memory for each row more, from once to twice the rows',
        perRow === null ? 'n/a' : `${perRow} (a matrix of distances: ${3 * rows * 8})`,
      ],
    ],
    figures: Object.fromEntries<number | null>([
      ['silhouette rows', rows],
      ['silhouette bytes of a row', perRow],
      ...all.map(([who, { seconds }]) => [`silhouette seconds, ${who}`, seconds] as const),
    ]),
  };
}
