import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { cluster, prepareClustering } from '../../pipeline/segmentation/cluster.ts';
import { meanSilhouette } from '../../pipeline/segmentation/mean-silhouette.ts';
import { kmeans } from '../../pipeline/statistics/clustering/kmeans.ts';
import { prepareKMeans } from '../../pipeline/statistics/clustering/prepare-kmeans.ts';
import type { Matrix } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import { threadPoolWorker } from '../../pipeline/work/node/thread-pool-worker.ts';
import type { TaskAnswer, TaskRequest } from '../../pipeline/work/pool.ts';
import { serveTask } from '../../pipeline/work/serve-tasks.ts';
import type { StatisticsPool } from '../../pipeline/work/statistics-tasks.ts';
import { createWorkerPool } from '../../pipeline/work/worker-pool.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

function cloud(rows: number, columns: number): Matrix {
  const random = createRandom(61);
  return { values: new Float64Array(rows * columns).map(() => random.normal()), rows, columns };
}

const options = { k: 6, seed: 3, restarts: 5 };

describe('threads of Node', () => {
  const pool = openStatisticsPool(3);
  afterAll(() => pool.close());

  test('give the same bytes as the caller alone, however the restarts are spread', async () => {
    const matrix = cloud(4000, 5);
    const prepared = prepareClustering(matrix);
    const alone = await cluster(prepared, options, { what: 'Training' });
    for (const threads of [1, 2, 3]) {
      const found = await cluster(prepared, options, { what: 'Training', pool, threads });
      expect(found).toEqual(alone);
      const rows = { rows: null, seed: 0 };
      const here = await meanSilhouette(matrix, alone.labels, rows);
      expect(await meanSilhouette(matrix, alone.labels, { ...rows, pool, threads })).toEqual(here);
    }
  });

  test('give the same bytes, too, of so many rows that these are spread, shared or not', async () => {
    const matrix = cloud(150_000, 3);
    const settings = { ...options, maxIterations: 300, tolerance: 1e-4 };
    const alone = kmeans(matrix, settings);
    const prepared = prepareClustering(matrix);
    expect(await cluster(prepared, options, { what: 'Training' })).toEqual(alone);
    expect(await cluster(prepared, options, { what: 'Training', threads: 2 })).toEqual(alone);
    for (const threads of [1, 2, 3]) {
      const work = { what: 'Training', pool, threads };
      expect(await cluster(prepared, options, work)).toEqual(alone);
      expect(await cluster(prepareKMeans(matrix), options, work)).toEqual(alone);
    }
  });

  test('stop within a pass over the rows, and tell how far they are', async () => {
    const prepared = prepareClustering(cloud(150_000, 3));
    const controller = new AbortController();
    const told: number[] = [];
    const passes: string[] = [];
    const watched: StatisticsPool = {
      ...pool,
      size: 3,
      run: (name, ...rest) => {
        passes.push(name);
        const running = pool.run(name, ...rest);
        if (name === 'passBlocks') controller.abort();
        return running;
      },
    };
    const { signal } = controller;
    const onProgress = (done: number): void => void told.push(done);
    const work = { what: 'Training', pool: watched, signal, onProgress };
    await expect(cluster(prepared, options, work)).rejects.toMatchObject({
      code: 'CANCELLED',
      details: { what: 'Training' },
    });
    expect(passes).toContain('passBlocks');
    expect(told.at(-1)).toBe(options.restarts);
  });

  test('stop within a running task when they are cancelled, and serve the next call', async () => {
    const prepared = prepareClustering(cloud(200_000, 8));
    const controller = new AbortController();
    const work = { what: 'Training', pool, signal: controller.signal };
    const long = cluster(prepared, { ...options, restarts: 1_000_000 }, work);
    setTimeout(() => controller.abort(), 50);
    await expect(long).rejects.toMatchObject({ code: 'CANCELLED', details: { what: 'Training' } });
    const after = await cluster(prepareClustering(cloud(50, 2)), options, {
      what: 'Training',
      pool,
    });
    expect(after.labels).toHaveLength(50);
  });

  test('tell what a task refused, its numbers included', async () => {
    const prepared = prepareClustering({ values: new Float64Array(20), rows: 10, columns: 2 });
    await expect(cluster(prepared, options, { what: 'Training', pool })).rejects.toMatchObject({
      code: 'TOO_FEW_CUSTOMERS',
      details: { k: 6, distinct: 1 },
    });
  });
});

