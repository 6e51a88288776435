import { expect, test } from 'vitest';
import type { CellState } from '../../../pipeline/contract/notebook.ts';
import { InputPace } from '../../../renderer/notebook/state/input-pace.ts';
import { told } from './cells.ts';

const cells = [
  told('k', { kind: 'input', defines: ['k'] }),
  told('top', { defines: ['Top'], reads: ['k', 'silver.transactions'] }),
  told('chart', { kind: 'chart', defines: [], reads: ['top'] }),
  told('other', { reads: ['silver.transactions'] }),
];

function statesWith(...changed: CellState[]): ReadonlyMap<string, CellState> {
  return new Map([...cells, ...changed].map((state) => [state.id, state]));
}

const running = (id: string): CellState => ({
  ...(cells.find((cell) => cell.id === id) ?? told(id)),
  status: 'running',
});

function begun(): InputPace {
  const pace = new InputPace();
  pace.begin(['k'], statesWith(), 1000);
  return pace;
}

test('cells that read each other in a circle do not hang the page', () => {
  const round = new Map(
    [told('a', { reads: ['b'] }), told('b', { reads: ['a'] })].map((state) => [state.id, state]),
  );
  const pace = new InputPace();
  pace.begin(['a'], round, 1000);
  expect(pace.told([told('b')], round)).toBe(true);
});

test('a value waits until nothing that reads the last one, or reads what reads it, waits or runs', () => {
  const pace = begun();
  expect(pace.wait(1010)).toBe(140);
  expect(pace.told([running('top')], statesWith(running('top')))).toBe(false);
  expect(pace.told([told('top')], statesWith(running('chart')))).toBe(false);
  expect(pace.told([told('chart')], statesWith())).toBe(true);
  expect(pace.wait(1030)).toBe(0);
});

test('that nothing runs yet does not mean that all is done', () => {
  const pace = begun();
  expect(pace.told([told('k')], statesWith())).toBe(false);
  expect(pace.told([told('other')], statesWith())).toBe(false);
  expect(pace.wait(1010)).toBe(140);
});

test('a run that takes long is not waited for', () => {
  const pace = begun();
  pace.told([running('top')], statesWith(running('top')));
  expect(pace.wait(1149)).toBe(1);
  expect(pace.wait(1150)).toBe(0);
});

test('an input that nobody reads waits for nothing', () => {
  const pace = new InputPace();
  pace.begin(['other'], statesWith(), 1000);
  expect(pace.wait(1000)).toBe(0);
});
