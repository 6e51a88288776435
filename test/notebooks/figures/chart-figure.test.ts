import { tableFromIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { type ChartParameters, chartParameters } from '../../../pipeline/contract/notebook.ts';
import type { Connection, Engine } from '../../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import type { JsonObject } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { chartFigure } from '../../../pipeline/notebooks/figures/chart-figure.ts';
import { chartQuery } from '../../../pipeline/notebooks/figures/chart-query.ts';
import type { Figure } from '../../../pipeline/notebooks/figures/figure.ts';
import { plotlyOutput } from '../../../pipeline/notebooks/outputs/plotly-output.ts';

let engine: Engine;
let connection: Connection;

// Its columns are named as the queries name theirs, so that one taken for the other would show.
const table = `create table "my ""t""" as select
  i as x, (i * 7919) % 1000 as y0, (i % 5)::double as "colour", 'c' || (i % 3) as "v""0",
  timestamp '2024-01-01' + interval (i % 90) day as "when",
  case when i % 10 = 0 then null else (i % 97)::decimal(9, 2) end as y, i % 2 = 0 as even
  from range(3000) t(i)`;

beforeAll(async () => {
  engine = await openNativeEngine(':memory:');
  connection = await engine.connect();
  await connection.run(table);
  await connection.run(
    'create table numbers as select i as n, (i % 100000)::double / 10 as f, (i * 31) % 4 as g from range(120000) t(i)',
  );
});

afterAll(async () => {
  connection.close();
  await engine.close();
});

async function read(sql: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of connection.arrow(sql)) parts.push(piece);
  return Buffer.concat(parts);
}

async function chart(
  asked: Partial<ChartParameters> & { readonly type: ChartParameters['type']; readonly x: string },
): Promise<Figure> {
  const parameters = chartParameters.parse({ data: 'my "t"', ...asked });
  const { data } = parameters;
  const described = tableFromIPC(
    await read(
      `select column_name as name, column_type as type from (describe "${data.replaceAll('"', '""')}")`,
    ),
  );
  const columns = described.toArray() as unknown as { name: string; type: string }[];
  const figure = chartFigure(parameters, columns, await read(chartQuery(parameters, columns)));
  // Whoever knows how many rows there are may ask for less, and draws the same.
  const [counted] = tableFromIPC(
    await read(`select count(*)::int as n from "${data.replaceAll('"', '""')}"`),
  ).toArray() as { n: number }[];
  const known = await read(chartQuery(parameters, columns, { rows: counted?.n ?? null }));
  expect(chartFigure(parameters, columns, known)).toEqual(figure);
  return figure;
}

interface Trace {
  readonly type: string;
  readonly name: string;
  readonly x: readonly (number | string)[];
  readonly y: readonly number[];
}

const tracesOf = (figure: Figure): Trace[] => figure.data as unknown as Trace[];
const notes = ({ layout }: Figure): unknown[] =>
  (layout['annotations'] as JsonObject[]).map(({ text }) => text);

/** The same rows in plain code. */
const rows = Array.from({ length: 3000 }, (_, i) => ({
  i,
  kind: `c${i % 3}`,
  y: i % 10 === 0 ? null : i % 97,
  day: new Date(Date.UTC(2024, 0, 1 + (i % 90))).toISOString().slice(0, 10),
}));

