import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Flow } from '../../pipeline/contract/segmentation.ts';
import { divergingBars } from '../../renderer/charts/diverging-bars.ts';
import { driftVerdict } from '../../renderer/panels/segments/drift-verdict.ts';
import { exampleCustomers } from '../../renderer/panels/segments/example-customers.ts';
import {
  crosstabOf,
  drawnFlows,
  migrationSummary,
  movesOnly,
} from '../../renderer/panels/segments/migration.ts';
import { type NameAction, nameReducer } from '../../renderer/panels/segments/name-state.ts';
import { conditionWords, ruleConditions } from '../../renderer/panels/segments/rule-conditions.ts';
import {
  comparedVersions,
  lookAt,
  startSegments,
} from '../../renderer/panels/segments/segments-value.ts';
import { unreachedSegments } from '../../renderer/panels/segments/unreached-segments.ts';

const flow = (fromId: number | null, toId: number | null, customers: number): Flow => ({
  fromId,
  fromName: fromId === null ? null : `S${fromId}`,
  toId,
  toName: toId === null ? null : `S${toId}`,
  customers,
});

const flows = [flow(1, 1, 700), flow(1, 2, 30), flow(2, 1, 5), flow(null, 2, 12), flow(2, null, 3)];
const outside = { from: 'New', to: 'Gone' };

test('who moved is counted among those who were there before and still are', () => {
  expect(migrationSummary(flows)).toEqual({ both: 735, moved: 35, arrived: 12, left: 3 });
  expect(migrationSummary([])).toEqual({ both: 0, moved: 0, arrived: 0, left: 0 });
});

test('a picture without those who stayed has arrivals and departures, under their own names', () => {
  expect(movesOnly(drawnFlows(flows, outside))).toEqual([
    { from: { id: 1, name: 'S1' }, to: { id: 2, name: 'S2' }, customers: 30 },
    { from: { id: 2, name: 'S2' }, to: { id: 1, name: 'S1' }, customers: 5 },
    { from: { id: null, name: 'New' }, to: { id: 2, name: 'S2' }, customers: 12 },
    { from: { id: 2, name: 'S2' }, to: { id: null, name: 'Gone' }, customers: 3 },
  ]);
});

test('the table of a migration loses nobody and has who is in no segment last', () => {
  expect(crosstabOf(drawnFlows(flows, outside))).toEqual({
    rows: [
      { id: 1, name: 'S1' },
      { id: 2, name: 'S2' },
      { id: null, name: 'New' },
    ],
    columns: [
      { id: 1, name: 'S1' },
      { id: 2, name: 'S2' },
      { id: null, name: 'Gone' },
    ],
    cells: [
      [700, 30, 0],
      [5, 0, 3],
      [0, 12, 0],
    ],
  });
});

test('a rule becomes one condition a feature, and one that is written otherwise is left as it is', () => {
  expect(ruleConditions('recency_days <= 42.5 and monetary > 563.8 and monetary <= 1107')).toEqual([
    { feature: 'recency_days', above: null, atMost: 42.5 },
    { feature: 'monetary', above: 563.8, atMost: 1107 },
  ]);
  expect(ruleConditions('aov > -1.2e-7')).toEqual([
    { feature: 'aov', above: -1.2e-7, atMost: null },
  ]);
  expect(ruleConditions('true')).toEqual([]);
  expect(ruleConditions('segment in (1, 2)')).toBeNull();
  expect(ruleConditions('monetary > 5 or monetary <= 1')).toBeNull();
});

test('a condition is said with its unit and both its bounds', () => {
  const money = { feature: 'monetary', above: 563.8, atMost: 12_345 };
  expect(conditionWords(money, 'Monetary', 'money')).toBe('563.8 < Monetary ≤ 12,350');
  const days = { feature: 'recency_days', above: null, atMost: 42.5 };
  expect(conditionWords(days, 'Recency', 'days')).toBe('Recency ≤ 42.5 days');
  const share = { feature: 'discount_share', above: 0.125, atMost: null };
  expect(conditionWords(share, 'Discounted', 'share')).toBe('Discounted > 12.5%');
  const below = { feature: 'aov', above: -3, atMost: null };
  expect(conditionWords(below, 'Order value', 'money')).toBe('Order value > −3');
});

test('drift names what shifted, the furthest first, and only then what moves', () => {
  const label = (feature: string): string => feature.toUpperCase();
  const drift = [
    { feature: 'a', index: 0.26 },
    { feature: 'b', index: 0.09 },
    { feature: 'c', index: 0.7 },
    { feature: 'd', index: 0.25 },
  ];
  expect(driftVerdict(drift, label)).toMatchObject({
    kind: 'shifted',
    sentence: expect.stringMatching(/^C and A have shifted: .*Train again\.$/),
  });
  expect(driftVerdict(drift.slice(3), label)).toMatchObject({
    kind: 'moving',
    sentence: expect.stringMatching(/^D is moving\./),
  });
  expect(driftVerdict(drift.slice(1, 2), label).kind).toBe('stable');
  expect(driftVerdict([], label).kind).toBe('stable');
});

