import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { jobInput } from '../../pipeline/contract/schemas.ts';
import { openLocalWorkbench } from '../../pipeline/host/node/local-workbench.ts';
import type { Workbench } from '../../pipeline/host/workbench.ts';
import { featureRecipe } from '../../pipeline/contract/recipe.ts';
import { gate } from '../helpers/host-fixture.ts';
import { manyCustomers } from '../helpers/many-customers.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import type { Workspace } from '../../pipeline/workspace/node/workspace.ts';

async function opened(copies: number): Promise<{ workbench: Workbench; workspace: Workspace }> {
  const { workspace } = await temporaryWorkspace();
  await manyCustomers(workspace, { kinds: 40, copies });
  // The test's end closes the workspace; a workbench would do so itself.
  const workbench = await openLocalWorkbench({ ...workspace, close: () => Promise.resolve() });
  onTestFinished(() => workbench.close());
  return { workbench, workspace };
}

async function ask(workbench: Workbench, sql: string): Promise<void> {
  for await (const piece of workbench.sql({ sql, limit: 10 })) void piece;
}

const split = { kpi: 'aov', from: '2024-03-01', to: '2024-05-01' } as const;
const recipe = featureRecipe.parse({});

/** A job at work, with what has ended meanwhile. */
function started(workbench: Workbench, input: unknown) {
  const events: string[] = [];
  const begun = gate();
  const abort = new AbortController();
  const job = workbench
    .runJob(jobInput.parse(input), { signal: abort.signal, report: () => begun.resolve() })
    .catch((error: unknown) => asAppError(error).code)
    .finally(() => events.push('job'));
  const noting = async (name: string, call: Promise<unknown>): Promise<void> => {
    await call;
    events.push(name);
  };
  return { events, begun: begun.promise, abort, job, noting };
}

test('a sweep, which only reads, keeps nobody waiting: not SQL, nor a save, a rename, a split or a day', async () => {
  const { workbench } = await opened(100);
  await ask(workbench, 'select 1');
  const input = { kind: 'sweep', options: {}, from: 2, to: 12, gap: true, stability: true };
  const { events, abort, job, noting } = started(workbench, input);
  const { analysis } = workbench;
  await noting('save', analysis.saveRecipe({ name: 'mine', recipe }));
  await noting('SQL', ask(workbench, 'select 1'));
  await noting('rename', analysis.rename({ segmentId: 1, name: 'Best' }));
  await noting('split', analysis.kpiSplit(split));
  await noting('day', analysis.kpisAsOf('2024-03-01'));
  abort.abort();
  expect(await job).toBe('CANCELLED');
  expect(events).toEqual(['save', 'SQL', 'rename', 'split', 'day', 'job']);
});

test('a save in line behind a job that writes does not keep SQL, a split or KPIs as of a day waiting, and they disturb no job', async () => {
  const { workbench } = await opened(1);
  await ask(workbench, 'select 1');
  const before = await workbench.analysis.kpiSplit(split);
  const asOf = await workbench.analysis.kpisAsOf('2024-03-01');
  const input = { kind: 'demo', customers: 20_000, seed: 1 };
  const { events, begun, abort, job, noting } = started(workbench, input);
  await begun;
  const saved = noting('save', workbench.analysis.saveRecipe({ name: 'mine', recipe }));
  await noting('SQL', ask(workbench, 'select 1'));
  const during = workbench.analysis.kpiSplit(split);
  await noting('split', during);
  expect(await during).toEqual(before);
  const day = workbench.analysis.kpisAsOf('2024-03-01');
  await noting('day', day);
  expect(await day).toEqual(asOf);
  abort.abort();
  expect(await job).toBe('CANCELLED');
  await saved;
  expect(events).toEqual(['SQL', 'split', 'day', 'job', 'save']);
});

test('what a split or a day makes is seen by nobody, and either is ended by whoever asked for it', async () => {
  const { workbench, workspace } = await opened(1);
  const tables = ['features.customer_features', 'gold.segment_kpis', 'gold.segment_kpis_monthly'];
  const standing = () =>
    Promise.all(tables.map((name) => workspace.writer.rows(`select * from ${name} order by all`)));
  const before = await standing();
  const abort = new AbortController();
  const ended = workbench.analysis.kpiSplit(split, abort.signal).catch(asAppError);
  abort.abort();
  expect(await ended).toMatchObject({ code: 'CANCELLED' });
  const { kpi, from, to } = await workbench.analysis.kpiSplit(split);
  expect({ kpi, from, to }).toEqual(split);
  const left = new AbortController();
  const stopped = workbench.analysis.kpisAsOf('2024-03-01', left.signal).catch(asAppError);
  left.abort();
  expect(await stopped).toMatchObject({ code: 'CANCELLED' });
  expect(await workbench.analysis.kpisAsOf('2024-03-01')).toMatchObject({ asOf: '2024-03-01' });
  expect(await standing()).toEqual(before);
  const databases = 'select database_name as name from duckdb_databases() where not internal';
  expect(await workspace.writer.rows(`${databases} order by 1`)).toEqual([
    { name: 'memory' },
    { name: 'warehouse' },
  ]);
});
