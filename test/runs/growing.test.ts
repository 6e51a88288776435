import { expect, onTestFinished, test } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import type { CompiledMapping } from '../../pipeline/mapping/mapping.ts';
import { growth } from '../../pipeline/runs/growth.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { readState } from '../../pipeline/runs/state.ts';
import { loadModels } from '../../pipeline/transform/node/load-models.ts';
import { redrive } from '../../pipeline/transform/redrive.ts';
import { workspaceConfig } from '../../pipeline/workspace/config.ts';
import { dump } from '../helpers/order-files.ts';
import {
  dayStart,
  moneyText,
  randomFrom,
  randomTransactions,
  type Transaction,
} from '../helpers/transactions.ts';
import { type TemporaryWorkspace, temporaryWorkspace, transactions } from '../helpers/workspace.ts';

/** Short ones, so that customers come and go within the data. */
const config = workspaceConfig.parse({ kpis: { periodDays: 45, churnDays: 12 } });

const fields = {
  customer_id: 'c',
  order_id: 'o',
  occurred_at: 't',
  amount: 'a',
  category: 'k',
  discount_amount: 'd',
};
const lenient = transactions(fields, { identity: 'order' });
const strict = transactions(fields, {
  identity: 'order',
  reject: [{ reason: 'too_large', when: 'a > 450' }],
});
const inLines = transactions(fields, { identity: 'order', lines: true });

interface Part {
  readonly content: string;
  readonly compiled: CompiledMapping;
  /** Takes up what is in quarantine, by the lenient mapping, before the next run. */
  readonly redriven?: boolean;
}

function record({ customer, order, at, amount, category, discount }: Transaction): string {
  return JSON.stringify({
    c: customer,
    o: order,
    t: new Date(Number(at / 1000n)).toISOString(),
    a: moneyText(amount),
    k: category,
    d: discount === null ? null : moneyText(discount),
  });
}

const part = (some: readonly Transaction[], compiled: CompiledMapping = lenient): Part => ({
  content: some.map(record).join('\n'),
  compiled,
});

const all = (seed: number): Transaction[] =>
  randomTransactions({ seed, customers: 120, transactions: 2000, from: '2023-09-01', days: 220 });

/** In four parts: each record in the part that `place`, from 0 to 1, tells. */
function inFour(some: readonly Transaction[], place: (i: number) => number): Transaction[][] {
  const parts: Transaction[][] = [[], [], [], []];
  for (const [i, one] of some.entries()) parts[Math.min(3, Math.floor(place(i) * 4))]?.push(one);
  return parts;
}

function inTime(seed: number): Transaction[][] {
  const some = all(seed).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return inFour(some, (i) => i / some.length);
}

function atRandom(seed: number): Transaction[][] {
  const random = randomFrom(seed + 100);
  return inFour(all(seed), () => random());
}

/** Mostly in time, with few of each part among the next: the usual stream. */
function somewhatLate(seed: number): Transaction[][] {
  const random = randomFrom(seed + 200);
  const some = all(seed).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return inFour(some, (i) => i / some.length + (random() < 0.05 ? 0.25 : 0));
}

/** Each part repeats and contradicts some of the one before. */
function repeating(parts: readonly Transaction[][]): Transaction[][] {
  return parts.map((some, i) => {
    const before = parts[i - 1] ?? [];
    const contradicting = before.slice(40, 50).map((one) => ({ ...one, amount: one.amount + 1n }));
    return [...some, ...before.slice(0, 40), ...contradicting];
  });
}

async function opened(): Promise<TemporaryWorkspace> {
  const workspace = await temporaryWorkspace();
  onTestFinished(() => workspace.remove());
  return workspace;
}

async function takeUp(connection: Connection): Promise<void> {
  const now = (): Date => new Date('2026-01-03T00:00:00Z');
  await redrive(connection, { models: loadModels('silver'), currentMapping: () => lenient, now });
}

