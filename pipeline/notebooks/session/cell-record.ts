import type { AppError } from '../../contract/errors.ts';
import type { CellState } from '../../contract/notebook.ts';
import { kindOf, readCell, type ReadCell } from '../cells/cell-kind.ts';
import { toNotebookCell } from '../document/cell-view.ts';
import type { DocumentCell, JsonObject } from '../document/notebook-document.ts';
import type { CellWork } from './cell-work.ts';
import type { TableShape } from './ports.ts';

/** What a result comes from: two results of one basis are the same. */
export interface Basis {
  readonly text: string;
  /** The cells that it reads, each with the version of its result. */
  readonly reads: readonly string[];
  /** The version of the workspace's data; 0 where none of it is read. */
  readonly data: number;
}

/** A result that is there for later cells. */
interface Held {
  readonly basis: Basis;
  readonly source: string;
  readonly version: number;
  readonly table: string | null;
  readonly shape: TableShape | null;
}

export interface Running {
  readonly basis: Basis;
  readonly source: string;
  readonly controller: AbortController;
  readonly startedAt: number;
  /** The version of the same result as it was before its table was lost; null for another result. */
  readonly version: number | null;
}

/** A cell of an open notebook and all that is known of it; changed in place by the session alone. */
export interface CellRecord {
  readonly id: string;
  cell: DocumentCell;
  read: ReadCell;
  pinned: boolean;
  work: CellWork;
  /** Names that it uses, as they are written. */
  reads: readonly string[];
  /** Why it cannot run whatever the others do. */
  fault: AppError | null;
  /** Null as long as something that it reads is not up to date. */
  basis: Basis | null;
  /** What it holds is what running it now would give. */
  current: boolean;
  held: Held | null;
  failed: Basis | null;
  running: Running | null;
  /** Whether anybody has run it since the notebook was opened. */
  ran: boolean;
  /** Whether the outputs are those of what it holds. */
  shown: boolean;
  status: CellState['status'];
  error: AppError | null;
  outputs: readonly JsonObject[];
  elapsedMs: number | null;
  /** Of the run that is under way, as far as its worker tells it. */
  progress: CellState['progress'] | null;
}

export function newRecord(cell: DocumentCell): CellRecord {
  return {
    id: cell.id,
    cell,
    read: readCell(cell),
    pinned: toNotebookCell(cell).pinned,
    work: { kind: 'nothing' },
    reads: [],
    fault: null,
    basis: null,
    current: false,
    held: null,
    failed: null,
    running: null,
    ran: false,
    shown: false,
    status: 'idle',
    error: null,
    outputs: cell.outputs,
    elapsedMs: null,
    progress: null,
  };
}

export function sameBasis(a: Basis | null, b: Basis | null): boolean {
  if (a === null || b === null || a.text !== b.text || a.data !== b.data) return false;
  return a.reads.length === b.reads.length && a.reads.every((read, at) => read === b.reads[at]);
}

/** The name that others use it by; null where it has none. */
export function nameOf(read: ReadCell): string | null {
  return 'name' in read ? read.name : null;
}

export function isRunnable({ work, fault }: CellRecord): boolean {
  return fault === null && work.kind !== 'nothing' && work.kind !== 'input';
}

/** What the page is told. */
export function stateOf(record: CellRecord): CellState {
  const { read, error } = record;
  const name = nameOf(read);
  return {
    id: record.id,
    kind: kindOf(read),
    status: record.status,
    defines: name === null ? [] : [name],
    reads: [...record.reads],
    error: error === null ? null : { code: error.code, message: error.message, next: error.next },
    outputs: [...record.outputs],
    rows: record.held?.shape?.rows ?? null,
    elapsedMs: record.elapsedMs,
    ...(record.progress ? { progress: record.progress } : {}),
    input:
      read.kind === 'input' ? { name: read.name, value: read.value, control: read.control } : null,
  };
}
