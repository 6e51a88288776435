import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matrixFromColumns } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import { describeColumn } from '../../../pipeline/statistics/scaling/column-quality.ts';
import { describeFinding } from '../../../pipeline/statistics/scaling/describe-finding.ts';
import { assessFeatures } from '../../../pipeline/statistics/scaling/feature-quality.ts';
import { histogram } from '../../../pipeline/statistics/scaling/histogram.ts';
import {
  applyPreprocessing,
  type ColumnOptions,
  fitPreprocessing,
} from '../../../pipeline/statistics/scaling/preprocessing.ts';

interface Truth {
  name: string;
  values: number[];
  minimum: number;
  quartiles: [number, number, number];
  maximum: number;
  mean: number;
  deviation: number;
  skewness: number;
  kurtosis: number;
  distinct: number;
  mostFrequent: number;
  mostFrequentShare: number;
  zeroShare: number;
  outliers: number;
  counts: number[];
  edges: number[];
}
const fixture = new URL('../../fixtures/preprocessing/quality.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Truth[];
const random = createRandom(11);
const normal = (rows: number, make: (z: number, row: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => make(random.normal(), row));

function prepared(columns: Float64Array[], options: Partial<ColumnOptions>) {
  const own = {
    missing: 'median',
    winsorise: null,
    transform: 'none',
    scaling: 'none',
    ...options,
  } as const;
  const fitted = fitPreprocessing(
    columns,
    columns.map(() => own),
  );
  return applyPreprocessing(columns, fitted);
}

function sentences(
  columns: Record<string, Float64Array>,
  options: Partial<ColumnOptions>,
  labels?: Int32Array,
): string[] {
  const values = Object.values(columns);
  const matrix = prepared(values, options);
  const { findings } = assessFeatures({
    columns: values,
    prepared: matrix,
    labels: labels ?? null,
  });
  return findings.map((finding) => describeFinding(finding, Object.keys(columns)));
}

describe('the quality of a column', () => {
  test.each(cases)('$name is as numpy and scipy describe it', (truth) => {
    const { distribution, ...counts } = describeColumn(
      Float64Array.from([...truth.values, Number.NaN]),
    );
    expect(counts).toEqual({
      rows: truth.values.length + 1,
      missing: 1,
      distinct: truth.distinct,
    });
    const near = (value: number): unknown => expect.closeTo(value, 9);
    expect(distribution).toEqual({
      minimum: truth.minimum,
      lowerQuartile: near(truth.quartiles[0]),
      median: near(truth.quartiles[1]),
      upperQuartile: near(truth.quartiles[2]),
      maximum: truth.maximum,
      mean: near(truth.mean),
      deviation: near(truth.deviation),
      skewness: near(truth.skewness),
      kurtosis: near(truth.kurtosis),
      mostFrequent: truth.mostFrequent,
      mostFrequentShare: near(truth.mostFrequentShare),
      zeroShare: near(truth.zeroShare),
      outliers: truth.outliers,
      farthest: expect.toSatisfy((far: number | null) => far === null || far > 0),
    });
  });

  test('shape does not depend on offset or unit', () => {
    const column = normal(200, (z) => Math.round(Math.exp(z) * 1024) / 1024);
    const shape = (values: Float64Array): (number | null | undefined)[] => {
      const { distribution } = describeColumn(values);
      return [distribution?.skewness, distribution?.kurtosis, distribution?.farthest];
    };
    const expected = shape(column).map((value) => expect.closeTo(value ?? 0, 9));
    expect(shape(column.map((x) => x + 1e8))).toEqual(expected);
    expect(shape(column.map((x) => x * 1e-300))).toEqual(expected);
    expect(shape(column.map((x) => x * 1e150))).toEqual(expected);
  });

  test('one row, a constant and nothing at all have no shape', () => {
    expect(describeColumn(Float64Array.of(-0)).distribution).toMatchObject({
      mostFrequent: 0,
      zeroShare: 1,
      deviation: 0,
      skewness: null,
      kurtosis: null,
      farthest: null,
    });
    expect(describeColumn(Float64Array.of(Number.NaN, Number.NaN))).toEqual({
      rows: 2,
      missing: 2,
      distinct: 0,
      distribution: null,
    });
    expect(() => describeColumn(Float64Array.of(1, -Infinity))).toThrow('cannot be described');
  });
});

describe('the quality of a set of features', () => {
  const age = normal(400, (z) => Math.round(45 + 12 * z));
  const visits = normal(400, (z) => Math.round(10 + 3 * z));
  const income = normal(400, (z) => Math.round(52_000 + 9_000 * z));

  test('unscaled income swallows everything; standardised it does not', () => {
    const columns = { age, visits, income };
    expect(sentences(columns, {})).toEqual([
      'income makes up over 99% of the distances: standardise it, or the segments will be income bands.',
    ]);
    expect(sentences(columns, { scaling: 'standard' })).toEqual([]);
    // Of two columns one always has more than half.
    expect(sentences({ age, visits }, { scaling: 'minmax' })).toEqual([]);
    const { prepared: seen } = assessFeatures({
      columns: Object.values(columns),
      prepared: prepared(Object.values(columns), { scaling: 'standard' }),
    });
    expect(seen?.shares).toEqual([1 / 3, 1 / 3, 1 / 3].map((share) => expect.closeTo(share, 12)));
  });

  test('shares of what sets clusters apart are those of the sums of squares between them', () => {
    const columns = [Float64Array.of(0, 2, 10, 12, 11), Float64Array.of(1, 3, 2, 4, 9)];
    const { prepared: seen } = assessFeatures({
      columns,
      prepared: matrixFromColumns(columns),
      labels: Int32Array.of(4, 4, 0, 0, 0),
    });
    // Means 1 and 11 around 7, 2 and 5 around 3.8; sizes 2 and 3.
    const between = [2 * 36 + 3 * 16, 2 * 1.8 ** 2 + 3 * 1.2 ** 2];
    const total = (between[0] ?? 0) + (between[1] ?? 0);
    expect(seen?.clusterShares).toEqual(between.map((one) => expect.closeTo(one / total, 12)));
    const bands = age.map((value) => (value > 45 ? 1 : 0));
    expect(sentences({ age, visits }, { scaling: 'standard' }, Int32Array.from(bands))).toEqual([
      expect.stringMatching(/^age makes up (over )?9\d% of what sets the segments apart/),
    ]);
  });

  test('each fault is found and told once, the gravest first', () => {
    const columns = {
      age,
      income: income.map((value, row) => (row % 3 === 0 ? Number.NaN : value)),
      age_in_months: age.map((value) => value * 12),
      country: new Float64Array(400).fill(49),
      complaints: normal(400, (_, row) => (row < 390 ? 0 : row)),
      spend: normal(400, (z) => Math.exp(1.5 * z)),
      both: normal(400, (_, row) => (visits[row] ?? 0) + (age[row] ?? 0) / 4),
      visits,
    };
    const told = sentences(columns, { scaling: 'standard' });
    expect(told).toEqual([
      expect.stringMatching(/^134 values of income \(.*\) are missing: say what stands in/),
      'country is 49 for everybody: it tells no customers apart, leave it out.',
      expect.stringMatching(/of the values of complaints are 0: it can only single out/),
      expect.stringMatching(/^spend is strongly skewed \(.*take its log1p or Yeo-Johnson/),
      expect.stringMatching(/values? of spend lies? more than .* winsorise it/),
      expect.stringMatching(/^age and age_in_months say the same \(correlation 1.00\): keep one/),
      expect.stringMatching(/^both follows from the other features together/),
      expect.stringMatching(/^visits follows from the other features together/),
    ]);
    const spend = columns.spend;
    expect(sentences({ spend, visits }, { transform: 'log1p', scaling: 'standard' })).toEqual([]);
  });

  test('what is done to a column is not advised for it again', () => {
    const skewed = { kind: 'skewed', severity: 'warning', column: 0, skewness: 3 } as const;
    const outliers = {
      kind: 'outliers',
      severity: 'warning',
      column: 0,
      count: 1,
      farthest: 14,
    } as const;
    const missing = {
      kind: 'missing',
      severity: 'note',
      column: 0,
      missing: 2,
      rows: 100,
    } as const;
    const dominating = {
      kind: 'dominating',
      severity: 'warning',
      column: 0,
      of: 'distances',
      share: 0.6,
    } as const;
    const done = {
      missing: 'median',
      winsorise: { lower: 0.01, upper: 0.99 },
      transform: 'log1p',
      scaling: 'standard',
    } as const;
    const told = [skewed, outliers, missing, dominating].map((finding) =>
      describeFinding(finding, ['spend'], done),
    );
    expect(told).toEqual([
      'spend is strongly skewed even after its log1p (3): try Yeo-Johnson, or winsorise it more, or a few extreme customers will decide the segments.',
      '1 value of spend lies more than 10 robust deviations from its median (the farthest 14): winsorise it more, or they will get segments of their own.',
      '2 values of spend (2%) are missing, and the median stands in for them.',
      'spend makes up 60% of the distances: give it less weight, or the segments will be spend bands.',
    ]);
    const many = { ...missing, missing: 40 };
    expect(describeFinding(many, ['spend'], { ...done, missing: 'zero' })).toBe(
      '40 values of spend (40%) are missing, and 0 stands in for them: so many customers look alike in it, leave it out unless that is meant.',
    );
    expect(describeFinding(many, ['spend'], { ...done, missing: 'refuse' })).toMatch(
      /are missing: say what stands in for them, or leave the feature out\.$/,
    );
  });

  test('a column that winsorising flattened, or that has no values, is told', () => {
    const rare = normal(400, (_, row) => (row < 398 ? 0 : 5));
    const winsorise = { lower: 0.01, upper: 0.99 };
    expect(sentences({ rare, visits }, { winsorise, scaling: 'standard' })).toContain(
      'Nothing is left of rare: over 99% of its values are 0, and winsorising cut off the rest. Winsorise it less, or leave it out.',
    );
    const empty = new Float64Array(400).fill(Number.NaN);
    const { findings, prepared: none } = assessFeatures({
      columns: [visits, empty],
      prepared: null,
    });
    expect(none).toBeNull();
    expect(findings.map((finding) => describeFinding(finding, ['visits', 'clv']))).toEqual([
      'clv has no value at all: leave it out.',
    ]);
  });
});

describe('histogram', () => {
  test.each(cases)('$name has the bins of numpy', ({ values, counts, edges }) => {
    const found = histogram(Float64Array.from(values));
    expect(found.counts).toEqual(counts);
    expect(found.edges).toEqual(edges.map((edge) => expect.closeTo(edge, 9)));
    const drawn = counts.reduce((sum, count) => sum + count, 0);
    expect(found.below + found.above + drawn).toBe(values.length);
  });

  test('a constant, one row and nothing are drawn as they are', () => {
    const bare = { below: 0, above: 0, missing: 0 };
    expect(histogram(Float64Array.of(1e8, 1e8))).toEqual({
      ...bare,
      edges: [1e8, 1e8],
      counts: [2],
    });
    expect(histogram(Float64Array.of(Number.NaN))).toEqual({
      ...bare,
      edges: [],
      counts: [],
      missing: 1,
    });
  });

  test('a long tail is counted beyond the last edge and does not flatten the rest', () => {
    const spend = Float64Array.from({ length: 1000 }, (_, row) => (row < 995 ? row % 100 : 1e9));
    const found = histogram(spend);
    expect(found.above).toBe(spend.filter((value) => value > (found.edges.at(-1) ?? 0)).length);
    expect(found.edges.at(-1)).toBeLessThan(100);
    expect(found.counts.length).toBeLessThanOrEqual(60);
    const total = found.counts.reduce((sum, count) => sum + count, 0);
    expect(total + found.above + found.below).toBe(1000);
  });
});
