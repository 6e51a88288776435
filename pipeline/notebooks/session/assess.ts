import { type Basis, type CellRecord, nameOf, sameBasis } from './cell-record.ts';
import type { TableShelf } from './table-shelf.ts';

/** An open notebook: its cells by id, and who reads whom. */
export interface Book {
  records: ReadonlyMap<string, CellRecord>;
  /** Each after all that it reads; the place on the page says nothing. */
  order: readonly string[];
  /** The cells that a cell reads. */
  needs: ReadonlyMap<string, readonly string[]>;
  dependents: ReadonlyMap<string, readonly string[]>;
  data: number;
}

/** What reading a cell gives: no value of an input looks like the version of a result. */
function versionOf({ id, read, work, held }: CellRecord): string {
  const version = work.kind === 'input' ? JSON.stringify(work.value) : `#${held?.version ?? ''}`;
  return `${id} ${nameOf(read) ?? ''} ${version}`;
}

function basisOf(record: CellRecord, book: Book): Basis | null {
  const { work } = record;
  if (record.fault !== null || work.kind === 'nothing' || work.kind === 'input') return null;
  const reads: string[] = [];
  for (const id of book.needs.get(record.id) ?? []) {
    const needed = book.records.get(id);
    if (needed === undefined || !needed.current) return null;
    reads.push(versionOf(needed));
  }
  return { text: work.text, reads, data: work.usesData ? book.data : 0 };
}

function isCurrent(record: CellRecord): boolean {
  if (record.fault !== null) return false;
  if (record.work.kind === 'input') return true;
  if (record.held === null) return false;
  if (record.pinned && record.held.source === record.cell.source) return true;
  return sameBasis(record.basis, record.held.basis);
}

/** Works out anew, for all cells, what running them would be based on and whether that is what they hold. */
export function assess(book: Book): void {
  for (const id of book.order) {
    const record = book.records.get(id);
    if (record === undefined) continue;
    record.basis = basisOf(record, book);
    record.current = isCurrent(record);
  }
}

/** Whether later cells may read it now. */
export function isReady({ current, held, id }: CellRecord, shelf: TableShelf): boolean {
  return current && (held === null || held.table === null || shelf.holds(held.table, id));
}

/** A pinned cell's result stays, also one that only the document has. */
export function keepsResult({ pinned, held, outputs }: CellRecord): boolean {
  return pinned && (held !== null || outputs.length > 0);
}

/** All that read the cell, and what reads those; a pinned cell does not change, so that nothing changes behind it. */
export function dependentsOf(ids: Iterable<string>, book: Book): Set<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const dependent of book.dependents.get(id) ?? []) {
      const record = book.records.get(dependent);
      if (record === undefined || found.has(dependent)) continue;
      if (keepsResult(record)) continue;
      found.add(dependent);
      open.push(dependent);
    }
  }
  return found;
}