/** Whether the grown tables could go on from what they are. */
async function kinds(connection: Connection): Promise<string[]> {
  const found: string[] = [];
  for (const name of ['sums', 'days']) {
    const { fixed } = JSON.parse((await readState(connection, name)) ?? '{}') as { fixed: string };
    found.push((await growth(connection, name, fixed)).kind);
  }
  return found;
}

/** Runs after each part; says before each further run whether its tables would grow. */
async function partByPart(
  parts: readonly Part[],
): Promise<{ connection: Connection; grew: string[] }> {
  const workspace = await opened();
  const { connection } = workspace;
  const grew: string[] = [];
  for (const [i, { content, compiled, redriven }] of parts.entries()) {
    await workspace.ingest(`${i}.ndjson`, content, { compiled });
    await runPipeline({ connection, config }, { steps: ['silver'] });
    if (redriven === true) await takeUp(connection);
    if (i > 0) grew.push(...new Set(await kinds(connection)));
    await runPipeline({ connection, config });
    if (i === 0)
      await connection.run('create temp table first_segments as from gold.customer_segments');
  }
  return { connection, grew };
}

/** One run of everything, by the model that the other workspace has. */
async function atOnce(parts: readonly Part[], other: Connection): Promise<Connection> {
  const workspace = await opened();
  const { connection } = workspace;
  for (const [i, { content, compiled, redriven }] of parts.entries()) {
    await workspace.ingest(`${i}.ndjson`, content, { compiled });
    if (redriven !== true) continue;
    await runPipeline({ connection, config }, { steps: ['silver'] });
    await takeUp(connection);
  }
  const [model] = await other.rows<Record<string, string | number>>(
    'select trained_at::varchar as trained, as_of::varchar as day, k, to_json(features)::varchar as features, artifact from ops.models order by model_version desc',
  );
  await connection.run(
    `insert into ops.models select 1, $trained::timestamp, $day::date, $k::integer,
       from_json($features, '["VARCHAR"]'), 0, null, 0, $artifact`,
    model,
  );
  await runPipeline({ connection, config });
  return connection;
}

/** Every table of features and gold but those that tell of days gone by. */
const tables = [
  'features.customer_sums',
  'features.customer_features',
  'features.customer_features_scaled',
  'gold.customer_segments',
  'gold.customer_profiles',
  'gold.segment_days',
  'gold.purchase_gaps',
  'gold.segment_kpis',
  'gold.segment_kpis_monthly',
];

/** Whether anybody is in another segment than after the first run. */
async function hasMoved(connection: Connection): Promise<boolean> {
  const [row] = await connection.rows<{ n: number }>(
    `select count(*) as n from gold.customer_segments s join first_segments f using (customer_id)
     where s.segment_id <> f.segment_id`,
  );
  return (row?.n ?? 0) > 0;
}

test.each([
  ['in time', inTime(1)],
  ['in time, with repeats and conflicts', repeating(inTime(2))],
  ['a few of them late', somewhatLate(3)],
  ['as late as it gets', atRandom(4)],
  ['as late as it gets, with repeats and conflicts', repeating(atRandom(5))],
])('what comes %s adds up, run by run, to what one run makes of the whole', async (_, some) => {
  const parts = some.map((one) => part(one));
  const { connection, grew } = await partByPart(parts);
  expect(grew).toEqual(['news', 'news', 'news']);
  expect(await hasMoved(connection)).toBe(true);
  const once = await atOnce(parts, connection);
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));
});

test('what is taken up again from quarantine has all made from the whole, and then it grows on', async () => {
  const [a = [], b = [], c = [], d = []] = atRandom(6);
  const parts = [part(a, strict), part(b, strict), { ...part(c), redriven: true }, part(d)];
  const { connection, grew } = await partByPart(parts);
  expect(grew).toEqual(['news', 'whole', 'news']);
  const once = await atOnce(parts, connection);
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));
});

