import { AppError } from '../../contract/errors.ts';
import type { CellState, NotebookUpdate } from '../../contract/notebook.ts';
import { applyUpdate, withoutOutputs } from '../document/edit-document.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import { keepsResult } from './assess.ts';
import { forgetFailures } from './cell-ages.ts';
import { stop } from './cell-queue.ts';
import { type CellRecord, stateOf } from './cell-record.ts';
import type { Workers } from './run-work.ts';
import { SessionCore, type SessionOptions } from './session-core.ts';
import type { StatesListener } from './state-feed.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

/** An open notebook: its document, what each cell holds, and the running of cells in the order of their names. */
export class NotebookSession {
  readonly #workers: Workers;
  readonly #core: SessionCore;

  constructor(options: SessionOptions) {
    this.#workers = options;
    this.#core = new SessionCore(options);
  }

  get document(): NotebookDocument {
    return this.#core.document;
  }

  get trusted(): boolean {
    return this.#core.trusted;
  }

  /** In the order of the page. */
  states(): CellState[] {
    return this.#core.document.cells.flatMap(({ id }) => {
      const record = this.#core.book.records.get(id);
      return record === undefined ? [] : [stateOf(record)];
    });
  }

  /** Calls back with states that change, until the function that it gives is called. */
  listen(listener: StatesListener): () => void {
    return this.#core.feed.listen(listener);
  }

  /** Takes changed cells and another order; throws CELL_UNKNOWN and CELL_INVALID, with nothing changed. */
  update(update: NotebookUpdate): void {
    const before = this.#core.document;
    this.#core.document = applyUpdate(before, update);
    if (before.mode !== this.#core.document.mode) {
      for (const { id, status } of this.#core.book.records.values()) {
        if (status === 'stale') this.#core.changed.add(id);
      }
    }
    this.#core.plan();
  }

  /**
   * Runs cells, or all but the pinned ones that have a result, and everything they need that is not up to date; with
   * `again` those asked for run though they are up to date. Ends when these have run or cannot. Throws
   * NOTEBOOK_UNTRUSTED, CELL_UNKNOWN.
   */
  async run(cells: readonly string[] | 'all', { again = false } = {}): Promise<void> {
    this.#checkTrusted();
    const records = cells === 'all' ? this.#allCells() : cells.map((id) => this.#record(id));
    for (const { id, running } of records) {
      forgetFailures(id, this.#core.book);
      this.#core.queue.want(id, 'shown', again && running === null);
    }
    this.#core.pump();
    await this.#core.over(records.map(({ id }) => id));
  }

  /** Stops what runs and forgets what waits. */
  cancel(): void {
    const ids = this.#core.queue.ids();
    for (const id of ids) this.#core.queue.drop(id);
    for (const id of ids) {
      const record = this.#core.book.records.get(id);
      if (record === undefined || record.running !== null) continue;
      record.status = record.current ? 'done' : record.ran ? 'cancelled' : 'idle';
      this.#core.feed.touch(record);
    }
    for (const record of this.#core.book.records.values()) stop(record, 'cancelled');
    this.#core.flush();
  }

  /** Results stay for later cells; nothing of them is shown. */
  clearOutputs(): void {
    this.#core.document = withoutOutputs(this.#core.document);
    for (const record of this.#core.book.records.values()) {
      if (record.outputs.length === 0) continue;
      record.outputs = [];
      record.shown = false;
      if (record.fault === null && record.running === null) {
        record.status = 'idle';
        record.error = null;
      }
      this.#core.feed.touch(record);
    }
    this.#core.plan();
  }

  /**
   * The workspace's data are others: live cells that read them run again or are stale, pinned ones keep what they hold.
   * `renew` brings the tables of the engine to the new state; it may lose them all.
   */
  async refresh(renew: () => Promise<void> = async () => {}): Promise<void> {
    this.#core.asking += 1;
    try {
      await this.#core.runs.keepPinned();
      for (const record of this.#core.book.records.values()) stop(record, 'superseded');
      await renew();
    } finally {
      this.#core.asking -= 1;
      this.#core.columns.clear();
      this.#core.book.data += 1;
      this.#core.plan();
    }
  }

  /** Rows of the table that a cell made, as an Arrow IPC stream; makes it again where the engine lost it. */
  async rows(cell: string, offset: number, limit: number): Promise<Uint8Array> {
    const record = this.#record(cell);
    this.#core.shelf.refresh();
    const lost = record.held?.table != null && !this.#core.shelf.holds(record.held.table, cell);
    if (lost && this.#core.trusted) {
      this.#core.queue.want(cell, 'held');
      this.#core.pump();
      await this.#core.over([cell]);
    }
    const table = record.held?.table ?? null;
    if (table === null || !this.#core.shelf.holds(table, cell)) {
      throw new AppError('CELL_NEEDS', { what: 'a run: it holds no rows' });
    }
    const sql = `select * from ${quotedName(table)} limit ${Math.trunc(limit)} offset ${Math.trunc(offset)}`;
    return this.#workers.tables.read({ sql });
  }

  setTrusted(trusted: boolean): void {
    if (trusted === this.#core.trusted) return;
    this.#core.trusted = trusted;
    if (!trusted) this.cancel();
    this.#core.plan();
  }

  /** Ends when nothing runs and nothing waits. */
  idle(): Promise<void> {
    return this.#core.feed.when(() => this.#core.isIdle());
  }

  async close(): Promise<void> {
    if (this.#core.closed) return;
    this.cancel();
    this.#core.closed = true;
    this.#core.flush();
    await Promise.allSettled([this.#workers.tables.close(), this.#workers.scripts.close()]);
  }

  #checkTrusted(): void {
    if (!this.#core.trusted) throw new AppError('NOTEBOOK_UNTRUSTED');
  }

  #record(id: string): CellRecord {
    const record = this.#core.book.records.get(id);
    if (record === undefined) throw new AppError('CELL_UNKNOWN', { cell: id.slice(0, 80) });
    return record;
  }

  #allCells(): CellRecord[] {
    return [...this.#core.book.records.values()].filter((record) => !keepsResult(record));
  }
}
