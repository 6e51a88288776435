import type { NotebookDocument } from '../document/notebook-document.ts';
import { withOutputs } from '../document/edit-document.ts';
import type { TableColumn } from '../figures/chart-columns.ts';
import { assess, type Book, dependentsOf } from './assess.ts';
import { idsToRun, isAbandoned, isOverdue, showAge, showRest } from './cell-ages.ts';
import { CellQueue, stop } from './cell-queue.ts';
import { type CellRecord, isRunnable, nameOf, newRecord } from './cell-record.ts';
import { CellRun } from './cell-run.ts';
import { planBook, readRecord } from './open-book.ts';
import type { Workers } from './run-work.ts';
import { StateFeed } from './state-feed.ts';
import { TableNames } from './table-names.ts';
import { TableShelf } from './table-shelf.ts';

export interface SessionOptions extends Workers {
  readonly document: NotebookDocument;
  /** Until it is trusted nothing of a notebook runs. */
  readonly trusted: boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** What a session is made of: plans what is to run whenever something has changed, and lets the queue run it. */
export class SessionCore {
  readonly names: TableNames;
  readonly shelf: TableShelf;
  readonly queue: CellQueue;
  readonly runs: CellRun;
  readonly book: Book & { records: Map<string, CellRecord> };
  readonly feed = new StateFeed();
  /** Cells that an update changed and nobody has acted on: what their queries read is being asked. */
  readonly changed = new Set<string>();
  readonly columns = new Map<string, readonly TableColumn[]>();
  document: NotebookDocument;
  trusted: boolean;
  /** Nothing starts while this is above 0. */
  asking = 0;
  closed = false;

  constructor(options: SessionOptions) {
    this.document = options.document;
    this.trusted = options.trusted;
    this.names = new TableNames(options.tables);
    this.shelf = new TableShelf(options.tables);
    this.book = {
      records: new Map(),
      order: [],
      needs: new Map(),
      dependents: new Map(),
      data: 1,
    };
    const touch = (record: CellRecord): void => this.feed.touch(record);
    this.runs = new CellRun({
      book: this.book,
      shelf: this.shelf,
      workers: options,
      columns: this.columns,
      now: options.now ?? (() => performance.now()),
      touch,
      tell: () => this.flush(),
      settled: (record, changed) => this.#settled(record, changed),
      isWanted: (id) => this.queue.has(id),
    });
    this.queue = new CellQueue({
      book: this.book,
      shelf: this.shelf,
      settle: (record) => this.#keepOutputs(record),
      start: (record) => void this.runs.start(record, this.queue.take(record.id)),
      touch,
    });
    this.#takeCells();
    // What a file holds is no change: opening it shows what it says, and runs nothing.
    this.changed.clear();
    this.plan();
  }

  /** Ends when none of the cells is wanted any more. */
  over(ids: readonly string[]): Promise<void> {
    const isWanted = (id: string): boolean =>
      this.queue.has(id) || (this.book.records.get(id)?.running ?? null) !== null;
    return this.feed.when(() => this.closed || (this.asking === 0 && !ids.some(isWanted)));
  }

  /** Brings the cells that are known to those of the document, in the order of its page. */
  #takeCells(): void {
    const { records } = this.book;
    const gone = new Map(records);
    records.clear();
    for (const cell of this.document.cells) {
      const known = gone.get(cell.id);
      gone.delete(cell.id);
      const record = known ?? newRecord(cell);
      records.set(cell.id, record);
      const name = nameOf(record.read);
      if (known === undefined || readRecord(record, cell)) {
        this.changed.add(cell.id);
        this.feed.touch(record);
      }
      if (name !== nameOf(record.read)) this.runs.forget(record);
    }
    for (const id of dependentsOf(gone.keys(), this.book)) this.changed.add(id);
    for (const record of gone.values()) {
      stop(record, 'superseded');
      this.runs.forget(record);
      this.queue.drop(record.id);
      this.feed.forget(record);
    }
  }

  /** Works names and order out anew; acts on what was changed once all that queries read is known. */
  plan(): void {
    if (this.closed) return;
    this.#takeCells();
    const tablesOf = this.trusted ? (sql: string) => this.names.of(sql) : null;
    const unread = planBook(this.book, tablesOf, (record) => this.feed.touch(record));
    assess(this.book);
    this.queue.supersede();
    if (unread.length > 0) void this.#ask(unread);
    else this.#act();
    this.flush();
  }

  async #ask(unread: readonly string[]): Promise<void> {
    this.asking += 1;
    await Promise.all(unread.map((sql) => this.names.ask(sql)));
    this.asking -= 1;
    if (this.asking === 0) this.plan();
    this.flush();
  }

  #act(): void {
    const changed = [...this.changed].filter((id) => this.book.records.has(id));
    this.changed.clear();
    const reactive = this.document.mode === 'reactive' && this.trusted;
    for (const record of this.book.records.values()) {
      if (showRest(record)) this.feed.touch(record);
      if (isAbandoned(record)) this.#abandon(record);
    }
    if (reactive) for (const id of idsToRun(changed, this.book)) this.queue.want(id, 'shown');
    for (const record of this.book.records.values()) {
      if (reactive && isOverdue(record)) this.queue.want(record.id, 'shown');
      if (!this.queue.has(record.id) && showAge(record)) this.feed.touch(record);
    }
    this.pump();
  }

  #abandon(record: CellRecord): void {
    this.runs.forget(record);
    record.ran = false;
    record.outputs = [];
    record.elapsedMs = null;
    this.#keepOutputs(record);
    this.feed.touch(record);
  }

  pump(): void {
    if (this.asking === 0 && !this.closed && this.trusted) this.queue.pump();
    this.flush();
  }

  /** After a run: `changed` where the cell holds something else than before. */
  #settled(record: CellRecord, changed: 'result' | 'nothing' | 'failure'): void {
    if (this.closed) return this.flush();
    const isHere = this.book.records.get(record.id) === record;
    assess(this.book);
    if (isHere && isAbandoned(record)) this.#abandon(record);
    if (isHere && (record.shown || changed === 'failure')) this.#keepOutputs(record);
    if (isHere && isRunnable(record) && record.status !== 'waiting') this.queue.drop(record.id);
    if (isHere && changed === 'result') {
      const reactive = this.document.mode === 'reactive';
      for (const id of dependentsOf([record.id], this.book)) {
        const dependent = this.book.records.get(id);
        if (dependent === undefined || dependent.current || dependent.status === 'idle') continue;
        if (reactive && isRunnable(dependent)) this.queue.want(id, 'shown');
        else if (showAge(dependent)) this.feed.touch(dependent);
      }
    }
    if (isHere && changed === 'failure') this.queue.blockDependents(record.id);
    this.pump();
  }

  #keepOutputs({ id, outputs }: CellRecord): void {
    this.document = withOutputs(this.document, id, outputs, null);
    const cell = this.document.cells.find((one) => one.id === id);
    const record = this.book.records.get(id);
    if (cell !== undefined && record !== undefined) record.cell = cell;
  }

  isIdle(): boolean {
    if (this.closed) return true;
    if (this.asking > 0 || !this.queue.isEmpty) return false;
    return [...this.book.records.values()].every(({ running }) => running === null);
  }

  flush(): void {
    this.feed.flush();
  }
}
