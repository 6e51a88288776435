import { AppError } from '../../contract/errors.ts';
import { mergeOrder } from '../../contract/merge-order.ts';
import type { NotebookUpdate } from '../../contract/notebook.ts';
import { carriedAttachments, keptAttachments } from './carried-attachments.ts';
import { isCellId } from './cell-ids.ts';
import { fromNotebookCell } from './cell-view.ts';
import { maximumDepth } from './json-depth.ts';
import type {
  DocumentCell,
  Json,
  JsonObject,
  NotebookDocument,
  RemovedCells,
} from './notebook-document.ts';
import { readNotebookText } from './read-notebook.ts';

/** The cells that the file had when it was read, so that a cell that was removed comes back as it was. */
function cellsAsRead(document: NotebookDocument): ReadonlyMap<string, DocumentCell> {
  const cells = document.text === null ? [] : readNotebookText(document.text).cells;
  return new Map(cells.map((cell) => [cell.id, cell]));
}

function checkId(id: string): void {
  if (isCellId(id)) return;
  const shown = JSON.stringify(String(id).slice(0, 80));
  throw new AppError('CELL_INVALID', {
    problem: `${shown} is no id: letters, digits, - and _, at most 64 of them.`,
  });
}

function orderOf(
  byId: ReadonlyMap<string, DocumentCell>,
  { order, known }: NotebookUpdate,
): readonly string[] {
  const here = [...byId.keys()];
  if (order === undefined || known === undefined) return order ?? here;
  const knew = new Set(known);
  const told = order.filter((id) => byId.has(id) || !knew.has(id));
  return mergeOrder({ told, here, known: knew });
}

function orderedCells(
  byId: ReadonlyMap<string, DocumentCell>,
  order: readonly string[],
): DocumentCell[] {
  const seen = new Set<string>();
  return order.map((id) => {
    const cell = byId.get(id);
    if (cell === undefined) throw new AppError('CELL_UNKNOWN', { cell: id.slice(0, 80) });
    if (seen.has(id))
      throw new AppError('CELL_INVALID', { problem: `"${id}" stands twice in the order.` });
    seen.add(id);
    return cell;
  });
}

/** Cells that came back stand behind the one that they stood behind, or the nearest before it that is there. */
function withReturned(
  order: readonly string[],
  returned: readonly string[],
  removed: RemovedCells,
): string[] {
  const placed = order.filter((id) => !returned.includes(id));
  for (const id of returned) {
    let before = removed.get(id) ?? null;
    while (before !== null && !placed.includes(before)) before = removed.get(before) ?? null;
    placed.splice(before === null ? 0 : placed.indexOf(before) + 1, 0, id);
  }
  return placed;
}

/** The last of the cells that are gone and stood behind a cell, one behind the other; itself where there are none. */
function lastBehind(cell: string | null, gone: RemovedCells): string | null {
  const next = [...gone].find(([, before]) => before === cell);
  return next === undefined ? cell : lastBehind(next[0], gone);
}

/** Where the cells stood that are gone since. */
function removedCells(
  { cells, removed }: NotebookDocument,
  there: readonly DocumentCell[],
): RemovedCells {
  const ids = new Set(there.map(({ id }) => id));
  const gone = new Map([...(removed ?? [])].filter(([id]) => !ids.has(id)));
  for (const [at, { id }] of cells.entries()) {
    if (!ids.has(id)) gone.set(id, lastBehind(cells[at - 1]?.id ?? null, gone));
  }
  return gone;
}

/**
 * The document with whole cells put in by id, and their order where the update has one: cells that are not in it are
 * gone, new ones without it come last. Of an update that says what its teller knew, those that it did not know of stay, and
 * a cell that is gone here comes back where it stood if it was changed: what somebody wrote outweighs that another did not
 * want what stood there before. Throws CELL_UNKNOWN for an order with cells that nobody has, and CELL_INVALID.
 */
export function applyUpdate(document: NotebookDocument, update: NotebookUpdate): NotebookDocument {
  const byId = new Map(document.cells.map((cell) => [cell.id, cell]));
  const knew = new Set(update.known);
  const returned: string[] = [];
  let asRead: ReadonlyMap<string, DocumentCell> | null = null;
  for (const cell of update.changed) {
    checkId(cell.id);
    if (knew.has(cell.id) && !byId.has(cell.id)) returned.push(cell.id);
    if (!byId.has(cell.id)) asRead ??= cellsAsRead(document);
    const before = byId.get(cell.id) ?? asRead?.get(cell.id);
    const files = carriedAttachments(document, cell, before);
    byId.set(cell.id, fromNotebookCell(cell, before, files));
  }
  const told = orderOf(byId, update);
  const order =
    update.order === undefined ? withReturned(told, returned, document.removed ?? new Map()) : told;
  const cells = orderedCells(byId, order);
  const attached = keptAttachments(document, cells);
  const kept = attached === undefined ? {} : { attached };
  const removed = removedCells(document, cells);
  return { ...document, cells, removed, mode: update.mode ?? document.mode, ...kept };
}

function checkDepth(outputs: readonly JsonObject[]): void {
  let level: Json[] = [...outputs];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maximumDepth - 10)
      throw new AppError('CELL_INVALID', {
        problem: `its output nests deeper than ${maximumDepth - 10} levels.`,
      });
    const next: Json[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const one of Object.values(value)) {
        if (typeof one === 'object' && one !== null) next.push(one);
      }
    }
    level = next;
  }
}

/** The document with what running a cell gave; as it is where that cell is gone or no code any more. */
export function withOutputs(
  document: NotebookDocument,
  id: string,
  outputs: readonly JsonObject[],
  executionCount: number | null,
): NotebookDocument {
  checkDepth(outputs);
  const cells = document.cells.map((cell) =>
    cell.id === id && cell.type === 'code' ? { ...cell, outputs, executionCount } : cell,
  );
  return { ...document, cells };
}

/** The document with no result in it, as it is committed or sent without its data. */
export function withoutOutputs(document: NotebookDocument): NotebookDocument {
  const cells = document.cells.map((cell) =>
    cell.type === 'code' ? { ...cell, outputs: [], executionCount: null } : cell,
  );
  return { ...document, cells };
}
