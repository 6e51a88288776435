import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NotebookAction } from '../../../renderer/notebook/state/notebook-action.ts';
import { changeBetween, sameContent } from '../../../renderer/notebook/state/notebook-content.ts';
import { notebookReducer } from '../../../renderer/notebook/state/notebook-reducer.ts';
import { startState, type NotebookState } from '../../../renderer/notebook/state/notebook-state.ts';
import { selectedIds } from '../../../renderer/notebook/state/selection.ts';
import { prose, sql, view } from './cells.ts';

const start = startState(view([prose('a'), sql('b'), sql('c', 'SELECT 2'), prose('d')]));

function after(state: NotebookState, ...actions: NotebookAction[]): NotebookState {
  return actions.reduce(notebookReducer, state);
}

const select = (cell: string, extend = false): NotebookAction => ({ kind: 'select', cell, extend });
const sources = ({ content }: NotebookState) =>
  content.order.map((id) => content.cells.get(id)?.source);

test('a selection grows with Shift and is deleted as one, which one undo brings back', () => {
  const deleted = after(
    start,
    select('b'),
    { kind: 'step', by: 1, extend: true },
    { kind: 'delete' },
  );
  expect(deleted.content.order).toEqual(['a', 'd']);
  expect(deleted.selection).toEqual({ anchor: 'd', head: 'd' });
  const back = after(deleted, { kind: 'undo' });
  expect(sameContent(back.content, start.content)).toBe(true);
  expect(back.selection?.head).toBe('b');
  expect(after(back, { kind: 'redo' }).content.order).toEqual(['a', 'd']);
});

test('what is typed into one cell is one step back, and typing there again later is another', () => {
  const type = (source: string): NotebookAction => ({ kind: 'type', cell: 'a', source });
  const typed = after(
    start,
    { kind: 'enter', cell: 'a' },
    type('x'),
    type('xy'),
    { kind: 'leave' },
    { kind: 'enter', cell: 'a' },
    type('xyz'),
    { kind: 'leave' },
  );
  const once = after(typed, { kind: 'undo' });
  expect(once.content.cells.get('a')?.source).toBe('xy');
  expect(after(once, { kind: 'undo' }).content.cells.get('a')?.source).toBe('a');
});

test('cells of one kind merge under the first name, cells of two kinds stay', () => {
  const merged = after(start, select('b'), { kind: 'merge' });
  expect(sources(merged)).toEqual(['a', '%%sql --save b\nSELECT 1\nSELECT 2', 'd']);
  const refused = after(start, select('a'), { kind: 'merge' });
  expect(refused.content).toBe(start.content);
  expect(refused.notice).toBe('Only cells of one kind can be merged.');
});

test('a split leaves the name with the first part, and merging the parts gives the cell back', () => {
  const split = after(
    start,
    { kind: 'enter', cell: 'b' },
    { kind: 'type', cell: 'b', source: '%%sql --save b\nSELECT 1\nFROM t' },
    { kind: 'split', cell: 'b', at: 9, id: 'new' },
  );
  expect(sources(split).slice(1, 3)).toEqual(['%%sql --save b\nSELECT 1', '%%sql\nFROM t']);
  expect(split.selection?.head).toBe('new');
  const merged = after(split, select('b'), { kind: 'merge' });
  expect(merged.content.cells.get('b')?.source).toBe('%%sql --save b\nSELECT 1\nFROM t');
});

test('what is cut is pasted under new ids, below or above', () => {
  const pasted = after(
    start,
    select('b'),
    { kind: 'cut' },
    select('d'),
    { kind: 'paste', where: 'below', ids: ['p'] },
    { kind: 'paste', where: 'above', ids: ['q'] },
  );
  expect(pasted.content.order).toEqual(['a', 'c', 'd', 'q', 'p']);
  expect(pasted.content.cells.get('p')?.source).toBe('%%sql --save b\nSELECT 1');
});

test('making text of SQL and SQL of text keeps the words', () => {
  const text = after(start, select('b'), { kind: 'change-type', to: 'markdown' });
  expect(text.content.cells.get('b')).toMatchObject({ type: 'markdown', source: 'SELECT 1' });
  const code = after(text, { kind: 'change-type', to: 'code' });
  expect(code.content.cells.get('b')).toMatchObject({ type: 'code', source: '%%sql\nSELECT 1' });
});

test('selecting with the mouse and Shift takes all between', () => {
  const { selection, content } = after(start, select('d'), select('b', true));
  expect(selectedIds(selection, content.order)).toEqual(['b', 'c', 'd']);
});

const actions = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('select' as const),
      cell: fc.constantFrom('a', 'b', 'c', 'd'),
      extend: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('type' as const),
      cell: fc.constantFrom('a', 'b', 'c', 'd'),
      source: fc.string(),
    }),
    fc.constantFrom<NotebookAction>(
      { kind: 'delete' },
      { kind: 'cut' },
      { kind: 'merge' },
      { kind: 'pin' },
      { kind: 'fold', part: 'outputs' },
      { kind: 'move', by: 1 },
      { kind: 'move', by: -1 },
      { kind: 'change-type', to: 'markdown' },
      { kind: 'change-type', to: 'code' },
      { kind: 'leave' },
    ),
  ),
  { maxLength: 25 },
);

test('whatever is done, undo leads back to the start and redo to the end', () => {
  fc.assert(
    fc.property(actions, (list) => {
      const end = after(start, ...list);
      let state = end;
      for (let at = 0; at <= list.length; at++) state = notebookReducer(state, { kind: 'undo' });
      expect(sameContent(state.content, start.content)).toBe(true);
      for (let at = 0; at <= list.length; at++) state = notebookReducer(state, { kind: 'redo' });
      expect(sameContent(state.content, end.content)).toBe(true);
    }),
  );
});

test('the changes that are sent make the content that is here of the one before', () => {
  fc.assert(
    fc.property(actions, (list) => {
      const { content } = after(start, ...list);
      const { changed, order } = changeBetween(start.content, content);
      const host = new Map(start.content.cells);
      for (const cell of changed) host.set(cell.id, cell);
      const rebuilt = (order ?? start.content.order).map((id) => host.get(id));
      expect(rebuilt).toEqual(content.order.map((id) => content.cells.get(id)));
    }),
  );
});
