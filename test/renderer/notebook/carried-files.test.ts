import { expect, test } from 'vitest';
import { toNotebookCell } from '../../../pipeline/notebooks/document/cell-view.ts';
import { applyUpdate } from '../../../pipeline/notebooks/document/edit-document.ts';
import type { NotebookDocument } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { readNotebookText } from '../../../pipeline/notebooks/document/read-notebook.ts';
import { writeNotebook } from '../../../pipeline/notebooks/document/write-notebook.ts';
import type { NotebookAction } from '../../../renderer/notebook/state/notebook-action.ts';
import { changeBetween } from '../../../renderer/notebook/state/notebook-content.ts';
import { notebookReducer } from '../../../renderer/notebook/state/notebook-reducer.ts';
import { startState } from '../../../renderer/notebook/state/notebook-state.ts';
import { view } from './cells.ts';

type Files = Readonly<Record<string, string>>;

const bundles = (files: Files): object =>
  Object.fromEntries(Object.entries(files).map(([name, data]) => [name, { 'image/png': data }]));

function notebook(...cells: [id: string, source: string, files?: Files][]): NotebookDocument {
  return readNotebookText(
    JSON.stringify({
      cells: cells.map(([id, source, files]) => ({
        id,
        cell_type: 'markdown',
        metadata: {},
        source,
        ...(files === undefined ? {} : { attachments: bundles(files) }),
      })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
}

/** What the file says after the page did something, step by step as it tells the host. */
function after(document: NotebookDocument, ...actions: NotebookAction[]): NotebookDocument {
  let state = startState(view(document.cells.map(toNotebookCell)));
  let hosted = document;
  for (const action of actions) {
    const next = notebookReducer(state, action);
    const { changed, order } = changeBetween(state.content, next.content);
    hosted = applyUpdate(hosted, {
      changed: [...changed],
      ...(order === undefined ? {} : { order: [...order] }),
    });
    state = next;
  }
  return hosted;
}

function cellsIn(document: NotebookDocument): unknown[] {
  return readNotebookText(writeNotebook(document)).cells.map(({ id, source, others = {} }) => {
    const attachments = (others['attachments'] ?? {}) as Record<string, Record<string, string>>;
    const files = Object.entries(attachments).map(([name, data]) => [name, data['image/png']]);
    return [id, source, Object.fromEntries(files)];
  });
}

const select = (cell: string, extend = false): NotebookAction => ({ kind: 'select', cell, extend });
const below = (...ids: string[]): NotebookAction => ({ kind: 'paste', where: 'below', ids });
const picture = '![](attachment:p.png)';
const two = notebook(['a', picture, { 'p.png': 'AAAA', 'unseen.png': 'BBBB' }], ['b', 'text']);
const files = { 'p.png': 'AAAA', 'unseen.png': 'BBBB' };

test('what is attached goes with a cell that is cut or copied, and with a copy of the copy', () => {
  expect(cellsIn(after(two, { kind: 'cut' }, select('b'), below('n')))).toEqual([
    ['b', 'text', {}],
    ['n', picture, files],
  ]);
  const copies = after(two, { kind: 'copy' }, below('n'), { kind: 'cut' }, select('b'), below('m'));
  expect(cellsIn(copies)).toEqual([
    ['a', picture, files],
    ['b', 'text', {}],
    ['m', picture, files],
  ]);
});

test('undo brings back what was attached, of a pasted cell that was deleted as well', () => {
  const back: NotebookAction = { kind: 'undo' };
  expect(cellsIn(after(two, { kind: 'delete' }, back))).toEqual(cellsIn(two));
  const pasted = [{ kind: 'cut' }, select('b'), below('n')] as const;
  expect(cellsIn(after(two, ...pasted, { kind: 'delete' }, back))).toEqual(
    cellsIn(after(two, ...pasted)),
  );
  expect(cellsIn(after(two, { kind: 'change-type', to: 'code' }, back))).toEqual(cellsIn(two));
});

test('both parts of a split cell have what they show, and merged again they are one as before', () => {
  const long = notebook(['a', `${picture}\n\nmore ${picture}`, files]);
  const split: NotebookAction = { kind: 'split', cell: 'a', at: picture.length, id: 'n' };
  expect(cellsIn(after(long, split))).toEqual([
    ['a', picture, files],
    ['n', `more ${picture}`, files],
  ]);
  expect(cellsIn(after(long, split, select('a'), { kind: 'merge' }))).toEqual(cellsIn(long));
  const at = picture.length;
  const words = notebook(['a', `${picture}\n\nwords`, files]);
  expect(cellsIn(after(words, { kind: 'split', cell: 'a', at, id: 'n' }))).toEqual([
    ['a', picture, files],
    ['n', 'words', {}],
  ]);
});

test('merged cells keep every file; one of the same name gets another, in its text as well', () => {
  const source =
    '![](attachment:p.png) <img src="attachment:my%20q.png"> attachment:constructor ![](attachment:unseen.png)';
  const other = { 'p.png': 'CCCC', 'my q.png': 'DDDD', constructor: 'EEEE', 'unseen.png': 'FFFF' };
  const document = notebook(
    ['a', `${picture} ![](attachment:my%20q.png)`, files],
    ['b', source, other],
  );
  const merge: NotebookAction[] = [select('a'), select('b', true), { kind: 'merge' }];
  const merged = [
    [
      'a',
      `${picture} ![](attachment:my%20q.png)\n\n![](attachment:p-b.png) <img src="attachment:my%20q-b.png"> attachment:constructor-b ![](attachment:unseen-b.png)`,
      {
        ...files,
        'p-b.png': 'CCCC',
        'my q-b.png': 'DDDD',
        'constructor-b': 'EEEE',
        'unseen-b.png': 'FFFF',
      },
    ],
  ];
  expect(cellsIn(after(document, ...merge))).toEqual(merged);
  const again: NotebookAction[] = [{ kind: 'undo' }, { kind: 'redo' }];
  expect(cellsIn(after(document, ...merge, ...again))).toEqual(merged);
  const undone = cellsIn(after(document, ...merge, { kind: 'undo' }));
  expect(undone[1]).toEqual(['b', source, other]);
});
