import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';

/** What the page owns and can undo: the cells and their order. Every change makes a new one that shares the rest. */
export interface NotebookContent {
  readonly order: readonly string[];
  readonly cells: ReadonlyMap<string, NotebookCell>;
}

/** What makes one content of another: cells that differ, and the order where it is another. */
export interface ContentChange {
  readonly changed: readonly NotebookCell[];
  readonly order?: readonly string[];
}

export function contentOf(cells: readonly NotebookCell[]): NotebookContent {
  return {
    order: cells.map(({ id }) => id),
    cells: new Map(cells.map((cell) => [cell.id, cell])),
  };
}

export function sameCell(a: NotebookCell, b: NotebookCell): boolean {
  return (
    a === b ||
    (a.source === b.source &&
      a.type === b.type &&
      a.pinned === b.pinned &&
      a.folded.source === b.folded.source &&
      a.folded.outputs === b.folded.outputs)
  );
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, index) => id === b[index]));
}

export function changeBetween(before: NotebookContent, after: NotebookContent): ContentChange {
  const changed = after.order.flatMap((id) => {
    const now = after.cells.get(id);
    const old = before.cells.get(id);
    return now === undefined || (old !== undefined && sameCell(old, now)) ? [] : [now];
  });
  return sameOrder(before.order, after.order) ? { changed } : { changed, order: after.order };
}

export function sameContent(a: NotebookContent, b: NotebookContent): boolean {
  if (a === b) return true;
  const { changed, order } = changeBetween(a, b);
  return changed.length === 0 && order === undefined;
}

export function withCell(content: NotebookContent, cell: NotebookCell): NotebookContent {
  return { ...content, cells: new Map(content.cells).set(cell.id, cell) };
}

/** Puts cells into the order at a place. */
export function withCellsAt(
  content: NotebookContent,
  at: number,
  added: readonly NotebookCell[],
): NotebookContent {
  const cells = new Map(content.cells);
  for (const cell of added) cells.set(cell.id, cell);
  const order = [...content.order];
  order.splice(at, 0, ...added.map(({ id }) => id));
  return { order, cells };
}

export function withoutCells(content: NotebookContent, ids: readonly string[]): NotebookContent {
  const gone = new Set(ids);
  const cells = new Map(content.cells);
  for (const id of gone) cells.delete(id);
  return { order: content.order.filter((id) => !gone.has(id)), cells };
}

/** Moves cells that stand together one place up or down. */
export function withMoved(
  content: NotebookContent,
  ids: readonly string[],
  by: -1 | 1,
): NotebookContent {
  const moved = new Set(ids);
  const first = content.order.findIndex((id) => moved.has(id));
  const rest = content.order.filter((id) => !moved.has(id));
  const at = Math.max(0, Math.min(rest.length, first + by));
  const order = [
    ...rest.slice(0, at),
    ...content.order.filter((id) => moved.has(id)),
    ...rest.slice(at),
  ];
  return sameOrder(order, content.order) ? content : { ...content, order };
}