test('bars to both sides of zero share one scale and stay inside', () => {
  const value = fc.oneof(fc.constant(null), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 12 }), (values) => {
      const { zero, bars } = divergingBars(values);
      expect(zero).toBeGreaterThan(20);
      expect(zero).toBeLessThan(80);
      const units: number[] = [];
      for (const [at, bar] of bars.entries()) {
        const own = values[at] ?? null;
        if (bar === null || own === null) continue;
        expect(bar.start).toBeGreaterThanOrEqual(-1e-9);
        expect(bar.start + bar.width).toBeLessThanOrEqual(100 + 1e-9);
        const end = own < 0 ? bar.start + bar.width : bar.start;
        expect(end).toBeCloseTo(zero, 6);
        if (Math.abs(own) > 1e-3) units.push(bar.width / Math.abs(own));
      }
      for (const unit of units) expect(unit / (units[0] ?? 1)).toBeCloseTo(1, 6);
    }),
  );
});

test('the customer before is kept as a recent one only if there is such a customer', () => {
  const first = lookAt(startSegments.explain, 'a', false);
  expect(first).toEqual({ customerId: 'a', recent: [] });
  const second = lookAt(first, 'b', true);
  expect(second).toEqual({ customerId: 'b', recent: ['a'] });
  const typo = lookAt(lookAt(second, 'nobody', true), 'a', false);
  expect(typo).toEqual({ customerId: 'a', recent: ['b'] });
  const many = Array.from('cdefghij').reduce((value, id) => lookAt(value, id, true), second);
  expect(many).toEqual({ customerId: 'j', recent: Array.from('ihgfed') });
});

test('one customer is offered for each segment of a page, whatever the order of its columns', () => {
  const column = (name: string) => ({ name, type: 'VARCHAR' });
  expect(
    exampleCustomers({
      columns: ['segment_name', 'customer_id', 'segment_id'].map(column),
      rows: [
        ['Gold', 'c1', 2],
        ['Gold', 'c2', 2],
        [null, 'c3', 9],
        ['Platinum', 'c4', 1],
        ['Silver', null, 3],
      ],
    }),
  ).toEqual([
    { customerId: 'c4', segmentId: 1, segmentName: 'Platinum' },
    { customerId: 'c1', segmentId: 2, segmentName: 'Gold' },
    { customerId: 'c3', segmentId: 9, segmentName: 'Segment 9' },
  ]);
  expect(exampleCustomers({ columns: [column('x')], rows: [['c1']] })).toEqual([]);
});

test('two models are compared as chosen, else the newest with the one before it', () => {
  const versions = [3, 2, 1];
  expect(comparedVersions({ from: null, to: null }, versions)).toEqual({ from: 2, to: 3 });
  expect(comparedVersions({ from: 3, to: 1 }, versions)).toEqual({ from: 3, to: 1 });
  expect(comparedVersions({ from: null, to: 1 }, versions)).toEqual({ from: 3, to: 1 });
  expect(comparedVersions({ from: 3, to: null }, versions)).toEqual({ from: 3, to: 2 });
  expect(comparedVersions({ from: 9, to: 9 }, versions)).toEqual({ from: 2, to: 3 });
  expect(comparedVersions({ from: 1, to: 1 }, [1])).toBeNull();
  expect(comparedVersions({ from: null, to: null }, [])).toBeNull();
});

function name(...actions: NameAction[]) {
  const edit: NameAction = { kind: 'edit', name: 'Gold' };
  return [edit, ...actions].reduce(nameReducer, { kind: 'shown' });
}

test('a name is saved trimmed, the same name is not saved, and none is refused at once', () => {
  const save: NameAction = { kind: 'save', name: 'Gold' };
  expect(name({ kind: 'type', text: ' VIP ' }, save)).toEqual({ kind: 'saving', text: 'VIP' });
  expect(name({ kind: 'type', text: ' Gold ' }, save)).toEqual({ kind: 'shown' });
  expect(name({ kind: 'type', text: '  ' }, save)).toMatchObject({
    kind: 'editing',
    problem: { message: 'A segment needs a name.' },
  });
});

test('a refused name stays in the field with the reason until it is changed', () => {
  const problem = { message: 'Taken.', next: 'Choose another.' };
  const refused: NameAction[] = [
    { kind: 'type', text: 'Silver' },
    { kind: 'save', name: 'Gold' },
    { kind: 'give-up' },
    { kind: 'refused', problem },
  ];
  expect(name(...refused)).toEqual({ kind: 'editing', text: 'Silver', problem });
  expect(name(...refused, { kind: 'type', text: 'Silver 2' })).toEqual({
    kind: 'editing',
    text: 'Silver 2',
    problem: null,
  });
});

test('segments that no change leads to are named, without the own one', () => {
  const at = (segmentId: number) => ({ segmentId, segmentName: `S${segmentId}`, distance: 1 });
  const change = { toId: 2, toName: 'S2', changes: [], distance: 1, sentence: '' };
  const explanation = { segmentId: 1, distances: [1, 4, 2, 3].map(at), changes: [change] };
  expect(unreachedSegments(explanation)).toEqual(['S4', 'S3']);
});