describe('a chart of rows put together', () => {
  test('has categories by value, and sums that leave out what is missing', async () => {
    const figure = await chart({ type: 'bar', x: 'v"0', y: ['y'], aggregate: 'sum' });
    const sums = Map.groupBy(rows, ({ kind }) => kind);
    const expected = [...sums]
      .map(([kind, own]) => [kind, own.reduce((sum, { y }) => sum + (y ?? 0), 0)] as const)
      .toSorted(([, a], [, b]) => b - a);
    const [trace] = tracesOf(figure);
    expect(trace?.x.map((kind, at) => [kind, trace.y[at]])).toEqual(expected);
    expect(figure.title).toBe('bar of sum of y by v"0, my "t"');
    expect(figure.layout['xaxis']).toMatchObject({ categoryarray: expected.map(([kind]) => kind) });
  });

  test('has days in their order, as ISO 8601', async () => {
    const [trace] = tracesOf(await chart({ type: 'line', x: 'when', aggregate: 'count' }));
    expect(trace?.x).toEqual([...new Set(rows.map(({ day }) => day))].toSorted());
    expect(new Set(trace?.y)).toEqual(new Set([34, 33]));
  });

  test('has a trace for each value of the colour', async () => {
    const figure = await chart({
      type: 'area',
      x: 'when',
      y: ['y0', 'X'],
      aggregate: 'max',
      colour: 'even',
    });
    expect(tracesOf(figure).map(({ name }) => name)).toEqual([
      'y0, false',
      'y0, true',
      'X, false',
      'X, true',
    ]);
  });

  test('says of how many categories it draws the greatest', async () => {
    const figure = await chart({
      type: 'bar',
      data: 'numbers',
      x: 'n',
      y: ['f'],
      aggregate: 'sum',
    });
    expect(notes(figure)).toEqual(['50,000 of 120,000 points drawn']);
    await connection.run(
      "create or replace table texts as select 'n' || n as t, n from numbers where n < 500",
    );
    const texts = await chart({ type: 'bar', data: 'texts', x: 't', y: ['n'], aggregate: 'max' });
    expect(notes(texts)).toEqual(['200 of 500 values drawn']);
    expect(tracesOf(texts)[0]?.y.slice(0, 3)).toEqual([499, 498, 497]);
  });
});