describe('a pool', () => {
  type Tasks = { twice: (x: number) => number };

  /** Workers that answer when the test says so. */
  function manual() {
    const workers: {
      requests: TaskRequest[];
      answer: (answer: TaskAnswer) => void;
      fail: (error: Error) => void;
      ended: boolean;
    }[] = [];
    const pool = createWorkerPool<Tasks>({
      size: 2,
      spawn: () => {
        const worker: (typeof workers)[number] = {
          requests: [],
          answer: () => undefined,
          fail: () => undefined,
          ended: false,
        };
        workers.push(worker);
        return {
          post: (request) => worker.requests.push(request),
          onAnswer: (listener) => (worker.answer = listener),
          onFailure: (listener) => (worker.fail = listener),
          end: () => (worker.ended = true),
        };
      },
    });
    return { pool, workers };
  }

  const done = (worker: { requests: TaskRequest[] }, result: number): TaskAnswer => ({
    id: worker.requests.at(-1)?.id ?? 0,
    kind: 'done',
    result,
  });

  test('has no more workers than its size, and gives waiting calls their turn in order', async () => {
    const { pool, workers } = manual();
    const calls = [1, 2, 3].map((x) => pool.run('twice', [x]));
    const [first, second] = workers;
    if (first === undefined || second === undefined) throw new Error('Two workers were expected.');
    expect(workers).toHaveLength(2);
    second.answer(done(second, 4));
    expect(second.requests.map(({ args }) => args)).toEqual([[2], [3]]);
    second.answer(done(second, 6));
    first.answer(done(first, 2));
    expect(await Promise.all(calls)).toEqual([2, 4, 6]);
  });

  test('ends the worker of an aborted call, drops one that waits, and rejects both at once', async () => {
    const { pool, workers } = manual();
    const controller = new AbortController();
    const { signal } = controller;
    const calls = [1, 2, 3].map((x) => pool.run('twice', [x], x === 2 ? {} : { signal }));
    const settled = Promise.allSettled([calls[0], calls[2]]);
    controller.abort(new Error('enough'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(workers.every(({ ended }, i) => ended === (i !== 1))).toBe(true);
    const [, second] = workers;
    second?.answer(done(second, 4));
    expect(await calls[1]).toBe(4);
    await expect(pool.run('twice', [9], { signal })).rejects.toThrow('enough');
  });

  test('rejects the call of a worker that dies and starts another', async () => {
    const { pool, workers } = manual();
    const lost = pool.run('twice', [1]);
    workers[0]?.fail(new Error('out of memory'));
    await expect(lost).rejects.toThrow('out of memory');
    const next = pool.run('twice', [2]);
    const [, second] = workers;
    if (second === undefined) throw new Error('A new worker was expected.');
    second.answer(done(second, 4));
    expect(await next).toBe(4);
  });

  test('rejects what runs and what waits when it is closed, and whatever comes after', async () => {
    const { pool, workers } = manual();
    const calls = [1, 2, 3].map((x) => pool.run('twice', [x]));
    pool.close();
    const settled = await Promise.allSettled(calls);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(workers.every(({ ended }) => ended)).toBe(true);
    await expect(pool.run('twice', [1])).rejects.toThrow('closed');
  });
});

describe('a message that cannot be sent or read', () => {
  const matrix = cloud(50, 2);

  /** Node can write it and cannot read it: the class that it names is not there. */
  function unreadable(): Matrix {
    const clone = Object.getOwnPropertySymbols(BlockList.prototype).find((symbol) =>
      String(symbol).includes('messaging_clone'),
    );
    if (clone === undefined) throw new Error('Node clones its own objects in another way now.');
    const written = () => ({ data: {}, deserializeInfo: 'internal/blocklist:Nothing' });
    return Object.defineProperty(new BlockList(), clone, { value: written }) as unknown as Matrix;
  }

  test.each([
    [
      'whose arguments cannot be cloned',
      () => ({ ...matrix, odd: () => 1 }),
      /could not be cloned/,
    ],
    ['that its worker cannot read', unreadable, 'What a worker was asked for could not be read.'],
  ])('rejects a call %s, and the pool goes on', async (_, odd, problem) => {
    const pool = openStatisticsPool(1);
    try {
      await expect(pool.run('clusterScores', [odd(), new Int32Array(50)])).rejects.toThrow(problem);
      const after = await cluster(prepareClustering(matrix), options, { what: 'Training', pool });
      expect(after.labels).toHaveLength(50);
    } finally {
      pool.close();
    }
  });

  test('rejects a call whose answer cannot be read, and the pool goes on', async () => {
    const source = `
      const { parentPort } = require('node:worker_threads');
      const { BlockList } = require('node:net');
      const clone = Object.getOwnPropertySymbols(BlockList.prototype).find((symbol) =>
        String(symbol).includes('messaging_clone'),
      );
      const written = () => ({ data: {}, deserializeInfo: 'internal/blocklist:Nothing' });
      const odd = Object.defineProperty(new BlockList(), clone, { value: written });
      parentPort.on('message', ({ id, args: [x] }) =>
        parentPort.postMessage({ id, kind: 'done', result: x < 0 ? odd : 2 * x }),
      );`;
    const spawn = () => threadPoolWorker(source, { eval: true });
    const pool = createWorkerPool<{ twice: (x: number) => number }>({ size: 1, spawn });
    try {
      const calls = [pool.run('twice', [-1]), pool.run('twice', [4])] as const;
      await expect(calls[0]).rejects.toThrow('What a worker answered could not be read.');
      expect(await calls[1]).toBe(8);
    } finally {
      pool.close();
    }
  });

  test('answers as a failure what came of a task and cannot be cloned', () => {
    const answers: TaskAnswer[] = [];
    const tasks = { make: () => () => 1 };
    const request = { id: 7, name: 'make', args: [] };
    serveTask(tasks, request, (answer) => answers.push(structuredClone(answer)));
    const message = 'What "make" came to cannot be sent: () => 1 could not be cloned.';
    expect(answers).toEqual([
      { id: 7, kind: 'failed', error: { name: 'Error', message, fields: {} } },
    ]);
  });

  test('keeps no process alive that has nothing else to do', async () => {
    const path = fileURLToPath(
      new URL('../../pipeline/work/node/statistics-pool.ts', import.meta.url),
    );
    const program = join(await temporaryFolder(), 'program.mjs');
    await writeFile(
      program,
      `import { openStatisticsPool } from ${JSON.stringify(path)};
      const pool = openStatisticsPool(1);
      await pool.run('clusterScores', [() => 1, []]).catch(({ name }) => console.log(name));`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 20_000 });
    expect(stdout).toBe('DataCloneError\n');
  }, 30_000);
});
