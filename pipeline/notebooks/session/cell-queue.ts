import { AppError } from '../../contract/errors.ts';
import { errorOutput } from '../outputs/error-output.ts';
import { assess, type Book, dependentsOf, isReady } from './assess.ts';
import { showRest } from './cell-ages.ts';
import { type CellRecord, isRunnable, nameOf, sameBasis } from './cell-record.ts';
import type { TableShelf } from './table-shelf.ts';

/** `shown`: somebody wants its outputs. `held`: another cell wants its table. */
type Want = 'shown' | 'held';

/** So many cells of a kind run at one time: a long panel must not keep a slider from its chart. */
const lanes = { sql: 3, chart: 3, panel: 1, script: 1, input: 1, nothing: 1 } as const;

/** Why a running cell was stopped. */
export type StopReason = 'superseded' | 'cancelled';

export function stop(record: CellRecord, reason: StopReason): void {
  record.running?.controller.abort(reason);
}

interface Door {
  readonly book: Book;
  readonly shelf: TableShelf;
  /** Starts a cell whose needs are all there. */
  readonly start: (record: CellRecord) => void;
  /** The outputs of a cell are others, though it did not run. */
  readonly settle: (record: CellRecord) => void;
  /** The state of a cell is another. */
  readonly touch: (record: CellRecord) => void;
}

/** What is wanted, as a set and never as a list: what runs next is worked out from how things stand now. */
export class CellQueue {
  readonly #door: Door;
  readonly #wanted = new Map<string, Want>();
  /** Cells whose tables others are about to read. */
  readonly #needed = new Set<string>();
  /** Asked for once more, though they are up to date. */
  readonly #again = new Set<string>();

  constructor(door: Door) {
    this.#door = door;
  }

  want(id: string, want: Want, again = false): void {
    if (this.#wanted.get(id) !== 'shown') this.#wanted.set(id, want);
    if (again) this.#again.add(id);
  }

  has(id: string): boolean {
    return this.#wanted.has(id);
  }

  /** True where it had been asked for once more. */
  take(id: string): boolean {
    return this.#again.delete(id);
  }

  drop(id: string): void {
    this.#wanted.delete(id);
    this.#again.delete(id);
  }

  get isEmpty(): boolean {
    return this.#wanted.size === 0;
  }

  ids(): string[] {
    return [...this.#wanted.keys()];
  }

  /** Stops what runs on a basis that is no more; `book` has been assessed. */
  supersede(): void {
    for (const record of this.#door.book.records.values()) {
      const { running, basis, cell } = record;
      if (running === null) continue;
      if (isRunnable(record) && sameBasis(basis, running.basis) && !record.pinned) continue;
      if (record.pinned && running.source === cell.source && isRunnable(record)) continue;
      stop(record, 'superseded');
    }
  }

  /** Starts what can start. */
  pump(): void {
    const { book, shelf } = this.#door;
    shelf.refresh();
    assess(book);
    this.#wantNeeds();
    this.supersede();
    const busy = { sql: 0, chart: 0, panel: 0, script: 0, input: 0, nothing: 0 };
    for (const { running, work } of book.records.values())
      if (running !== null) busy[work.kind] += 1;
    for (const id of book.order) {
      const record = book.records.get(id);
      const want = this.#wanted.get(id);
      if (record === undefined || want === undefined || record.running !== null) continue;
      const { kind } = record.work;
      if (this.#isSettled(record, want)) this.drop(id);
      else if (
        this.#needs(id).some((needed) => this.#wanted.has(needed.id)) ||
        busy[kind] >= lanes[kind]
      ) {
        this.#wait(record);
      } else {
        busy[kind] += 1;
        this.#door.start(record);
      }
    }
  }

  /** Marks a cell, and those behind it, as waiting for what cannot be had. */
  block(record: CellRecord): boolean {
    const needs = this.#needs(record.id);
    if (needs.some(({ id }) => this.#wanted.has(id))) return false;
    const blocking = needs.find((needed) => !isReady(needed, this.#door.shelf));
    if (blocking === undefined) return false;
    record.status = 'stale';
    record.failed = null;
    record.error = new AppError('CELL_NEEDS', { what: this.#why(blocking, record) });
    this.#door.touch(record);
    return true;
  }

  #needs(id: string): CellRecord[] {
    const { book } = this.#door;
    const needs = book.needs.get(id) ?? [];
    return needs.map((need) => book.records.get(need)).filter((record) => record !== undefined);
  }

  #why(blocking: CellRecord, record: CellRecord): string {
    const name = `"${nameOf(blocking.read) ?? record.reads[0] ?? blocking.id}"`;
    if (blocking.fault !== null) return `${name}, which cannot be run as it is`;
    if (blocking.failed !== null) return `${name}, which failed`;
    if (blocking.error?.code === 'CELL_NEEDS') return `${name}, which waits for another cell`;
    return `${name}, which was not run`;
  }

  /** Everything that wanted cells read and that is not there; what failed as it is now is not tried again. */
  #wantNeeds(): void {
    this.#needed.clear();
    const open = [...this.#wanted.keys()];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const needed of this.#needs(id)) {
        if (!isRunnable(needed) || isReady(needed, this.#door.shelf)) continue;
        this.#needed.add(needed.id);
        if (this.#wanted.has(needed.id)) continue;
        if (needed.failed !== null && sameBasis(needed.failed, needed.basis)) continue;
        this.#wanted.set(needed.id, 'held');
        open.push(needed.id);
      }
    }
  }

  /** Whether nothing is left to do for a wanted cell. */
  #isSettled(record: CellRecord, want: Want): boolean {
    if (!isRunnable(record)) {
      if (showRest(record)) this.#door.touch(record);
      if (record.fault !== null && want === 'shown') this.#showFault(record, record.fault);
      return true;
    }
    if (this.block(record)) {
      record.ran ||= want === 'shown';
      return true;
    }
    if (this.#again.has(record.id) || !record.current) return false;
    const isRead = want === 'held' || this.#needed.has(record.id);
    if (isRead && !isReady(record, this.#door.shelf)) return false;
    if (this.#needs(record.id).some((needed) => this.#wanted.has(needed.id))) return false;
    if (want === 'shown' && !record.shown) return false;
    record.status = 'done';
    record.error = null;
    this.#door.touch(record);
    return true;
  }

  /** What was asked to run and cannot gives an error, as one does that fails. */
  #showFault(record: CellRecord, fault: AppError): void {
    record.ran = true;
    record.outputs = [errorOutput(fault)];
    record.shown = false;
    this.#door.settle(record);
    this.#door.touch(record);
  }

  #wait(record: CellRecord): void {
    if (record.status === 'waiting') return;
    record.status = 'waiting';
    record.error = null;
    this.#door.touch(record);
  }

  /** In a cell's place, everything behind it that is not there any more. */
  blockDependents(id: string): void {
    const { book } = this.#door;
    const behind = dependentsOf([id], book);
    for (const next of book.order) {
      const record = book.records.get(next);
      if (record === undefined || !behind.has(next) || record.running !== null) continue;
      if (!this.#wanted.has(next) && record.status !== 'idle' && isRunnable(record))
        this.block(record);
    }
  }
}
