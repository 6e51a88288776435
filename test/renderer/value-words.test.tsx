import { expect, test } from 'vitest';
import { calibrationLines } from '../../renderer/charts/calibration-lines.ts';
import { chartTheme } from '../../renderer/charts/chart-theme.ts';
import {
  calibrationSentence,
  clvDefinition,
  overshoot,
  parameterLine,
  type FittedClv,
} from '../../renderer/panels/value/clv-words.ts';

const calibration = {
  cut: '2024-12-31',
  days: 182,
  bias: 0.5,
  groups: [
    { repeats: '0', customers: 100, predicted: 1, actual: 0.5 },
    { repeats: '1+', customers: 100, predicted: 3, actual: 2.5 },
  ],
};

const fitted: FittedClv = {
  kind: 'fitted',
  version: 1,
  fittedAt: '2026-11-21 10:31:30.527',
  asOf: '2025-07-01',
  customers: 200,
  purchases: { r: 1.5003, alpha: 52.917, a: 0.21339, b: 2.7014 },
  value: { p: 1.8428, q: 6.3333, v: 215.293 },
  logLikelihood: -92_331.57,
  warnings: [],
  months: 12,
  monthlyDiscount: 0.01,
  total: 1000,
  mean: 5,
  alive: 0.75,
  bySegment: [],
  calibration,
  notCalibrated: null,
};

test('the definition and the parameters are those of the fit, not constants', () => {
  expect(clvDefinition({ ...fitted, months: 6, monthlyDiscount: 0.005 })).toContain(
    'in the next 6 months (BG/NBD) × expected value of a purchase (Gamma-Gamma), discounted by 0.5% a month',
  );
  expect(parameterLine(fitted)).toBe(
    'BG/NBD r 1.5, α 52.92, a 0.2134, b 2.701 (days), log-likelihood \u221292,331.6. Gamma-Gamma p 1.843, q 6.333, v 215.3.',
  );
});

test('a hold-out is summed up over customers, not over groups', () => {
  expect(overshoot(calibration)).toBeCloseTo(1 / 3, 12);
  const [none, some] = calibration.groups;
  if (none === undefined || some === undefined) throw new Error('no groups');
  expect(overshoot({ ...calibration, groups: [{ ...none, customers: 900 }, some] })).toBeCloseTo(
    1200 / 700 - 1,
    12,
  );
  expect(calibrationSentence(calibration)).toBe(
    'A model fitted only to what was known on 31 December 2024 predicted the 182 days after it for 200 customers. All in all it promised 33% more purchases than came.',
  );
});

test('too little, just right and nothing at all are told apart', () => {
  const of = (predicted: number, actual: number): string =>
    calibrationSentence({
      ...calibration,
      groups: [{ repeats: '0', customers: 10, predicted, actual }],
    });
  expect(of(0.9, 1)).toContain('promised 10% fewer purchases than came');
  expect(of(1.001, 1)).toContain('promised what came');
  expect(of(1, 0)).toContain('Nobody bought in the hold-out');
});

test('what was promised and what came are two lines over the same groups, from zero', () => {
  const figure = calibrationLines({
    points: calibration.groups.map(({ repeats, predicted, actual, customers }) => ({
      group: repeats,
      predicted,
      actual,
      customers: `${customers} customers`,
    })),
    xTitle: 'before',
    yTitle: 'after',
    theme: chartTheme('dark'),
  });
  expect(figure.data).toMatchObject([
    {
      name: 'Bought',
      x: ['0', '1+'],
      y: [0.5, 2.5],
      hovertext: ['0.50 bought, 100 customers', '2.50 bought, 100 customers'],
    },
    { name: 'Predicted', x: ['0', '1+'], y: [1, 3] },
  ]);
  expect(figure.layout['xaxis']).toMatchObject({ type: 'category' });
  expect(figure.layout['yaxis']).toMatchObject({ rangemode: 'tozero' });
});
