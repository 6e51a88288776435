import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson, told } from '../helpers/cli.ts';

let folder = '';
let place: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-cli-'));
  place = ['--workspace', join(folder, 'workspace')];
  expect((await cli(['demo', '--customers', '400', ...place])).code).toBe(0);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('strata segment and strata features', () => {
  it('try, train, rename, compare and explain, each with JSON that a script can go on from', async () => {
    const swept = await cliJson<{ sweep: { k: number; gap: number; stability: number }[] }>([
      'segment',
      'sweep',
      '--k',
      '2..4',
      '--gap',
      '--stability',
      '--silhouette',
      'all',
      ...place,
    ]);
    expect(swept.sweep.map(({ k }) => k)).toEqual([2, 3, 4]);
    for (const row of swept.sweep) {
      expect(row).toMatchObject({
        inertia: expect.any(Number),
        silhouette: expect.any(Number),
        calinski_harabasz: expect.any(Number),
        davies_bouldin: expect.any(Number),
        gap: expect.any(Number),
        stability: expect.any(Number),
      });
    }
    const recipe = [
      '--features',
      'recency_days,frequency,monetary,weekend_share',
      '--column',
      'weekend_share:transform=none,weight=0.5',
      '--winsorise',
      '0.01..0.99',
    ];
    await cliJson<unknown>(['features', 'save', 'with weekends', ...recipe, ...place]);
    await cliJson<unknown>(['segment', 'train', '--k', '3', '--recipe', 'with weekends', ...place]);
    await cliJson<unknown>(['segment', 'rename', '1', 'Best', ...place]);
    const model = await cliJson<{
      options: { columns: object; winsorise: object };
      segments: { segmentName: string }[];
    }>(['segment', 'profile', ...place]);
    expect(model.options).toMatchObject({
      columns: { weekend_share: { transform: 'none', weight: 0.5 } },
      winsorise: { lower: 0.01, upper: 0.99 },
    });
    expect(model.segments.map(({ segmentName }) => segmentName)).toContain('Best');
    const compared = await cliJson<{ agreement: number }>([
      'segment',
      'compare',
      '1',
      '2',
      ...place,
    ]);
    expect(compared.agreement).toBeGreaterThan(0);
    const [first] = await cliJson<{ customer_id: string }[]>([
      'query',
      "select customer_id from gold.customer_segments where segment_name = 'Best' limit 1",
      ...place,
    ]);
    const why = await cliJson<{ segmentName: string }>([
      'segment',
      'explain',
      first?.customer_id ?? '',
      ...place,
    ]);
    expect(why.segmentName).toBe('Best');
    const report = await cliJson<{ columns: { name: string }[]; findings: { kind: string }[] }>([
      'features',
      'report',
      '--features',
      'recency_days,monetary',
      '--transform',
      'none',
      '--scale',
      'none',
      ...place,
    ]);
    expect(report.findings.map(({ kind }) => kind)).toContain('dominating');
  });

  it.each([
    [['segment', 'sweep', '--column', 'monetary'], 'BAD_USAGE', 2],
    [['segment', 'sweep', '--column', 'monetary:shape=round'], 'BAD_USAGE', 2],
    [['segment', 'sweep', '--winsorise', '0.9..0.1'], 'BAD_USAGE', 2],
    [['segment', 'sweep', '--features', 'shoe_size'], 'FEATURE_UNKNOWN', 2],
    [['segment', 'train', '--recipe', 'none such'], 'RECIPE_UNKNOWN', 2],
    [['segment', 'compare', '1', '99'], 'MODEL_UNKNOWN', 2],
    [['segment', 'rename', '77', 'X'], 'SEGMENT_UNKNOWN', 2],
    [['segment', 'tiers'], 'BAD_USAGE', 2],
    [['segment', 'dance'], 'BAD_USAGE', 2],
    [['features', 'remove', 'none such'], 'RECIPE_UNKNOWN', 2],
    [['clv', 'report'], 'NO_CLV_MODEL', 1],
  ] as const)('%j is refused with %s', async (args, error, exit) => {
    expect(told(await cli([...args, ...place]))).toEqual({ exit, error, next: true, out: '' });
  });

  it('predicts CLV, and makes tiers by rule', async () => {
    const clv = await cliJson<{ kind: string; customers: number }>(['clv', 'fit', ...place]);
    expect(clv.kind).toBe('fitted');
    const tiers = await cliJson<{ tier: string; customers: number }[]>([
      'segment',
      'tiers',
      '--rule',
      'Top: predicted_clv > 200',
      '--rule',
      'Many: frequency > 20',
      ...place,
    ]);
    expect(tiers.reduce((sum, { customers }) => sum + customers, 0)).toBe(clv.customers);
  });
});

describe('strata kpis', () => {
  it('splits the change between two days, and shows cohorts', async () => {
    const days = ['--from', '2025-01-01', '--to', '2025-06-01'];
    const split = await cliJson<{ change: number; mix: number; rate: number; migration: number }>([
      'kpis',
      'split',
      '--kpi',
      'aov',
      ...days,
      ...place,
    ]);
    expect(split.mix + split.rate + split.migration).toBe(split.change);
    const cells = await cliJson<{ age: number; active: number; customers: number }[]>([
      'kpis',
      'cohorts',
      ...place,
    ]);
    const first = cells.filter(({ age }) => age === 0);
    expect(first.every(({ active, customers }) => active === customers)).toBe(true);
    const report = await cliJson<{ intervals: unknown[]; current: unknown[] }>(['kpis', ...place]);
    expect(report.intervals).toHaveLength(report.current.length);
    const wrong = await cli(['kpis', 'split', '--kpi', 'height', ...days, ...place]);
    expect(told(wrong)).toMatchObject({ error: 'BAD_USAGE', exit: 2 });
  });
});
