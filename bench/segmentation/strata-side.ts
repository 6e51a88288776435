// A contender of `npm run bench -- segmentation`: one piece of work in a process of its own, with the functions and the
// threads of the product. Prints its seconds, reading and starting threads left out, and what it found, as JSON.
import { cluster, prepareClustering } from '../../pipeline/segmentation/cluster.ts';
import { meanSilhouette } from '../../pipeline/segmentation/mean-silhouette.ts';
import type { Matrix } from '../../pipeline/statistics/matrix.ts';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import { onWorker, type Work } from '../../pipeline/work/on-worker.ts';
import { COLUMNS } from './blobs.ts';
import { type Fits, fitSweep, warmUp } from './fit-sweep.ts';
import { readFloats, readIntegers } from './raw-numbers.ts';

const what = 'The benchmark';

function readPoints(path: string): Matrix {
  const values = readFloats(path);
  return { values, rows: values.length / COLUMNS, columns: COLUMNS };
}

async function clocked<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1000, result };
}

async function fit(path: string, [k = 0, restarts = 0, seed = 0]: number[], work: Work) {
  const points = readPoints(path);
  const { seconds, result } = await clocked(() =>
    cluster(prepareClustering(points), { k, restarts, seed }, { ...work, what }),
  );
  return { seconds, inertias: [result.inertia] } satisfies Fits;
}

async function silhouette(path: string, labelsPath: string, work: Work) {
  const points = readPoints(path);
  const labels = readIntegers(labelsPath);
  const { seconds, result } = await clocked(() =>
    meanSilhouette(points, labels, { ...work, rows: null, seed: 0 }),
  );
  return { seconds, silhouette: result?.value };
}

async function bgNbd(path: string, customers: number, work: Work) {
  const columns = readFloats(path);
  const rows = columns.length / 3;
  const column = (at: number): Float64Array => columns.slice(at * rows, at * rows + customers);
  const history = { frequency: column(0), recency: column(1), age: column(2) };
  const { seconds, result } = await clocked(() => onWorker(work, what, 'fitBgNbd', history));
  if (result.kind === 'refused') throw new Error(result.sentence);
  const { logLikelihood, parameters, patterns } = result;
  return { seconds, logLikelihood, parameters: { ...parameters }, patterns };
}

function run(task: string, [path = '', first = '', ...rest]: string[], work: Work) {
  const numbers = rest.map(Number);
  const [restarts = 0, seed = 0] = numbers;
  switch (task) {
    case 'sweep':
      return fitSweep(readPoints(path), { ks: first.split(',').map(Number), restarts, seed }, work);
    case 'fit':
      return fit(path, [Number(first), restarts, seed], work);
    case 'silhouette':
      return silhouette(path, first, work);
    case 'bg-nbd':
      return bgNbd(path, Number(first), work);
    default:
      throw new Error(`There is no task called "${task}".`);
  }
}

const [task = '', ...args] = process.argv.slice(2);
const pool = openStatisticsPool();
await warmUp({ pool });
process.stdout.write(`${JSON.stringify(await run(task, args, { pool }))}\n`);
pool.close();
