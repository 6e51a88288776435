import { expect, test } from 'vitest';
import type { NotebookEvent } from '../../../pipeline/contract/notebook.ts';
import { mergeEvent, type Unsent } from '../../../renderer/notebook/state/merge-event.ts';
import { notebookReducer } from '../../../renderer/notebook/state/notebook-reducer.ts';
import { startState } from '../../../renderer/notebook/state/notebook-state.ts';
import { prose, sql, told, view } from './cells.ts';

const none: Unsent = { cells: new Set(), order: false, known: new Set(), mode: false };
const start = startState(view([prose('a'), sql('b')]));
const typed = notebookReducer(start, { kind: 'type', cell: 'a', source: 'mine' });
const opened = (cells: Parameters<typeof view>[0]): NotebookEvent => ({
  kind: 'opened',
  notebook: view(cells),
});

test('what is being typed survives the notebook as the host still has it, what others changed arrives', () => {
  const merged = mergeEvent(typed, opened([prose('a', 'theirs'), sql('b', 'SELECT 9')]), {
    ...none,
    cells: new Set(['a']),
  });
  expect(merged.content.cells.get('a')?.source).toBe('mine');
  expect(merged.content.cells.get('b')?.source).toBe('%%sql --save b\nSELECT 9');
});

test('the same notebook again changes nothing: cells, order and what can be undone stay the same objects', () => {
  const settled = mergeEvent(typed, opened([prose('a', 'mine'), sql('b')]), none);
  expect(settled.content).toBe(typed.content);
  expect(settled.history).toBe(typed.history);
});

test('what somebody else changed cannot be undone here', () => {
  const merged = mergeEvent(typed, opened([prose('a', 'theirs'), sql('b')]), none);
  expect(merged.content.cells.get('a')?.source).toBe('theirs');
  expect(merged.history.past).toEqual([]);
});

test('a cell that was added here stays behind its neighbour, one that was deleted here does not come back', () => {
  const added = notebookReducer(start, { kind: 'insert-after', after: 'a', cell: prose('new') });
  const unsent = { ...none, cells: new Set(['new']) };
  const merged = mergeEvent(added, opened([prose('z'), prose('a'), sql('b')]), unsent);
  expect(merged.content.order).toEqual(['z', 'a', 'new', 'b']);
  const deleted = notebookReducer(start, { kind: 'delete' });
  const after = mergeEvent(deleted, opened([prose('a'), sql('b')]), {
    ...none,
    order: true,
    known: new Set(['a', 'b']),
  });
  expect(after.content.order).toEqual(['b']);
  expect([...after.content.cells.keys()]).toEqual(['b']);
});

test('an order that waits to be sent neither hides a cell that another page adds nor brings back one that it deletes, unless that was written in', () => {
  const moved = notebookReducer(start, { kind: 'move', by: 1 });
  const typing = notebookReducer(moved, { kind: 'type', cell: 'a', source: 'mine' });
  const unsent = { ...none, cells: new Set(['a']), order: true, known: new Set(['a', 'b']) };
  const added = mergeEvent(typing, opened([prose('a'), prose('x'), sql('b')]), unsent);
  expect(added.content.order).toEqual(['b', 'a', 'x']);
  expect([...added.content.cells.keys()].toSorted()).toEqual(['a', 'b', 'x']);
  const removed = mergeEvent(moved, opened([sql('b')]), { ...unsent, cells: new Set() });
  expect(removed.content.order).toEqual(['b']);
  const written = mergeEvent(typing, opened([sql('b')]), unsent);
  expect(written.content.order).toEqual(['b', 'a']);
  expect(written.content.cells.get('a')?.source).toBe('mine');
});

test('editing ends and another cell is selected when the cell is gone', () => {
  const editing = notebookReducer(start, { kind: 'enter', cell: 'b' });
  const merged = mergeEvent(editing, opened([prose('a')]), none);
  expect(merged.focus).toEqual({ kind: 'command' });
  expect(merged.selection).toEqual({ anchor: 'a', head: 'a' });
});

test('a state that changed is another object, all others are the same', () => {
  const busy = told('b', { status: 'running' });
  const merged = mergeEvent(
    startState(view([sql('b'), sql('c')])),
    { kind: 'states', states: [busy] },
    none,
  );
  expect(merged.states.get('b')).toEqual(busy);
  expect(merged.states.get('c')).toEqual(told('c'));
});

test('outputs that are told again stay the same objects, so that no chart is drawn anew', () => {
  const figure = (value: number) => ({
    output_type: 'display_data',
    data: { 'application/vnd.plotly.v1+json': { data: [{ y: [1, value] }], layout: {} } },
  });
  const shown = told('b', { outputs: [figure(2), figure(3)] });
  const state = { ...startState(view([sql('b')])), states: new Map([['b', shown]]) };
  const again = told('b', { status: 'running', outputs: [figure(2), figure(4)] });
  const merged = mergeEvent(state, { kind: 'states', states: [again] }, none).states.get('b');
  expect(merged).toEqual(again);
  expect(merged?.outputs[0]).toBe(shown.outputs[0]);
  expect(merged?.outputs[1]).toBe(again.outputs[1]);
});

test('new data is told in a manual notebook only; a reactive one runs on it', () => {
  const data = { kind: 'data', asOf: '2026-04-02' } as const;
  expect(mergeEvent(start, data, none).facts.newData).toBeNull();
  const manual = notebookReducer(start, { kind: 'set-mode', mode: 'manual' });
  expect(mergeEvent(manual, data, none).facts.newData).toEqual({ asOf: '2026-04-02' });
});

test('a file that was saved ends a conflict, one that was not says why', () => {
  const conflict = mergeEvent(start, { kind: 'conflict' }, none);
  expect(conflict.facts.conflict).toBe(true);
  const saved = mergeEvent(conflict, { kind: 'saved', at: 'now', revision: 2 }, none);
  expect(saved.facts).toMatchObject({ conflict: false, saved: { kind: 'saved', at: 'now' } });
  const unsaved = mergeEvent(saved, { kind: 'unsaved', problem: 'disk full' }, none);
  expect(unsaved.facts.saved).toEqual({ kind: 'unsaved', problem: 'disk full' });
});
