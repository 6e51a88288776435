import { describe, expect, it } from 'vitest';
import type {
  Flow,
  ModelInfo,
  ModelReport,
  Successions,
  SweepReport,
} from '../../pipeline/contract/segmentation.ts';
import { cli, cliJson, told } from '../helpers/cli.ts';
import { sharedDemo } from '../helpers/shared-demo.ts';

interface Preview {
  readonly sweep: SweepReport;
  readonly successions: Successions;
}

const demo = sharedDemo(400);

const inOrder = (flows: readonly Flow[]): Flow[] =>
  flows.toSorted((a, b) => (a.fromId ?? 0) - (b.fromId ?? 0) || (a.toId ?? 0) - (b.toId ?? 0));

/** The lines of a table after the line that begins with this. */
function tableAfter(out: string, start: string, rows: number): string[] {
  const lines = out.split('\n');
  const at = lines.findIndex((line) => line.startsWith(start));
  return lines.slice(at + 1, at + 3 + rows);
}

describe('how well segments come back', () => {
  it('is told of each cluster of the recommended k, and of any k by a preview of it', async () => {
    const asked = ['--stability', ...demo.place];
    const swept = await cliJson<SweepReport>(['segment', 'sweep', '--k', '2..4', ...asked]);
    const k = swept.recommended ?? 0;
    const of = swept.clusterings.find((one) => one.k === k)?.clusters ?? [];
    expect(of).toHaveLength(k);
    const { out } = await cli(['segment', 'sweep', '--k', '2..4', ...asked]);
    const [header, , ...rows] = tableAfter(out, `The clusters of k = ${k}, by falling mean`, k);
    expect(header).toMatch(/^cluster {2}customers {2}share {2}stability +dissolved$/);
    for (const [at, row] of rows.entries()) {
      const { customers, stability } = of[at] ?? {};
      const [label, size, , jaccard, grade, dissolved] = row.trim().split(/ +/);
      expect([label, size, dissolved]).toEqual([
        String(at + 1),
        String(customers),
        `${((stability?.dissolved ?? NaN) * 100).toFixed(1)}%`,
      ]);
      const mean = stability?.jaccard ?? NaN;
      expect(Math.abs(Number(jaccard) - mean)).toBeLessThan(1e-4);
      expect(grade).toBe(mean < 0.6 ? 'doubtful' : mean < 0.75 ? 'unsure' : 'stable');
    }
    const preview = await cliJson<Preview>(['segment', 'preview', '--k', '4', ...asked]);
    expect(preview.sweep.clusterings).toEqual(swept.clusterings.filter((one) => one.k === 4));
  }, 60_000);
});

describe('strata segment preview', () => {
  it.each([
    [['--k', '1'], 'BAD_USAGE', 2],
    [['--k', '2..4'], 'BAD_USAGE', 2],
    [['--gap'], 'BAD_USAGE', 2],
    [['--silhouette', 'some'], 'BAD_USAGE', 2],
    [['--features', 'shoe_size'], 'FEATURE_UNKNOWN', 2],
    [['--features', 'refunds', '--k', '50'], 'TOO_FEW_CUSTOMERS', 1],
  ] as const)('refuses %j with %s', async (args, error, exit) => {
    const refused = told(await cli(['segment', 'preview', ...args, ...demo.place]));
    expect(refused).toEqual({ exit, error, next: true, out: '' });
  });

  it('tells who becomes whom, keeps nothing, and is what a training then does', async () => {
    const { sweep, successions } = await cliJson<Preview>([
      'segment',
      'preview',
      '--k',
      '5',
      ...demo.place,
    ]);
    if (successions.kind !== 'matched') throw new Error(`They are ${successions.kind}.`);
    const [{ stay, move, clusters, flows } = { stay: 0, move: 0, clusters: [], flows: [] }] =
      successions.clusterings;
    const { out } = await cli(['segment', 'preview', '--k', '5', ...demo.place]);
    expect(out).toContain(
      `\nAgainst model 1: ${stay} customers would stay in their segment, ${move} move to another\n`,
    );
    const rows = tableAfter(out, 'k = 5 of ', 5).slice(2);
    for (const [at, { segmentName, segmentId, isNew }] of clusters.entries()) {
      expect(rows[at]).toContain(` ${segmentName} (id ${segmentId})${isNew ? ', new ' : ' '}`);
      expect(rows[at]).toContain(sweep.clusterings[0]?.clusters[at]?.sentence);
    }
    expect(clusters.filter(({ isNew }) => isNew)).toHaveLength(1);
    const before = await cliJson<ModelInfo[]>(['segment', 'models', ...demo.place]);
    expect(before.map(({ version }) => version)).toEqual([1]);

    await cliJson<unknown>(['segment', 'train', '--k', '5', ...demo.place]);
    const moved = await cliJson<Flow[]>(['segment', 'migration', ...demo.place]);
    expect(inOrder(moved)).toEqual(inOrder(flows));
    const model = await cliJson<ModelReport>(['segment', 'profile', ...demo.place]);
    const segments = model.segments.map(({ segmentId, segmentName, customers }) => ({
      segmentId,
      segmentName,
      customers,
    }));
    const promised = clusters.map(({ segmentId, segmentName }, at) => ({
      segmentId,
      segmentName,
      customers: sweep.clusterings[0]?.clusters[at]?.customers,
    }));
    expect(segments.toSorted((a, b) => a.segmentId - b.segmentId)).toEqual(
      promised.toSorted((a, b) => a.segmentId - b.segmentId),
    );
  }, 60_000);
});
