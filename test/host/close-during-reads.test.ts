import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { openLocalWorkbench } from '../../pipeline/host/node/local-workbench.ts';
import type { Workbench } from '../../pipeline/host/workbench.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { manyCustomers } from '../helpers/many-customers.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

async function drained(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) bytes += piece.byteLength;
  return bytes;
}

const recipe = {
  features: ['recency_days', 'frequency', 'monetary'],
  missing: 'median',
  winsorise: null,
  transform: 'yeo-johnson',
  scale: 'standard',
  columns: {},
} as const;

function everyRead(workbench: Workbench): Promise<unknown>[] {
  const { analysis } = workbench;
  return [
    analysis.model(),
    workbench.kpiReport(),
    analysis.cohorts(),
    analysis.featureReport({ ...recipe, features: [...recipe.features] }),
    analysis.compare({ from: 1, to: 1 }),
    analysis.kpiSplit({ kpi: 'aov', from: '2024-03-01', to: '2024-05-01' }),
    workbench.status(),
    workbench.tablePage({ table: 'silver.transactions', offset: 0, limit: 10 }),
    drained(workbench.scatter({ x: 'frequency', y: 'monetary', limit: 100_000 })),
  ];
}

async function told(calls: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    calls.map((call) =>
      call.then(
        () => 'answered',
        (error: unknown) => asAppError(error).code,
      ),
    ),
  );
}

test('a workbench that is closed while it reads ends every call as cancelled, and answers none after', async () => {
  const path = join(await temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(path, { create: true });
  await manyCustomers(workspace, { kinds: 40, copies: 2000 });
  await workspace.close();
  for (const milliseconds of [0, 3, 20, 100, 400]) {
    const workbench = await openLocalWorkbench(await openWorkspace(path));
    const ends = told(everyRead(workbench));
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await workbench.close();
    expect((await ends).filter((end) => end !== 'answered' && end !== 'CANCELLED')).toEqual([]);
    expect(await ends).toContain('CANCELLED');
    expect(new Set(await told(everyRead(workbench)))).toEqual(new Set(['CANCELLED']));
  }
});

test('a job that writes is let end before the warehouse is closed, and none is begun after', async () => {
  const path = join(await temporaryFolder(), 'workspace');
  const workbench = await openLocalWorkbench(await openWorkspace(path, { create: true }));
  const { signal } = new AbortController();
  const begun = Promise.withResolvers<void>();
  const job = workbench.runJob(
    { kind: 'demo', customers: 50, seed: 1 },
    { signal, report: () => begun.resolve() },
  );
  await begun.promise;
  await workbench.close();
  expect(await job).toMatch(/^Made 50 customers/);
  const late = workbench.runJob({ kind: 'run' }, { signal, report: () => {} });
  expect(await told([late])).toEqual(['CANCELLED']);
  const again = await openWorkspace(path);
  onTestFinished(() => again.close());
  const { connection, config } = { connection: again.writer, config: again.config };
  const { steps } = await runPipeline({ connection, config });
  expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(['skipped']));
});
