import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, cliJson, told } from '../helpers/cli.ts';
import { sharedDemo } from '../helpers/shared-demo.ts';

const demo = sharedDemo(400);

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
      ...demo.place,
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
    await cliJson<unknown>(['features', 'save', 'with weekends', ...recipe, ...demo.place]);
    await cliJson<unknown>([
      'segment',
      'train',
      '--k',
      '3',
      '--recipe',
      'with weekends',
      ...demo.place,
    ]);
    await cliJson<unknown>(['segment', 'rename', '1', 'Best', ...demo.place]);
    const model = await cliJson<{
      options: { columns: object; winsorise: object };
      segments: { segmentName: string }[];
    }>(['segment', 'profile', ...demo.place]);
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
      ...demo.place,
    ]);
    expect(compared.agreement).toBeGreaterThan(0);
    const [first] = await cliJson<{ customer_id: string }[]>([
      'query',
      "select customer_id from gold.customer_segments where segment_name = 'Best' limit 1",
      ...demo.place,
    ]);
    const why = await cliJson<{ segmentName: string }>([
      'segment',
      'explain',
      first?.customer_id ?? '',
      ...demo.place,
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
      ...demo.place,
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
    [['segment', 'rename', '0', 'X'], 'BAD_USAGE', 2],
    [['segment', 'rename', '1', 'a\u0007b'], 'BAD_USAGE', 2],
    [['segment', 'sweep', '--column', 'nope:weight=2'], 'FEATURE_UNKNOWN', 2],
    [['segment', 'sweep', '--column', 'aov:weight=2'], 'BAD_USAGE', 2],
    [['features', 'save', ''], 'BAD_USAGE', 2],
    [['features', 'save', 'x'.repeat(81)], 'BAD_USAGE', 2],
    [['segment', 'tiers', '--rule', 'A: monetary'], 'TIER_INVALID', 2],
    [['segment', 'tiers'], 'BAD_USAGE', 2],
    [['segment', 'dance'], 'BAD_USAGE', 2],
    [['features', 'remove', 'none such'], 'RECIPE_UNKNOWN', 2],
    [['clv', 'report'], 'NO_CLV_MODEL', 1],
  ] as const)('%j is refused with %s', async (args, error, exit) => {
    expect(told(await cli([...args, ...demo.place]))).toEqual({ exit, error, next: true, out: '' });
  });

  it('tell what was wrong by what was typed and by what is kept', async () => {
    await cliJson<unknown>(['features', 'save', 'plain', ...demo.place]);
    expect((await cli(['segment', 'rename', '0', 'X', ...demo.place])).err).toContain(
      'The segment is a whole number from 1, not "0".',
    );
    const removing = await cli(['features', 'remove', 'none such', ...demo.place]);
    expect(removing.err).toMatch(/kept are .*plain/);
    const tier = await cli(['segment', 'tiers', '--rule', 'A: monetary', ...demo.place]);
    expect(tier.err).toContain('The tier "A" cannot be used: "monetary": ');
    expect(tier.err).not.toMatch(/cast/i);
  });

  it('add what --column says to what a recipe says of that feature', async () => {
    const base = ['--column', 'monetary:transform=none,weight=2'];
    await cliJson<unknown>(['features', 'save', 'first', ...base, ...demo.place]);
    const saved = await cliJson<{ recipe: { columns: object } }>([
      'features',
      'save',
      'second',
      '--recipe',
      'first',
      '--column',
      'monetary:weight=3',
      '--column',
      'monetary:scale=robust',
      ...demo.place,
    ]);
    expect(saved.recipe.columns).toEqual({
      monetary: { transform: 'none', weight: 3, scale: 'robust' },
    });
  });

  it('refuse a misspelt treatment in strata.json, by its place', async () => {
    const path = join(demo.folder, 'workspace', 'strata.json');
    const before = await readFile(path, 'utf8');
    const columns = { monetary: { wieght: 2 } };
    await writeFile(path, JSON.stringify({ ...JSON.parse(before), segmentation: { columns } }));
    const misspelt = await cli(['segment', 'models', ...demo.place]);
    await writeFile(path, JSON.stringify({ segmentation: { columns: { monetray: {} } } }));
    const unknown = await cli(['segment', 'sweep', ...demo.place]);
    await writeFile(path, before);
    expect(told(misspelt)).toMatchObject({ exit: 2, error: 'CONFIG_INVALID' });
    expect(misspelt.err).toMatch(/segmentation\.columns\.monetary: .*wieght/);
    expect(told(unknown)).toMatchObject({ exit: 2, error: 'CONFIG_INVALID' });
    expect(unknown.err).toContain('segmentation.columns treats "monetray"');
  });

  it('tell who moved between the models', async () => {
    const flows = await cliJson<{ fromId: number | null; toId: number; customers: number }[]>([
      'segment',
      'migration',
      ...demo.place,
    ]);
    const placed = await cliJson<{ n: number }[]>([
      'query',
      'select count(*)::integer as n from gold.customer_segments',
      ...demo.place,
    ]);
    expect(placed).toEqual([{ n: flows.reduce((sum, { customers }) => sum + customers, 0) }]);
    const { out } = await cli(['segment', 'migration', ...demo.place]);
    expect(out).toMatch(/^By model \d+, against what stood before: [\d,]+ customers moved, /);
    expect(out.trim().split('\n')).toHaveLength(3 + flows.length);
  });

  it('predicts CLV, and makes tiers by rule', async () => {
    const clv = await cliJson<{ kind: string; customers: number }>(['clv', 'fit', ...demo.place]);
    expect(clv.kind).toBe('fitted');
    const tiers = await cliJson<{ tier: string; customers: number }[]>([
      'segment',
      'tiers',
      '--rule',
      'Top: predicted_clv > 200',
      '--rule',
      'Many: frequency > 20',
      ...demo.place,
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
      ...demo.place,
    ]);
    expect(split.mix + split.rate + split.migration).toBe(split.change);
    const cells = await cliJson<{ age: number; active: number; customers: number }[]>([
      'kpis',
      'cohorts',
      ...demo.place,
    ]);
    const first = cells.filter(({ age }) => age === 0);
    expect(first.every(({ active, customers }) => active === customers)).toBe(true);
    const last = Math.max(...cells.map(({ age }) => age));
    const shown = await cli(['kpis', 'cohorts', ...demo.place]);
    expect(shown.out).toContain(
      `\nMonths 13 to ${last} are left out here; --json has every month.`,
    );
    const churn = await cli(['kpis', 'split', '--kpi', 'churn_rate', ...days, ...demo.place]);
    expect(churn.out).toMatch(/^churn_rate: [\d.]+% on 2025-01-01, [\d.]+% on 2025-06-01\n/);
    expect(churn.out).toMatch(/\nAll customers( +-?[\d.]+ pp){4}\n/);
    const report = await cliJson<{ intervals: unknown[]; current: unknown[] }>([
      'kpis',
      ...demo.place,
    ]);
    expect(report.intervals).toHaveLength(report.current.length);
    const wrong = await cli(['kpis', 'split', '--kpi', 'height', ...days, ...demo.place]);
    expect(told(wrong)).toMatchObject({ error: 'BAD_USAGE', exit: 2 });
  });
});
