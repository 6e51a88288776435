// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { formatted, tickText } from '../../../pipeline/notebooks/share/svg/format-number.ts';
import { dateTicks, numberTicks } from '../../../pipeline/notebooks/share/svg/ticks.ts';
import { svgFigure } from '../../../pipeline/notebooks/share/svg-figure.ts';

/** An SVG as an XML parser reads it, which forgives nothing. */
function parsed(svg: string | null): Element {
  const document = new DOMParser().parseFromString(svg ?? '', 'application/xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return document.documentElement;
}

/** Rectangles of a path of boxes. */
function boxes(svg: Element, colour: string): number[][] {
  const paths = [...svg.querySelectorAll(`path[fill="${colour}"]`)];
  const text = paths.map((path) => path.getAttribute('d')).join('');
  return [...text.matchAll(/M(\S+) (\S+)h(\S+)v(\S+?)h/g)].map((found) =>
    found.slice(1).map(Number),
  );
}

describe('a figure as a picture', () => {
  test('has bars as high as their values, with gaps where there is none', () => {
    const trace = { type: 'bar', name: 'n', x: ['a', 'b', 'c'], y: [10, null, 5] };
    const svg = parsed(
      svgFigure({ data: [{ ...trace, marker: { color: '#123456' } }], layout: {} }, 'Bars'),
    );
    const [first = [], second = [], ...more] = boxes(svg, '#123456');
    expect(more).toEqual([]);
    expect((second[3] ?? 0) / (first[3] ?? 1)).toBeCloseTo(0.5, 2);
    expect((first[1] ?? 0) + (first[3] ?? 0)).toBeCloseTo((second[1] ?? 0) + (second[3] ?? 0), 1);
    expect(svg.getAttribute('aria-label')).toBe('Bars');
    expect([...svg.querySelectorAll('text')].map((one) => one.textContent)).toEqual([
      ...['a', 'b', 'c'],
      ...['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
    ]);
  });

  test('stacks bars on each other and stands groups side by side', () => {
    const of = (barmode: string): number[][][] => {
      const data = ['#111111', '#222222'].map((color, i) => ({
        type: 'bar',
        name: color,
        x: ['a'],
        y: [i + 1],
        marker: { color },
      }));
      const svg = parsed(svgFigure({ data, layout: { barmode } }, ''));
      return [boxes(svg, '#111111'), boxes(svg, '#222222')];
    };
    const [[low = []] = [], [high = []] = []] = of('stack');
    expect(high[0]).toBe(low[0]);
    expect((high[1] ?? 0) + (high[3] ?? 0)).toBeCloseTo(low[1] ?? 0, 1);
    const [[left = []] = [], [right = []] = []] = of('group');
    expect((left[0] ?? 0) + (left[2] ?? 0)).toBeCloseTo(right[0] ?? 0, 1);
    expect((left[1] ?? 0) + (left[3] ?? 0)).toBeCloseTo((right[1] ?? 0) + (right[3] ?? 0), 1);
  });

  test('breaks lines where a value is missing', () => {
    const trace = { type: 'scatter', mode: 'lines', x: [1, 2, 3, 4, 5], y: [1, 2, null, 4, 5] };
    const svg = parsed(
      svgFigure({ data: [{ ...trace, line: { color: '#123456' } }], layout: {} }, ''),
    );
    const path = svg.querySelector('path[stroke="#123456"]')?.getAttribute('d') ?? '';
    expect(path.replaceAll(/[\d.-]+ [\d.-]+/g, '')).toBe('MLML');
  });

  test('stays small with very many points', () => {
    const many = Array.from({ length: 200_000 }, (_, i) => i);
    const y = many.map((i) => Math.sin(i / 1000) + (i % 7));
    for (const mode of ['lines', 'markers']) {
      const svg = svgFigure({ data: [{ type: 'scattergl', mode, x: many, y }], layout: {} }, '');
      expect(svg?.length).toBeLessThan(1_500_000);
    }
  });

  test('is none of what it cannot draw', () => {
    for (const figure of [
      null,
      [],
      {},
      { data: [] },
      { data: [{ type: 'pie', values: [1] }] },
      { data: [{ type: 'box', y: [1, 2, 3] }] },
      { data: [{ x: [1], y: [1] }], layout: { xaxis: { type: 'log' } } },
    ] as Json[]) {
      expect(svgFigure(figure, '')).toBeNull();
    }
  });

  test('is XML without a NaN, whatever the figure holds', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(null, true, '2024-01-31', '2024-01-31 10:00', -1e308, 5e-324, '__proto__'),
    );
    const list = fc.array(value, { maxLength: 8 });
    const trace = fc.record(
      {
        type: fc.constantFrom('bar', 'scatter', 'box', 'heatmap'),
        x: list,
        y: list,
        z: fc.array(list, { maxLength: 4 }),
        median: list,
        q1: list,
        q3: list,
        upperfence: list,
        width: fc.oneof(value, list),
        mode: fc.constantFrom('lines', 'markers', 'lines+markers', 'x'),
        stackgroup: fc.constantFrom('', 'a'),
        orientation: fc.constantFrom('v', 'h'),
        xaxis: fc.constantFrom('x', 'x2', 'y', 'z<'),
        name: fc.string({ unit: 'binary' }),
        texttemplate: fc.constantFrom('%{x:.2f}', '%{y:,.0%}', '%{q}'),
        error_y: fc.record({ array: list, arrayminus: list }),
        marker: fc.record({ color: fc.oneof(value, list), size: fc.oneof(value, list) }),
      },
      { requiredKeys: ['type'] },
    );
    const axis = fc.record(
      {
        type: fc.constantFrom('-', 'linear', 'date', 'category'),
        domain: list,
        range: list,
        dtick: value,
        nticks: value,
        tickformat: fc.constantFrom(',.0%', '.3~g', 'x'),
        autorange: fc.constantFrom(true, 'reversed'),
        title: fc.oneof(value, fc.record({ text: value })),
      },
      { requiredKeys: [] },
    );
    const layout = fc.record(
      {
        xaxis: axis,
        xaxis2: axis,
        yaxis: axis,
        barmode: fc.constantFrom('stack', 'group', 'overlay'),
        title: value,
        height: value,
        bargap: value,
      },
      { requiredKeys: [] },
    );
    const figure = fc.record({ data: fc.array(trace, { minLength: 1, maxLength: 4 }), layout });
    fc.assert(
      fc.property(figure, fc.string(), (drawn, label) => {
        const svg = svgFigure(drawn, label);
        if (svg === null) return;
        const root = parsed(svg);
        for (const element of root.querySelectorAll('path, rect, circle, text')) {
          for (const name of element.getAttributeNames()) {
            const text = element.getAttribute(name) ?? '';
            if (name !== 'aria-label') expect(text).not.toMatch(/NaN|Infinity|undefined|e[+-]\d/);
          }
        }
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});

describe('ticks', () => {
  const texts = (ticks: readonly { readonly text: string }[]): string[] =>
    ticks.map(({ text }) => text);

  test('of numbers stand at round ones', () => {
    const of = (low: number, high: number): string[] =>
      texts(numberTicks([low, high], { count: 5, format: '' }));
    expect(of(0, 100)).toEqual(['0', '20', '40', '60', '80', '100']);
    expect(of(-0.3, 0.3)).toEqual(['−0.3', '−0.2', '−0.1', '0', '0.1', '0.2', '0.3']);
    expect(of(0, 2.6e6)).toEqual(['0', '0.5M', '1M', '1.5M', '2M', '2.5M']);
    expect(of(1e8, 1e8 + 10)).toHaveLength(6);
  });

  test('of days and times stand where calendars and clocks do', () => {
    const of = (from: string, to: string, count = 5): string[] =>
      texts(dateTicks([Date.parse(`${from}Z`), Date.parse(`${to}Z`)], count));
    expect(of('2020-06-01T00:00', '2024-06-01T00:00', 4)).toEqual(['2021', '2022', '2023', '2024']);
    expect(of('2023-11-15T00:00', '2024-04-15T00:00')).toEqual([
      'Dec 2023',
      'Jan 2024',
      'Feb',
      'Mar',
      'Apr',
    ]);
    expect(of('2024-02-27T00:00', '2024-03-02T00:00')).toEqual([
      'Feb 27, 2024',
      'Feb 28',
      'Feb 29',
      'Mar 1',
      'Mar 2',
    ]);
    expect(of('2024-01-01T22:00', '2024-01-02T02:00')).toEqual([
      '22:00',
      '23:00',
      'Jan 2',
      '01:00',
      '02:00',
    ]);
  });

  test('and values are written as the formats of our figures say', () => {
    expect(formatted(0.1234, ',.0%')).toBe('12%');
    expect(formatted(-0.0004, '+,.1%')).toBe('0.0%');
    expect(formatted(0.05, '+,.1%')).toBe('+5.0%');
    expect(formatted(1234.5, ',.2f')).toBe('1,234.50');
    expect(formatted(61.25, ',~r')).toBe('61.25');
    expect(formatted(1, '$s')).toBeNull();
    expect(tickText(1500, 500, 2000)).toBe('1,500');
  });
});
