import { expect, test } from 'vitest';
import type { FeatureReport } from '../../../pipeline/contract/features.ts';
import type { KpiReport } from '../../../pipeline/contract/schemas.ts';
import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { featuresFigure } from '../../../pipeline/notebooks/figures/features-figure.ts';
import type { Figure } from '../../../pipeline/notebooks/figures/figure.ts';
import { kpiBars } from '../../../pipeline/notebooks/figures/kpi-bars.ts';
import { kpiLines } from '../../../pipeline/notebooks/figures/kpi-lines.ts';
import { tuningFigure } from '../../../pipeline/notebooks/figures/tuning-figure.ts';
import { svgFigure } from '../../../pipeline/notebooks/share/svg-figure.ts';

const row = (segmentId: number | null, churnRate: number | null, aov: number) => ({
  segmentId,
  segmentName: segmentId === null ? null : `S${segmentId}`,
  customers: 10,
  orders: 20,
  revenue: 200,
  clvGrowth: null,
  churnRate,
  aov,
  contribution: 0.5,
});

interface Annotation {
  readonly text: string;
  readonly x: number;
  readonly y: string;
  readonly xref: string;
  readonly xanchor: string;
}

const tooFew = { kind: 'too-few', customers: 3, needed: 10 } as const;
const none = { kind: 'no-value' } as const;

const kpis: KpiReport = {
  asOf: '2024-06-30',
  periodDays: 30,
  churnDays: 90,
  current: [row(null, 0.3, 10), row(0, 0.2, 12), row(1, 0.4, 8)],
  level: 0.95,
  intervals: [
    {
      segmentId: 0,
      clvGrowth: none,
      churnRate: { kind: 'interval', low: 0.15, high: 0.3 },
      aov: none,
      contribution: none,
    },
    { segmentId: 1, clvGrowth: none, churnRate: tooFew, aov: none, contribution: none },
  ],
  monthly: [
    { ...row(0, 0.1, 11), month: '2024-05' },
    { ...row(0, null, 12), month: '2024-06' },
    { ...row(null, 0.3, 10), month: '2024-06' },
  ],
};

/** Each trace's axes must be there, so that nothing is drawn over another. */
function axesOf({ data, layout }: Figure): boolean {
  return data.every((trace) => {
    const [x = 'x', y = 'y'] = [trace['xaxis'], trace['yaxis']].map(String);
    return `xaxis${x.slice(1)}` in layout && `yaxis${y.slice(1)}` in layout;
  });
}

test('KPIs are bars by segment with their intervals, grey where they stand on too few', () => {
  const figure = kpiBars(kpis, ['churnRate', 'contribution']);
  expect(figure.data[0]).toMatchObject({
    y: ['S0', 'S1'],
    x: [0.2, 0.4],
    error_x: { array: [0.3 - 0.2, null], arrayminus: [0.2 - 0.15, null] },
    marker: { color: ['#0072b2', '#7b8592'], pattern: { shape: ['', '/'] } },
  });
  expect(figure.layout['shapes']).toMatchObject([{ x0: 0.3, x1: 0.3, xref: 'x' }]);
  expect(axesOf(figure)).toBe(true);
});

