import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { featureRecipe } from '../../pipeline/contract/recipe.ts';
import { featureReport } from '../../pipeline/segmentation/feature-report.ts';
import type { StatisticsPool } from '../../pipeline/work/statistics-tasks.ts';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import { manyCustomers } from '../helpers/many-customers.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';

const recipe = featureRecipe.parse({ transform: 'yeo-johnson' });

async function opened(copies: number) {
  const { workspace } = await temporaryWorkspace();
  await manyCustomers(workspace, { kinds: 40, copies });
  const pool = openStatisticsPool(2);
  onTestFinished(() => pool.close());
  return { connection: workspace.writer, pool };
}

/** A pool that notes which tasks the event loop was free in: something else had a turn before they ended. */
function watching(pool: StatisticsPool) {
  const tasks: { name: string; turns: number }[] = [];
  const watched: StatisticsPool = {
    size: pool.size,
    async run(name, args, options) {
      let running = true;
      let turns = 0;
      const turn = (): void => {
        turns += 1;
        if (running) setImmediate(turn);
      };
      setImmediate(turn);
      try {
        return await pool.run(name, args, options);
      } finally {
        running = false;
        tasks.push({ name, turns });
      }
    },
    close: () => pool.close(),
  };
  return { tasks, watched };
}

test('a report on features is computed by workers, and the event loop turns meanwhile', async () => {
  const { connection, pool } = await opened(1500);
  const inline = await featureReport(connection, recipe);
  const { tasks, watched } = watching(pool);
  expect(await featureReport(connection, recipe, { pool: watched })).toEqual(inline);
  expect(inline.customers).toBe(60_000);
  expect(tasks.map(({ name }) => name).toSorted()).toEqual([
    'assessFeatures',
    'columnHistograms',
    'matrixHistograms',
    'prepareColumns',
    'spearmanCorrelations',
  ]);
  expect(tasks.filter(({ turns }) => turns < 3)).toEqual([]);
});

test('a report on features ends at once when it is told to, and says why a recipe cannot be applied', async () => {
  const { connection, pool } = await opened(1500);
  const abort = new AbortController();
  const { signal } = abort;
  const stopping: StatisticsPool = {
    ...pool,
    size: pool.size,
    run: (name, args, options) => {
      const task = pool.run(name, args, options);
      if (name === 'assessFeatures') abort.abort();
      return task;
    },
  };
  const ended = featureReport(connection, recipe, { pool: stopping, signal });
  expect(await ended.catch(asAppError)).toMatchObject({ code: 'CANCELLED' });

  await connection.run(
    `update features.customer_features set frequency = 7 where hash(customer_id) % 5 > 0`,
  );
  const robust = featureRecipe.parse({ scale: 'robust', transform: 'none' });
  const { findings, columns } = await featureReport(connection, robust, { pool });
  expect(findings[0]).toMatchObject({
    kind: 'refused',
    severity: 'error',
    features: ['frequency'],
    sentence: expect.stringContaining('robust scale') as string,
  });
  expect(findings[0]?.sentence).toMatch(/^Frequency cannot be used: it has no robust scale/);
  expect(columns.map(({ after }) => after)).toEqual(
    columns.map(() => ({ edges: [], counts: [], below: 0, above: 0 })),
  );
});

test('every feature that misses values where none may is an error, by what people call it', async () => {
  const { connection, pool } = await opened(2);
  await connection.run(
    `update features.customer_features
     set frequency = null, monetary = case when hash(customer_id) % 3 > 0 then monetary end
     where hash(customer_id) % 5 > 0`,
  );
  const refusing = featureRecipe.parse({
    missing: 'refuse',
    columns: { monetary: { missing: 'zero' } },
  });
  const told = async (features: string[]) => {
    const { findings } = await featureReport(connection, { ...refusing, features }, { pool });
    return findings.filter(({ severity }) => severity === 'error').map(({ sentence }) => sentence);
  };
  expect(await told(['recency_days', 'frequency', 'monetary'])).toEqual([
    expect.stringMatching(/values of Frequency \(\d+%\) are missing: say what stands in for them/),
  ]);
  const all = featureRecipe.parse({ missing: 'refuse' });
  const { findings } = await featureReport(connection, all, { pool });
  expect(
    findings.filter(({ severity }) => severity === 'error').map(({ features }) => features),
  ).toEqual([['frequency'], ['monetary']]);
});
