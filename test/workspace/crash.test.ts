import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { TemporaryWorkspace } from '../helpers/workspace.ts';

const child = new URL('crash-child.ts', import.meta.url);

let workspace: TemporaryWorkspace | undefined;
afterEach(() => workspace?.remove());

const FILES = 6;
const LINES = 15_000;

/** Every third record of a file stands in the next one again; some are malformed, some have a quoted line break. */
function content(file: number): string {
  const lines = Array.from({ length: LINES }, (_, i) => {
    if (i % 500 === 7) return 'broken';
    const id = i % 3 === 0 ? `${file - 1}-${i}` : `${file}-${i}`;
    return `c${i % 997},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${i}.25,${id},"k${file % 2 === 0 && i % 1000 === 1 ? '\n' : ''}"`;
  });
  return `customer_id,timestamp,amount,transaction_id,category\n${lines.join('\n')}\n`;
}

/** Runs the child and kills it after so many milliseconds, if it is still there. */
async function run(files: string, milliseconds?: number): Promise<'killed' | 'done'> {
  const path = workspace?.path ?? '';
  const running = fork(child, [path, files], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(running, 'exit') as Promise<[number | null, string | null]>;
  if (milliseconds !== undefined) {
    await Promise.race([once(running, 'message'), ended]);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
    running.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  if (signal === 'SIGKILL') return 'killed';
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  return 'done';
}

test('killed at any moment of an ingest or a transformation, nothing is lost and nothing doubled', async () => {
  workspace = new TemporaryWorkspace();
  for (let file = 1; file <= FILES; file++) workspace.file(`data/${file}.csv`, content(file));
  const files = `${workspace.folder}/data`;
  const random = createRandom(9);
  let kills = 0;
  for (let round = 0; round < 12; round++) {
    if ((await run(files, 20 + random.integer(500))) === 'killed') kills++;
    else break;
  }
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(await run(files)).toBe('done');
  await workspace.open();
  const { connection } = workspace;
  const [raw] = await connection.rows(
    'select count(*) as n, count(distinct (file, line)) as places from raw.records',
  );
  expect(raw).toEqual({ n: FILES * LINES, places: FILES * LINES });
  await workspace.expectConserved();
  const text = Array.from({ length: FILES }, (_, i) => content(i + 1)).join('\n');
  const ids = new Set([...text.matchAll(/,(\d+-\d+),"/g)].map(([, id]) => id));
  const [silver] = await connection.rows(
    'select count(*) as n, count(distinct order_id) as ids from silver.transactions',
  );
  expect(silver).toEqual({ n: ids.size, ids: ids.size });
});
