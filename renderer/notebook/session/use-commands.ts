import { useMemo } from 'react';
import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import type { KeyCommand } from '../keys/key-presets.ts';
import type { LineNumbers } from '../lines/line-numbers.ts';
import { isKept, readSource } from '../source/cell-source.ts';
import { selectedIds } from '../state/selection.ts';
import { newId } from './new-id.ts';
import type { NotebookSession } from './notebook-session.ts';

export function newCell(type: NotebookCell['type'], source: string): NotebookCell {
  return { id: newId(), type, source, pinned: false, folded: { source: false, outputs: false } };
}

const emptySql = '%%sql\n';

function runSelected(session: NotebookSession): void {
  const { content, selection } = session.state();
  const code = selectedIds(selection, content.order).filter(
    (id) => content.cells.get(id)?.type === 'code',
  );
  session.act({ kind: 'leave' });
  if (code.length > 0) session.run(code);
}

function runAndNext(session: NotebookSession): void {
  runSelected(session);
  const { content, selection } = session.state();
  const isLast = selection?.head === content.order.at(-1);
  if (isLast) session.act({ kind: 'insert', where: 'below', cell: newCell('code', emptySql) });
  else session.act({ kind: 'step', by: 1, extend: false });
}

function edit(session: NotebookSession): void {
  const { content, selection, states } = session.state();
  const cell = selection === null ? undefined : content.cells.get(selection.head);
  if (cell === undefined) return;
  if (!isKept(readSource(cell, states.get(cell.id)?.kind).kind)) {
    session.act({ kind: 'enter', cell: cell.id });
  }
}

function paste(session: NotebookSession, where: 'above' | 'below'): void {
  session.act({ kind: 'paste', where, ids: session.state().clipboard.map(() => newId()) });
}

function split(session: NotebookSession, at: number | undefined): void {
  const { focus } = session.state();
  if (focus.kind === 'edit' && at !== undefined) {
    session.act({ kind: 'split', cell: focus.cell, at, id: newId() });
  }
}

function insert(session: NotebookSession, where: 'above' | 'below', source = emptySql): void {
  session.act({ kind: 'insert', where, cell: newCell('code', source) });
}

type Acts = Readonly<Record<KeyCommand, (at?: number) => void>>;

/** What keys do to the page rather than to the notebook. */
export interface PageActs {
  readonly help: () => void;
  readonly find: (go: 'open' | 'next' | 'previous') => void;
  readonly lines: LineNumbers;
}

function selected(session: NotebookSession): readonly string[] {
  const { content, selection } = session.state();
  return selectedIds(selection, content.order);
}

function acts(session: NotebookSession, { help, find, lines }: PageActs): Acts {
  const step =
    (by: number, extend = false) =>
    (): void =>
      session.act({ kind: 'step', by, extend });
  const far = 1_000_000;
  return {
    edit: () => edit(session),
    command: () => session.act({ kind: 'leave' }),
    run: () => runSelected(session),
    'run-next': () => runAndNext(session),
    'run-insert': () => {
      runSelected(session);
      insert(session, 'below');
    },
    'run-all': () => session.run(),
    interrupt: session.cancel,
    'insert-above': () => insert(session, 'above'),
    'insert-below': () => insert(session, 'below'),
    delete: () => session.act({ kind: 'delete' }),
    undo: () => session.act({ kind: 'undo' }),
    redo: () => session.act({ kind: 'redo' }),
    cut: () => session.act({ kind: 'cut' }),
    copy: () => session.act({ kind: 'copy' }),
    'paste-below': () => paste(session, 'below'),
    'paste-above': () => paste(session, 'above'),
    merge: () => session.act({ kind: 'merge' }),
    split: (at) => split(session, at),
    'to-markdown': () => session.act({ kind: 'change-type', to: 'markdown' }),
    'to-code': () => session.act({ kind: 'change-type', to: 'code' }),
    'to-raw': () => session.act({ kind: 'change-type', to: 'raw' }),
    up: step(-1),
    down: step(1),
    'extend-up': step(-1, true),
    'extend-down': step(1, true),
    'select-all': () => session.act({ kind: 'select-all' }),
    'move-up': () => session.act({ kind: 'move', by: -1 }),
    'move-down': () => session.act({ kind: 'move', by: 1 }),
    first: step(-far),
    last: step(far),
    'fold-outputs': () => session.act({ kind: 'fold', part: 'outputs' }),
    'fold-source': () => session.act({ kind: 'fold', part: 'source' }),
    pin: () => session.act({ kind: 'pin' }),
    save: session.save,
    find: () => find('open'),
    'find-next': () => find('next'),
    'find-previous': () => find('previous'),
    lines: () => lines.turn(selected(session)),
    'all-lines': () => lines.turnAll(),
    help,
  };
}

/** What each key does to a notebook. */
export function useCommands(
  session: NotebookSession,
  page: PageActs,
): (command: KeyCommand, at?: number) => void {
  return useMemo(() => {
    const known = acts(session, page);
    return (command, at) => known[command](at);
  }, [session, page]);
}
