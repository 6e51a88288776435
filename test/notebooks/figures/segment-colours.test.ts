import { expect, test } from 'vitest';
import { chartParameters } from '../../../pipeline/contract/notebook.ts';
import {
  drawsSegments,
  givenNames,
  withSegmentColours,
} from '../../../pipeline/notebooks/figures/segment-colours.ts';
import { segmentNames } from '../../../pipeline/segmentation/segment-identity.ts';
import { segmentColour } from '../../../renderer/charts/palette.ts';

const asked = (more: object) =>
  chartParameters.parse({ data: 't', type: 'bar', x: 'month', ...more });
const figureOf = (data: object[]) => ({ title: '', axis: '', layout: {}, data: data as never });
const panel = (id: number | null): string => segmentColour(id, 'light');

test('segments have the colours and the order of the panels, what is none is grey', () => {
  const names = ['(none)', 'Bronze', 'Gold', 'Segment 11', 'Silver', 'VIP'];
  const drawn = names.map((name) => ({ name, line: { color: '#000', width: 2 } }));
  const ids = new Map([
    ['VIP', 1],
    ['Gold', 2],
    ['Silver', 3],
    ['Bronze', 4],
  ]);
  const parameters = asked({ type: 'line', colour: 'segment_name' });
  expect(withSegmentColours(figureOf(drawn), parameters, ids).data).toEqual(
    (
      [
        ['VIP', 1],
        ['Gold', 2],
        ['Silver', 3],
        ['Bronze', 4],
        ['Segment 11', 11],
        ['(none)', null],
      ] as const
    ).map(([name, id]) => ({ name, line: { color: panel(id), width: 2 } })),
  );
});

test('bars that stand for segments each have the colour of theirs', () => {
  const bars = { x: ['Silver', 'All', 'Platinum'], marker: { color: '#000', cornerradius: 2 } };
  const parameters = asked({ x: 'segment_name', y: ['money'] });
  expect(withSegmentColours(figureOf([bars]), parameters, givenNames).data).toEqual([
    { ...bars, marker: { color: [panel(3), panel(null), panel(1)], cornerradius: 2 } },
  ]);
  const byId = { x: ['3', '1'], marker: { color: '#000' } };
  expect(
    withSegmentColours(figureOf([byId]), asked({ x: 'segment_id', y: ['money'] }), givenNames).data,
  ).toEqual([{ ...byId, marker: { color: [panel(3), panel(1)] } }]);
});

test('charts of anything else stay as they are', () => {
  const figure = figureOf([{ name: 'A', marker: { color: '#000' } }]);
  expect(withSegmentColours(figure, asked({ colour: 'segment_name' }), givenNames)).toBe(figure);
  expect(withSegmentColours(figure, asked({ colour: 'region' }), givenNames)).toBe(figure);
  expect(drawsSegments(asked({ colour: 'segment_name', y: ['a', 'b'] }))).toBe(false);
  expect(drawsSegments(asked({ type: 'heatmap', colour: 'segment_name' }))).toBe(false);
});

test('names that nobody changed are those that segmentation gives', () => {
  const given = segmentNames([1, 2, 3, 4], new Map());
  expect(new Map([...given].map(([id, name]) => [name, id]))).toEqual(givenNames);
});
