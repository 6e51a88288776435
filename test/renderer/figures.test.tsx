import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { expect, test } from 'vitest';
import { barRange, barsBySegment } from '../../renderer/charts/bars-by-segment.ts';
import { chartTheme } from '../../renderer/charts/chart-theme.ts';
import { changeWaterfall, waterfallRange } from '../../renderer/charts/change-waterfall.ts';
import { heatColour } from '../../renderer/charts/heat-colour.ts';
import { linesByMonth } from '../../renderer/charts/lines-by-month.ts';
import { monthRange } from '../../renderer/charts/months.ts';
import { segmentColour, segmentSymbol } from '../../renderer/charts/palette.ts';
import { hiddenByLog, scatterGroups } from '../../renderer/charts/scatter-groups.ts';
import { segmentScatter } from '../../renderer/charts/segment-scatter.ts';

const light = chartTheme('light');
const dark = chartTheme('dark');

function channel(hex: string, at: number): number {
  const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Contrast as WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [one, other]
    .map((hex) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5))
    .sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test('a bar chart leaves a null value without a bar and says so, and marks the whole', () => {
  const figure = barsBySegment({
    bars: [
      { id: 3, name: 'Bronze', value: null, spread: { kind: 'none' }, hover: null },
      { id: 0, name: 'Platinum', value: 0.25, spread: { kind: 'none' }, hover: 'a tenth of all' },
      { id: 1, name: 'Gold', value: -0.1, spread: { kind: 'none' }, hover: null },
    ],
    whole: 0.2,
    label: (value) => (value === null ? 'no value' : `${value * 100} %`),
    ticks: '.0%',
    theme: light,
  });
  expect(figure.data).toEqual([
    {
      type: 'bar',
      orientation: 'h',
      x: [null, 0.25, -0.1],
      y: [0, 1, 2],
      width: 0.62,
      hovertext: ['Bronze: no value', 'Platinum: 25 %, a tenth of all', 'Gold: -10 %'],
      hoverinfo: 'text',
      marker: {
        color: ['#bb5f95', '#0072b2', '#c47f00'],
        pattern: { shape: ['', '', ''], fillmode: 'replace', size: 6, solidity: 0.4 },
        cornerradius: 3,
      },
      error_x: {
        type: 'data',
        symmetric: false,
        array: [Number.NaN, Number.NaN, Number.NaN],
        arrayminus: [Number.NaN, Number.NaN, Number.NaN],
        color: light.text,
        thickness: 1.25,
        width: 4,
      },
    },
  ]);
  expect(figure.layout['shapes']).toMatchObject([{ x0: 0.2, x1: 0.2, yref: 'paper' }]);
  expect(figure.layout['annotations']).toMatchObject([
    { text: 'all 20 %', x: 0.2 },
    { text: '<i>no value</i>', x: 0, y: 0, xanchor: 'left' },
    { text: '25 %', x: 0.25, y: 1, xanchor: 'left' },
    { text: '-10 %', x: -0.1, y: 2, xanchor: 'right' },
  ]);
});

test('whiskers reach from the value to both ends of its interval, and the value is written beyond them', () => {
  const figure = barsBySegment({
    bars: [
      { id: 0, name: 'Up', value: 2, spread: { kind: 'interval', low: 1, high: 5 }, hover: null },
      {
        id: 1,
        name: 'Down',
        value: -2,
        spread: { kind: 'interval', low: -3, high: 1 },
        hover: null,
      },
      { id: 2, name: 'Few', value: 1, spread: { kind: 'too-few' }, hover: null },
    ],
    whole: null,
    label: String,
    ticks: '',
    theme: light,
  });
  expect(figure.data).toMatchObject([
    {
      marker: { color: ['#0072b2', '#c47f00', '#7b8592'], pattern: { shape: ['', '', '/'] } },
      error_x: { array: [3, 3, Number.NaN], arrayminus: [1, 1, Number.NaN] },
    },
  ]);
  expect(figure.layout['annotations']).toMatchObject([
    { text: '2', x: 5, xanchor: 'left' },
    { text: '-2', x: -3, xanchor: 'right' },
    { text: '1 <i>too few</i>', x: 1 },
  ]);
  const { range } = figure.layout['xaxis'] as { range: [number, number] };
  expect(range[0]).toBeLessThan(-3);
  expect(range[1]).toBeGreaterThan(5);
});

test('a long name is cut beside its bar and whole when it is hovered over', () => {
  const name = 'Weekend shoppers from the long tail';
  const figure = barsBySegment({
    bars: [{ id: 0, name, value: 1, spread: { kind: 'none' }, hover: null }],
    whole: null,
    label: String,
    ticks: '',
    theme: light,
  });
  expect(figure.data).toMatchObject([{ hovertext: [`${name}: 1`] }]);
  expect(figure.layout['yaxis']).toMatchObject({ ticktext: ['Weekend shoppers from t…'] });
});