test('where orders come in lines all is made from the whole each time', async () => {
  const [a = [], b = [], c = [], d = []] = atRandom(7);
  const lines = c.map((one, i) => ({ ...one, order: `l${i % 200}`, customer: `c${i % 40}` }));
  const more = d.map((one, i) => ({ ...one, order: `l${i % 300}`, customer: `c${i % 40}` }));
  const parts = [part(a), part(b), part(lines, inLines), part(more, inLines)];
  const { connection, grew } = await partByPart(parts);
  expect(grew).toEqual(['news', 'whole', 'whole']);
  const once = await atOnce(parts, connection);
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));
});

test('a category that was not there, other periods and tables of before are no ground to grow on', async () => {
  const [a = [], b = [], c = [], d = []] = inTime(8);
  const travelling = c.map((one) => ({ ...one, category: 'Travel' }));
  const parts = [part(a), part(b), part(travelling), part(d)];
  const { connection } = await partByPart(parts);
  const once = await atOnce(parts, connection);
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));

  const other = workspaceConfig.parse({ kpis: { periodDays: 20, churnDays: 30 } });
  for (const one of [connection, once]) await runPipeline({ connection: one, config: other });
  // A workspace of an earlier Strata has neither the tables nor a word about them.
  for (const name of ['features.customer_sums', 'gold.segment_days', 'gold.purchase_gaps']) {
    await once.run(`drop table ${name}`);
  }
  await once.run(
    "delete from ops.state where name in ('sums', 'days', 'features', 'segments', 'gold')",
  );
  await runPipeline({ connection: once, config: other });
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));
});

test('segments trained anew between silver and features leave nothing out that the next run should find', async () => {
  const [a = [], b = [], c = []] = inTime(9);
  const parts = [part(a), part(b), part(c)];
  const workspace = await opened();
  const { connection } = workspace;
  for (const [i, { content, compiled }] of parts.entries()) {
    await workspace.ingest(`${i}.ndjson`, content, { compiled });
    await runPipeline({ connection, config }, { steps: ['silver'] });
    const train = { ...config.segmentation, k: 3 };
    if (i > 0) await runPipeline({ connection, config }, { steps: ['segments', 'gold'], train });
    await runPipeline({ connection, config });
  }
  const once = await atOnce(parts, connection);
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));
});

test('segments trained while features do not know yet of the earliest purchases let nobody leave before they arrive', async () => {
  const buys = (order: string, day: string) =>
    Array.from({ length: 20 }, (_, i): Transaction => {
      const amount = BigInt(i + 1) * 10_000n;
      const at = dayStart(i === 0 ? '2023-10-02' : day);
      return {
        customer: `c${i}`,
        order: `${order}${i}`,
        at,
        amount,
        category: null,
        discount: null,
      };
    });
  const parts = [part(buys('a', '2023-11-02')), part(buys('b', '2023-10-03'))];
  const workspace = await opened();
  const { connection } = workspace;
  for (const [i, { content, compiled }] of parts.entries()) {
    await workspace.ingest(`${i}.ndjson`, content, { compiled });
    await runPipeline({ connection, config }, i === 0 ? {} : { steps: ['silver'] });
  }
  // Silver is ahead after a redrive, too, and after a run that ended before its features.
  const train = { ...config.segmentation, k: 3 };
  await runPipeline({ connection, config }, { steps: ['segments', 'gold'], train });
  expect(
    await connection.rows(
      `select month::varchar as month, customers, churn_rate from gold.segment_kpis_monthly
       where segment_id is null order by month`,
    ),
  ).toEqual([
    { month: '2023-10-01', customers: 1, churn_rate: 1 },
    { month: '2023-11-01', customers: 20, churn_rate: 0.05 },
  ]);
  await runPipeline({ connection, config });
  const once = await atOnce(parts, connection);
  expect(await dump(connection, tables)).toEqual(await dump(once, tables));
});