test('values stand beyond their bars and whiskers, within the chart, on a page and on a still one', () => {
  const rows = [row(null, 0.3, 10), row(0, 0.2, 1234.5), row(1, -0.4, 800)];
  const interval = (segmentId: number, churnRate: object) => ({
    segmentId,
    clvGrowth: none,
    churnRate: { kind: 'interval', ...churnRate },
    aov: none,
    contribution: none,
  });
  const report = {
    ...kpis,
    current: rows,
    intervals: [interval(0, { low: 0.15, high: 0.3 }), interval(1, { low: -0.5, high: -0.2 })],
  } as unknown as KpiReport;
  const figure = kpiBars(report, ['churnRate', 'aov']);
  const labels = (figure.layout['annotations'] as unknown as Annotation[]).filter(
    ({ xref }) => xref !== 'paper',
  );
  expect(labels.map(({ text, x, y, xanchor }) => [text, x, y, xanchor])).toEqual([
    ['20.0%', 0.3, 'S0', 'left'],
    ['−40.0%', -0.5, 'S1', 'right'],
    ['1,234.50', 1234.5, 'S0', 'left'],
    ['800.00', 800, 'S1', 'left'],
  ]);
  const svg = svgFigure({ data: figure.data, layout: figure.layout }, 'KPIs') ?? '';
  const words =
    /<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)" font-size="11" class="h">([^<]*)</g;
  const drawn = [...svg.matchAll(words)].map(([, x, , anchor, text = '']) => {
    const width = text.length * 6.5;
    const start = anchor === 'end' ? Number(x) - width : Number(x);
    return { text, start, end: start + width };
  });
  expect(drawn.map(({ text }) => text)).toEqual(labels.map(({ text }) => text));
  const [up, down] = [...svg.matchAll(/M([\d.]+) [\d.]+H([\d.]+)M/g)].map(([, low, high]) => ({
    low: Number(low),
    high: Number(high),
  }));
  expect(drawn[0]?.start).toBeGreaterThan(up?.high ?? Infinity);
  expect(drawn[1]?.end).toBeLessThan(down?.low ?? 0);
  expect(drawn.every(({ start, end }) => start > 0 && end < 760)).toBe(true);
});

test('KPIs by month have a line a segment, with a gap where there is no value', () => {
  const figure = kpiLines(kpis, ['churnRate', 'aov', 'clvGrowth']);
  expect(figure.data.length).toBe(6);
  expect(figure.data[0]).toMatchObject({
    name: 'S0',
    x: ['2024-05-01', '2024-06-01'],
    y: [0.1, null],
    connectgaps: false,
    showlegend: true,
  });
  expect(figure.data[5]).toMatchObject({ name: 'All', xaxis: 'x3', showlegend: false });
  expect(axesOf(figure)).toBe(true);
});

test('tuning draws the scores that there are, the chosen k and the recommended one', () => {
  const scores = {
    calinski_harabasz: 10,
    davies_bouldin: 1,
    gap: null,
    gap_se: null,
    stability: null,
    silhouette_rows: 100,
    smallest_size: 5,
    smallest_share: 0.1,
  };
  const report = {
    recommended: 3,
    sweep: [
      { k: 2, inertia: 9, silhouette: 0.4, ...scores },
      { k: 3, inertia: 5, silhouette: 0.6, ...scores },
    ],
  } as unknown as SweepReport;
  const figure = tuningFigure(report, 2);
  expect(figure.data.map(({ name, x, y }) => [name, x, y])).toEqual([
    ['silhouette', [2, 3], [0.4, 0.6]],
    ['inertia', [2, 3], [9, 5]],
    ['calinski_harabasz', [2, 3], [10, 10]],
    ['davies_bouldin', [2, 3], [1, 1]],
  ]);
  const shapes = figure.layout['shapes'] as unknown as { x0: number; line: { dash: string } }[];
  expect(shapes.slice(0, 2).map(({ x0, line }) => [x0, line.dash])).toEqual([
    [2, 'solid'],
    [3, 'dot'],
  ]);
  expect(tuningFigure(report).layout['shapes']).toHaveLength(4);
  expect(axesOf(figure)).toBe(true);
});

test('features have a histogram before and one after the recipe', () => {
  const column = {
    label: 'Recency',
    skewness: 1.234,
    skewnessAfter: null,
    before: { edges: [0, 10, 30], counts: [4, 6], below: 0, above: 0 },
    after: { edges: [-1, 0, 1], counts: [5, 5], below: 0, above: 0 },
  };
  const figure = featuresFigure({ columns: [column] } as unknown as FeatureReport);
  expect(figure.data).toMatchObject([
    { name: 'Recency, before', x: [5, 20], width: [10, 20], y: [4, 6] },
    { name: 'Recency, after', x: [-0.5, 0.5], width: [1, 1], y: [5, 5] },
  ]);
  expect(figure.layout['annotations']).toMatchObject([
    { text: 'Recency, skewness 1.23' },
    { text: 'prepared' },
  ]);
  expect(axesOf(figure)).toBe(true);
});