describe('a chart of single rows', () => {
  test('draws all of few, in SVG, and an even part of many, always the same', async () => {
    const few = await chart({ type: 'scatter', x: 'x', y: ['y0'] });
    expect([few.data[0]?.['type'], tracesOf(few)[0]?.x.length, notes(few)]).toEqual([
      'scatter',
      3000,
      [],
    ]);
    const many = await chart({ type: 'scatter', data: 'numbers', x: 'n', y: ['f'] });
    const [first] = tracesOf(many);
    expect([first?.type, notes(many).length]).toEqual(['scattergl', 1]);
    expect(first?.x.length).toBeGreaterThan(38_000);
    expect(first?.x.length).toBeLessThan(42_000);
    await connection.run(
      'create or replace table turned as select * from numbers order by f, n desc',
    );
    const turned = await chart({ type: 'scatter', data: 'turned', x: 'n', y: ['f'] });
    expect(tracesOf(turned)).toEqual(tracesOf(many));
  });

  test('takes numbers with many values as a scale and few as groups', async () => {
    const scale = await chart({ type: 'scatter', x: 'x', y: ['y0'], colour: 'y' });
    expect(scale.data).toMatchObject([{ marker: { colorbar: {} } }]);
    const groups = await chart({ type: 'scatter', x: 'x', y: ['y0'], colour: 'colour' });
    expect(tracesOf(groups).map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4']);
  });
});

test('a histogram counts every row in bins of a round width, also far from zero and of one value', async () => {
  const figure = await chart({ type: 'histogram', data: 'numbers', x: 'f' });
  const [trace] = tracesOf(figure);
  expect(figure.data[0]?.['width']).toBe(500);
  expect(trace?.y.reduce((sum, count) => sum + count, 0)).toBe(120_000);
  expect(trace?.x.slice(0, 2)).toEqual([250, 750]);
  expect(trace?.y[0]).toBe(10_000);
  await connection.run(
    'create or replace table far as select 1e8 + i / 1000 as v, 7 as one from range(1000) t(i)',
  );
  const [far] = tracesOf(await chart({ type: 'histogram', data: 'far', x: 'v' }));
  expect(far?.y.reduce((sum, count) => sum + count, 0)).toBe(1000);
  expect(far?.y.length).toBe(20);
  expect(tracesOf(await chart({ type: 'histogram', data: 'far', x: 'one' }))[0]).toMatchObject({
    x: [7.5],
    y: [1000],
  });
  const days = await chart({ type: 'histogram', x: 'when' });
  expect(tracesOf(days)[0]?.y.reduce((sum, count) => sum + count, 0)).toBe(3000);
});

test('boxes have the quartiles and fences of Tukey', async () => {
  await connection.run(
    "create or replace table boxed as select unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]) as v, 'a' as k",
  );
  const figure = await chart({ type: 'box', data: 'boxed', x: 'k', y: ['v'] });
  expect(figure.data).toMatchObject([
    {
      x: ['a'],
      q1: [3.25],
      median: [5.5],
      q3: [7.75],
      lowerfence: [1],
      upperfence: [9],
      mean: [14.5],
    },
  ]);
  const alone = await chart({ type: 'box', data: 'boxed', x: 'v' });
  expect(alone.data).toMatchObject([{ x: ['v'], median: [5.5] }]);
});

test('a heatmap has a cell for each pair that there is', async () => {
  const figure = await chart({ type: 'heatmap', x: 'colour', y: ['v"0', 'y0'], aggregate: 'max' });
  const [map] = figure.data as unknown as { x: number[]; y: string[]; z: number[][] }[];
  expect(map?.x).toEqual([0, 1, 2, 3, 4]);
  const expected = map?.y.map((kind) =>
    map.x.map((colour) => {
      const own = rows.filter((row) => row.kind === kind && row.i % 5 === colour);
      return Math.max(...own.map(({ i }) => (i * 7919) % 1000));
    }),
  );
  expect(map?.z).toEqual(expected);
});

test('what is made of fewer rows than may be seen is left out, and said so', async () => {
  // 1 row of k1, 2 of k2 and so on to 9 of k9; v is the number of the row among them, w is there in 6 of k9 alone.
  await connection.run(
    `create or replace table groups as select concat('k', k) as k, k as nth, v, 'one' as other,
       case when k = 9 and v > 3 then v end as w, date '2024-01-01' + k::integer as "day"
     from range(1, 10) a(k), range(1, 10) b(v) where v <= k`,
  );
  await connection.run(
    'create or replace table grouped as select k, nth, sum(v) as v from groups group by all',
  );
  const types = {
    k: 'VARCHAR',
    nth: 'BIGINT',
    v: 'BIGINT',
    w: 'BIGINT',
    other: 'VARCHAR',
    day: 'DATE',
  };
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
  const asked = async (given: z.input<typeof chartParameters>, least = 6) => {
    const parameters = chartParameters.parse(given);
    const ipc = await read(chartQuery(parameters, columns, { least }));
    const rows: Record<string, unknown>[] = tableFromIPC(ipc).toArray();
    return { rows, notes: notes(chartFigure(parameters, columns, ipc)) };
  };
  const plain = { data: 'groups', x: 'k', aggregate: 'count' } as const;
  const seen = async (given: z.input<typeof chartParameters>): Promise<ReadonlySet<unknown>> =>
    new Set((await asked(given)).rows.map(({ x }) => x));
  const many = new Set<unknown>(['k6', 'k7', 'k8', 'k9']);
  expect(await seen({ ...plain, type: 'bar' })).toEqual(many);
  expect(await seen({ ...plain, type: 'bar', y: ['v'] })).toEqual(many);
  expect(await seen({ ...plain, type: 'histogram' })).toEqual(many);
  expect(await seen({ ...plain, type: 'box', y: ['v'], aggregate: 'none' })).toEqual(many);
  expect(await seen({ ...plain, type: 'heatmap', y: ['other'] })).toEqual(many);
  for (const aggregate of ['mean', 'median', 'min', 'max', 'sum'] as const) {
    expect(await seen({ ...plain, type: 'bar', y: ['v'], aggregate })).toEqual(many);
    expect(await seen({ ...plain, type: 'heatmap', y: ['other', 'v'], aggregate })).toEqual(many);
    expect(await seen({ ...plain, type: 'bar', colour: 'other', y: ['v'], aggregate })).toEqual(
      many,
    );
    // Single rows of few are no group, whatever tells them apart.
    expect(await seen({ ...plain, type: 'bar', data: 'grouped', y: ['v'], aggregate })).toEqual(
      new Set(),
    );
    expect(
      await seen({ ...plain, type: 'line', x: 'nth', data: 'grouped', y: ['v'], aggregate }),
    ).toEqual(new Set());
  }
  expect((await asked({ ...plain, type: 'bar' })).notes).toEqual(['4 of 9 values drawn']);
  expect((await asked({ ...plain, type: 'bar' }, 10)).notes).toEqual(['nothing to draw']);
  const bins = await asked({ ...plain, type: 'histogram', x: 'nth' });
  expect(bins.rows.length).toBeGreaterThan(1);
  expect(bins.rows.every(({ y0 }) => Number(y0) >= 6)).toBe(true);
  expect(bins.notes).toEqual([expect.stringMatching(/^\d+ of 9 bins drawn$/)]);
  // One column of few values does not take the others along.
  const both = await asked({ ...plain, type: 'bar', y: ['v', 'w'] });
  expect(both.rows.map(({ y0, y1 }) => [y0, y1])).toEqual([
    [9, 6],
    [8, null],
    [7, null],
    [6, null],
  ]);
  // Neither the days nor the colours of the few are told.
  const days = await asked({
    ...plain,
    type: 'line',
    x: 'day',
    y: ['v'],
    colour: 'k',
    aggregate: 'mean',
  });
  expect(days.rows.map(({ y0 }) => y0)).toEqual([3.5, 4, 4.5, 5]);
  expect(days.rows.map(({ colour }) => colour)).toEqual([...many]);
  expect(days.notes).toEqual(['4 of 9 points drawn']);
  // Rows that say for how many people they stand were judged by that.
  await connection.run(
    'create or replace table counted as select k, k as customers, 1.5 as v from range(1, 10) a(k)',
  );
  const judged = chartParameters.parse({
    ...plain,
    data: 'counted',
    type: 'bar',
    y: ['v'],
    aggregate: 'mean',
  });
  const types2 = ['k', 'customers', 'v'].map((name) => ({ name, type: 'BIGINT' }));
  const drawn = tableFromIPC(await read(chartQuery(judged, types2, { least: 6 })));
  expect(drawn.numRows).toBe(9);
});

test('what cannot be drawn is told with the nearest name', async () => {
  const problem = async (asked: Parameters<typeof chart>[0]): Promise<string> =>
    chart(asked).then(
      () => 'drawn',
      (error: Error) => error.message,
    );
  expect([
    await problem({ type: 'bar', x: 'wehn', aggregate: 'count' }),
    await problem({ type: 'bar', x: 'when' }),
    await problem({ type: 'line', x: 'when', y: ['even'], aggregate: 'mean' }),
    await problem({ type: 'heatmap', x: 'when' }),
  ]).toEqual([
    'The cell cannot be used: "my "t"" has no column "wehn"; did you mean "when"?',
    'The cell cannot be used: a bar chart needs a column "y", or the aggregate "count".',
    'The cell cannot be used: the column "even" is of type BOOLEAN, and a number is needed.',
    'The cell cannot be used: a heatmap needs a column "y" beside "x", and a second one for its colours.',
  ]);
});

test('an output holds the figure, and its values as a table for whoever cannot show it', async () => {
  const figure = await chart({ type: 'bar', x: 'v"0', aggregate: 'count' });
  const output = plotlyOutput(figure);
  const data = output['data'] as JsonObject;
  expect(Object.keys(data)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
  expect(data['text/plain']).toBe(
    '[Chart: bar of rows by v"0, my "t"]\n\nv"0  rows\nc0   1000\nc1   1000\nc2   1000\n\n[3 rows × 2 columns]',
  );
  expect(JSON.parse(JSON.stringify(output))).toEqual(output);
});
