import { type AppError, asAppError } from '../../contract/errors.ts';
import { errorOutput } from '../outputs/error-output.ts';
import { type TableColumn } from '../figures/chart-columns.ts';
import { assess, type Book } from './assess.ts';
import type { StopReason } from './cell-queue.ts';
import { type CellRecord, isRunnable, nameOf, type Running, sameBasis } from './cell-record.ts';
import { type Done, runWork, type Surroundings, type Workers } from './run-work.ts';
import { privateTable, type TableShelf } from './table-shelf.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

interface Parts {
  readonly book: Book;
  readonly shelf: TableShelf;
  readonly workers: Workers;
  readonly columns: Map<string, readonly TableColumn[]>;
  readonly now: () => number;
  readonly touch: (record: CellRecord) => void;
  /** Tells what was touched, in the middle of a run. */
  readonly tell: () => void;
  /** Whether the cell is to run again as soon as it has been stopped. */
  readonly isWanted: (id: string) => boolean;
  readonly settled: (record: CellRecord, changed: 'result' | 'nothing' | 'failure') => void;
}

/** Runs single cells and keeps what came of them. */
export class CellRun {
  readonly #parts: Parts;
  /** Rows of pinned cells, as they were before the engine's tables went. */
  readonly #kept = new WeakMap<
    CellRecord,
    { readonly version: number; readonly ipc: Uint8Array }
  >();
  #version = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(record: CellRecord, again: boolean): Promise<void> {
    const { touch, now } = this.#parts;
    const { held, cell } = record;
    const basis = record.basis ?? held?.basis;
    if (basis === undefined) return;
    const same =
      !again &&
      held !== null &&
      (record.pinned ? held.source === cell.source : sameBasis(basis, held.basis));
    const running: Running = {
      basis,
      source: cell.source,
      controller: new AbortController(),
      startedAt: now(),
      version: same ? held.version : null,
    };
    record.running = running;
    record.ran = true;
    record.status = 'running';
    record.error = null;
    record.failed = null;
    touch(record);
    const generation = this.#parts.shelf.generation;
    try {
      await this.#parts.shelf.settled();
      const done = (await this.#putBack(record, running)) ?? (await this.#run(record, running));
      record.running = null;
      record.progress = null;
      this.#keep(record, running, done);
    } catch (error) {
      record.running = null;
      record.progress = null;
      this.#fail(record, running, { error: asAppError(error), generation });
    }
  }

  /** Reads the rows of pinned cells, so that they outlive the engine's tables. */
  async keepPinned(): Promise<void> {
    const { book, shelf, workers } = this.#parts;
    for (const record of book.records.values()) {
      const { held } = record;
      if (!record.pinned || held === null || held.table === null) continue;
      if (!shelf.holds(held.table, record.id) || this.#kept.get(record)?.version === held.version)
        continue;
      const sql = `select * from ${quotedName(held.table)}`;
      const ipc = await workers.tables.read({ sql }).catch(() => null);
      if (ipc !== null) this.#kept.set(record, { version: held.version, ipc });
    }
  }

  /** The cell is gone or has another name: its table goes, too. */
  forget(record: CellRecord): void {
    this.#parts.shelf.release(record.id);
    record.held = null;
    record.shown = false;
  }

  /** A pinned cell's rows as they were; null where they are not kept. */
  async #putBack(record: CellRecord, { version, controller }: Running): Promise<Done | null> {
    const { shelf, workers } = this.#parts;
    const kept = this.#kept.get(record);
    const { held } = record;
    if (version === null || kept?.version !== version || held === null || held.table === null)
      return null;
    shelf.take(held.table, record.id);
    const table = { name: held.table, ipc: kept.ipc };
    const shape = await workers.tables.insert(table, { signal: controller.signal });
    return { outputs: record.outputs, table: { name: held.table, shape } };
  }

  #run(record: CellRecord, running: Running): Promise<Done> {
    const { workers, touch, tell } = this.#parts;
    const onProgress = (share: number, note: string): void => {
      if (record.running !== running) return;
      record.progress = { share, note };
      touch(record);
      tell();
    };
    const around = { ...this.#around(record), onProgress };
    return runWork(record.work, around, workers, running.controller.signal);
  }

  #around(record: CellRecord): Omit<Surroundings, 'onProgress'> {
    const { book, shelf, columns } = this.#parts;
    const table = nameOf(record.read) ?? privateTable(record.id);
    const needed = (book.needs.get(record.id) ?? []).map((id) => book.records.get(id));
    const find = (name: string): CellRecord | undefined =>
      needed.find(
        (one) => one !== undefined && nameOf(one.read)?.toLowerCase() === name.toLowerCase(),
      );
    return {
      table,
      takeTable: () => {
        // From here on what it held is not there any more, whether or not the new rows come.
        record.held = null;
        shelf.take(table, record.id);
      },
      reads: record.reads,
      valueOf: (name) => {
        const read = find(name)?.read;
        return read?.kind === 'input' ? read.value : undefined;
      },
      tableOf: (name) => {
        const held = find(name)?.held ?? null;
        return held === null || held.table === null || held.shape === null
          ? null
          : { table: held.table, shape: held.shape };
      },
      columns,
      names: [...book.records.values()].flatMap(({ read }) => nameOf(read) ?? []),
    };
  }

  #keep(record: CellRecord, running: Running, { outputs, table }: Done): void {
    const { book, shelf, touch, settled, now, isWanted } = this.#parts;
    if (book.records.get(record.id) !== record || !isRunnable(record)) {
      this.forget(record);
      return settled(record, 'nothing');
    }
    if (table !== null) shelf.put(table.name, record.id);
    shelf.release(record.id, table?.name ?? null);
    record.held = {
      basis: running.basis,
      source: running.source,
      version: running.version ?? (this.#version += 1),
      table: table?.name ?? null,
      shape: table?.shape ?? null,
    };
    assess(book);
    record.shown = record.current;
    record.status = record.current ? 'done' : isWanted(record.id) ? 'waiting' : 'stale';
    if (record.current) {
      record.outputs = outputs;
      record.elapsedMs = now() - running.startedAt;
    }
    touch(record);
    settled(record, running.version === null ? 'result' : 'nothing');
  }

  #fail(
    record: CellRecord,
    { basis, source, controller, startedAt }: Running,
    { error, generation }: { readonly error: AppError; readonly generation: number },
  ): void {
    const { book, shelf, touch, settled, isWanted, now } = this.#parts;
    if (book.records.get(record.id) !== record) return settled(record, 'nothing');
    assess(book);
    const reason = controller.signal.aborted ? (controller.signal.reason as StopReason) : null;
    const isOld = record.pinned ? source !== record.cell.source : !sameBasis(basis, record.basis);
    const lost = shelf.generation !== generation && error.code !== 'SQL_PROCESS_DIED';
    // A worker that stops by itself is not asked again.
    const isOurs = reason !== null || isOld || lost;
    touch(record);
    if (isOurs || error.code === 'CANCELLED') {
      record.status = isWanted(record.id) && isOurs ? 'waiting' : 'cancelled';
      return settled(record, 'nothing');
    }
    record.status = 'failed';
    record.error = error;
    record.failed = basis;
    record.held = null;
    record.shown = false;
    record.outputs = [errorOutput(error)];
    record.elapsedMs = now() - startedAt;
    settled(record, 'failure');
  }
}
