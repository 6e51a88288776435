import { AppError } from '../../contract/errors.ts';
import type { InputValue } from '../../contract/notebook.ts';
import { readCell } from '../cells/cell-kind.ts';
import { injectedProblem } from '../cells/injected-parameters.ts';
import { toNotebookCell } from '../document/cell-view.ts';
import type { DocumentCell } from '../document/notebook-document.ts';
import { buildGraph } from '../graph/cell-graph.ts';
import type { Book } from './assess.ts';
import { type CellRecord, nameOf } from './cell-record.ts';
import { planCell } from './cell-work.ts';

type TablesOf = Parameters<typeof planCell>[2]['tablesOf'];

/** Reads a cell anew where it was changed; true where its source, its kind or its pin is another. */
export function readRecord(record: CellRecord, cell: DocumentCell): boolean {
  const before = record.cell;
  record.cell = cell;
  const same = before.source === cell.source && before.type === cell.type;
  if (same && before.metadata === cell.metadata) return false;
  const { pinned } = record;
  record.pinned = toNotebookCell(cell).pinned;
  record.read = readCell(cell);
  return !same || pinned !== record.pinned;
}

/** Inputs by name; of two with one name the first, both being faults. */
export function inputsOf(records: Iterable<CellRecord>): Readonly<Record<string, InputValue>> {
  const values = new Map<string, InputValue>();
  for (const { read } of records) {
    if (read.kind === 'input' && !values.has(read.name)) values.set(read.name, read.value);
  }
  return Object.fromEntries(values);
}

function definers(records: Iterable<CellRecord>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const record of records) {
    const name = nameOf(record.read)?.toLowerCase();
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), record.id]);
  }
  return found;
}

function edges(records: readonly CellRecord[], byName: ReadonlyMap<string, readonly string[]>) {
  const needs = new Map<string, readonly string[]>();
  const dependents = new Map<string, string[]>(records.map(({ id }) => [id, []]));
  for (const record of records) {
    const ids = record.reads.flatMap((name) => byName.get(name.toLowerCase()) ?? []);
    const needed = [...new Set(ids)].toSorted();
    needs.set(record.id, needed);
    for (const id of needed) dependents.get(id)?.push(record.id);
  }
  return { needs, dependents };
}

/**
 * Works out what each cell does and reads, who comes after whom, and what is wrong with the names. Gives the queries
 * whose tables are not known yet: until they are, their cells read what they read before.
 */
export function planBook(
  book: Book,
  tablesOf: TablesOf,
  touch: (record: CellRecord) => void,
): string[] {
  const records = [...book.records.values()];
  const byName = definers(records);
  const known = { values: inputsOf(records), names: new Set(byName.keys()), tablesOf };
  const unread: string[] = [];
  for (const record of records) {
    const planned = planCell(record.read, record.reads, known);
    if (planned.reads.join('\n') !== record.reads.join('\n')) touch(record);
    record.work = planned.work;
    record.reads = planned.reads;
    record.fault = planned.fault;
    if (planned.unread !== null) unread.push(planned.unread);
  }
  const inputs = records.map(({ read }) => read).filter((read) => read.kind === 'input');
  for (const record of records) {
    const problem = injectedProblem(record.cell, inputs);
    if (problem !== null) record.fault ??= new AppError('CELL_INVALID', { problem });
  }
  const nodes = records.map(({ id, read, reads }) => {
    const name = nameOf(read);
    return { id, defines: name === null ? [] : [name], reads };
  });
  const graph = buildGraph(nodes);
  for (const { cells, problem } of graph.faults) {
    for (const id of cells) {
      const record = book.records.get(id);
      if (record !== undefined) record.fault ??= new AppError('CELL_INVALID', { problem });
    }
  }
  book.order = graph.order;
  Object.assign(book, edges(records, byName));
  return unread;
}
