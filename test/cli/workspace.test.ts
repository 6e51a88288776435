import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../pipeline/contract/schemas.ts';
import { cli, cliJson, told } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

/** Names that scripts rely on: columns may be added to these, none renamed. */
const RELIED_ON: Readonly<Record<string, readonly string[]>> = {
  'silver.transactions': [
    'order_id',
    'customer_id',
    'occurred_at',
    'amount',
    'category',
    'currency',
  ],
  'features.customer_features': [
    'customer_id',
    'recency_days',
    'frequency',
    'monetary',
    'aov',
    'tenure_days',
  ],
  'gold.customer_segments': ['customer_id', 'segment_id', 'segment_name', 'model_version', 'as_of'],
  'gold.segment_kpis': [
    'segment_id',
    'segment_name',
    'customers',
    'orders',
    'revenue',
    'clv_growth',
    'churn_rate',
    'aov',
    'contribution',
    'as_of',
  ],
  'ops.quarantine': ['reason', 'source_id', 'partition', 'position'],
  'ops.runs': ['run_id', 'started_at', 'status'],
  'raw.records': [
    'source',
    'topic',
    'partition',
    'offset',
    'line',
    'event_time',
    'key',
    'value',
    'headers',
  ],
};

let folder: string;
/** One workspace for the tests that do not mind what the others did to it. */
let shared: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-test-'));
  shared = join(folder, 'workspace');
  await cliJson<RunReport>(['demo', '--customers', '60', '--seed', '3', '--workspace', shared]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a demo workspace on the command line', () => {
  it('runs everything, adds up, and has the names that scripts rely on', async () => {
    const place = join(await temporaryFolder(), 'workspace');
    const args = ['demo', '--customers', '120', '--workspace', place];
    const report = await cliJson<RunReport>(args);
    expect(report.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'silver done',
      'features done',
      'segments done',
      'gold done',
    ]);
    for (const { read, accepted, duplicate, quarantined, ignored } of report.steps) {
      expect(accepted + duplicate + quarantined + ignored).toBe(read);
    }
    expect(report.steps[0]?.quarantined).toBeGreaterThan(0);
    const again = await cliJson<RunReport>(args);
    expect(again.steps.map(({ status, read }) => [status, read])).toEqual(
      Array.from({ length: 4 }, () => ['skipped', 0]),
    );
    const described = Object.keys(RELIED_ON).map(
      (table) => `select '${table}' as name, column_name from (describe ${table})`,
    );
    const found = await cliJson<{ name: string; column_name: string }[]>([
      'query',
      described.join(' union all '),
      '--workspace',
      place,
    ]);
    for (const [table, columns] of Object.entries(RELIED_ON)) {
      const names = found.filter(({ name }) => name === table).map((row) => row.column_name);
      expect(names, table).toEqual(expect.arrayContaining([...columns]));
    }
    const [one] = await cliJson<{ n: number; d: number; whole: number }[]>([
      'query',
      'select count(*) as n, count(distinct customer_id) as d, (select count(*) from gold.segment_kpis where segment_id is null) as whole from features.customer_features',
      '--workspace',
      place,
    ]);
    expect(one).toMatchObject({ n: one?.d, whole: 1 });
  });

  it('trains, sweeps, explains and reports in JSON', async () => {
    const place = shared;
    const at = ['--workspace', place];
    const train = [
      'segment',
      'train',
      '--k',
      '4',
      '--features',
      'recency_days,frequency,monetary',
      '--transform',
      'log1p',
      '--scale',
      'standard',
      '--seed',
      '42',
    ];
    const trained = await cliJson<RunReport>([...train, ...at]);
    expect(trained.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'segments done',
      'gold done',
    ]);
    const { sweep } = await cliJson<{ sweep: Record<string, number>[] }>([
      'segment',
      'sweep',
      '--k',
      '2..4',
      ...at,
    ]);
    expect(sweep.map(({ k }) => k)).toEqual([2, 3, 4]);
    for (const row of sweep) {
      for (const name of ['inertia', 'silhouette', 'calinski_harabasz', 'davies_bouldin'])
        expect(row[name]).toBeTypeOf('number');
    }
    expect((sweep[0]?.['inertia'] ?? 0) > (sweep[2]?.['inertia'] ?? 0)).toBe(true);
    const [first] = await cliJson<{ customer_id: string; segment_name: string }[]>([
      'query',
      'from gold.customer_segments order by customer_id limit 1',
      ...at,
    ]);
    const why = await cliJson<{ segmentName: string }>([
      'segment',
      'explain',
      first?.customer_id ?? '',
      ...at,
    ]);
    expect(why.segmentName).toBe(first?.segment_name);
    const kpis = await cliJson<{ current: { contribution: number }[] }>(['kpis', ...at]);
    expect(kpis.current[0]?.contribution).toBe(1);
    const tables = [['kpis'], ['segment', 'explain', first?.customer_id ?? '']];
    for (const args of tables) {
      const { code, out } = await cli([...args, ...at]);
      expect([code, out.split('\n').length > 3]).toEqual([0, true]);
    }
  });

  it('tells what cannot be trained, predicted or explained with its own code', async () => {
    const place = shared;
    const at = ['--workspace', place];
    expect(told(await cli(['segment', 'explain', 'nobody', ...at]))).toMatchObject({
      exit: 1,
      error: 'CUSTOMER_UNKNOWN',
    });
    expect(told(await cli(['segment', 'train', '--features', 'shoe_size', ...at]))).toMatchObject({
      exit: 2,
      error: 'FEATURE_UNKNOWN',
    });
    expect(told(await cli(['segment', 'train', '--k', '1', ...at]))).toMatchObject({
      exit: 2,
      error: 'BAD_USAGE',
    });
    expect(told(await cli(['segment', 'sweep', '--k', '4', ...at]))).toMatchObject({
      exit: 2,
      error: 'BAD_USAGE',
    });
    const twice = await cli(['segment', 'train', '--features', 'frequency,frequency', ...at]);
    expect([twice.code, twice.err]).toEqual([0, '']);
    expect((await cli(['run', ...at])).code).toBe(0);
    const empty = join(await temporaryFolder(), 'workspace');
    const file = join(await temporaryFolder(), 'none.ndjson');
    await cli(['generate', '--preset', 'engagement', '--count', '10', '--to', file]);
    await cli(['ingest', 'file', file, '--preset', 'engagement', '--workspace', empty]);
    for (const [args, error] of [
      [['train'], 'NO_CUSTOMERS'],
      [['predict'], 'NO_SEGMENT_MODEL'],
      [['sweep'], 'NO_CUSTOMERS'],
      [['explain', 'x'], 'NO_SEGMENT_MODEL'],
    ] as const) {
      expect(told(await cli(['segment', ...args, '--workspace', empty]))).toMatchObject({
        exit: 1,
        error,
      });
    }
  });
});