test('the terms of a waterfall lead from the first value to the last, and its ends are marks, not bars', () => {
  const figure = changeWaterfall({
    before: { name: 'then', value: 52, words: '52' },
    terms: [
      { name: 'Mix', value: -6, words: '-6', hover: 'Mix -6' },
      { name: 'Rate', value: 4, words: '+4', hover: 'Rate +4' },
    ],
    after: { name: 'now', value: 50, words: '50' },
    ticks: '',
    theme: light,
  });
  expect(figure.data).toMatchObject([
    { type: 'waterfall', base: 52, x: [0, -6, 4, 0], y: [0, 1, 2, 3] },
    { type: 'scatter', mode: 'markers', x: [52, 50], y: [0, 3] },
  ]);
  // Beside the right end of each step: 52 down to 46, and up to 50.
  expect(figure.layout['annotations']).toMatchObject([
    { text: '<b>52</b>', x: 52 },
    { text: '-6', x: 52 },
    { text: '+4', x: 50 },
    { text: '<b>50</b>', x: 50 },
  ]);
  expect(waterfallRange([52, 46, 50])[0]).toBeLessThan(46);
  expect(waterfallRange([0, 0])).toEqual([-0.08, 0.34]);
});

test('the words in the cells of a heatmap read on every shade, and zero is not the colour of the card', () => {
  for (const theme of [light, dark]) {
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const ratio = contrast(heatColour(share, theme.scheme), theme.text);
      expect(ratio, `${share} in the ${theme.scheme}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(heatColour(0, theme.scheme), theme.card)).toBeGreaterThan(1.15);
    expect(heatColour(1.5, theme.scheme)).toBe(heatColour(1, theme.scheme));
  }
});

test('the axis of a bar chart always holds zero, every value and the whole, even when none is known', () => {
  expect(barRange([10, 40])).toEqual([0, 52.8]);
  expect(barRange([-10, null])).toEqual([-13.2, 0]);
  expect(barRange([-10, 10])).toEqual([-19, 19]);
  expect(barRange([null, null])).toEqual([0, 0.32]);
});

test('a month without a value is a gap in the line, never a zero and never bridged', () => {
  const figure = linesByMonth({
    months: ['2026-01', '2026-02', '2026-03'],
    series: [
      { id: 2, name: 'Silver', kind: 'segment', values: [1, null, 3] },
      { id: null, name: 'All', kind: 'whole', values: [2, 2, 2] },
    ],
    ticks: ',~r',
    hover: ',.2f',
    theme: dark,
  });
  expect(figure.data).toEqual([
    {
      type: 'scatter',
      mode: 'lines+markers',
      name: 'Silver',
      x: ['2026-01-01', '2026-02-01', '2026-03-01'],
      y: [1, null, 3],
      connectgaps: false,
      line: { color: '#2fc598', width: 2, dash: 'solid' },
      marker: { color: '#2fc598', size: 5, symbol: 'circle' },
      hovertemplate: '%{y:,.2f}',
    },
    expect.objectContaining({ name: 'All', mode: 'lines', y: [2, 2, 2], connectgaps: false }),
  ]);
});

test('the months between the first and the last are all there, over the turn of a year', () => {
  expect(monthRange(['2026-02-01', '2025-11', '2025-11-01'])).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
  ]);
  expect(monthRange([])).toEqual([]);
});

test('a segment keeps its colour whatever else is drawn, and beyond eight gets another mark', () => {
  const ids = Array.from({ length: 50 }, (_, id) => id);
  const looks = ids.map((id) => `${segmentColour(id, 'light')} ${segmentSymbol(id)}`);
  expect(new Set(looks).size).toBe(50);
  const alone = segmentScatter({
    groups: [{ id: 5, name: 'Five', x: Float64Array.of(1), y: Float64Array.of(2) }],
    xTitle: 'x',
    yTitle: 'y',
    log: false,
    drawing: 'svg',
    theme: light,
  });
  expect(alone.data).toMatchObject([
    { type: 'scatter', name: 'Five', marker: { color: segmentColour(5, 'light') } },
  ]);
});

test('every segment colour stands out from its card by 3 to 1 in both schemes', () => {
  for (const theme of [light, dark]) {
    for (let id = 0; id < 8; id += 1) {
      const ratio = contrast(segmentColour(id, theme.scheme), theme.card);
      expect(ratio, `segment ${id} in the ${theme.scheme}`).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(theme.quiet, theme.card)).toBeGreaterThanOrEqual(4.5);
  }
});

test('an Arrow stream becomes one group a segment, nulls and all', () => {
  const table = tableFromArrays({
    segment_id: [1, 0, null, 1],
    segment_name: ['Gold', 'Platinum', null, 'Gold'],
    frequency: Float64Array.of(2, 9, 1, 3),
    monetary: [20.5, 900, 5, null],
  });
  const bytes = tableToIPC(table, { format: 'stream' });
  const groups = scatterGroups(bytes ?? new Uint8Array(), 'frequency', 'monetary');
  expect(groups).toEqual([
    { id: 0, name: 'Platinum', x: Float64Array.of(9), y: Float64Array.of(900) },
    { id: 1, name: 'Gold', x: Float64Array.of(2, 3), y: Float64Array.of(20.5, Number.NaN) },
    { id: null, name: 'No segment', x: Float64Array.of(1), y: Float64Array.of(5) },
  ]);
});

test('points that a logarithmic axis cannot show are counted', () => {
  const group = {
    id: 0,
    name: 'a',
    x: Float64Array.of(1, 0, 3, 4),
    y: Float64Array.of(1, 1, -2, Number.NaN),
  };
  expect(hiddenByLog([group])).toBe(3);
});
