import type { CellKind, InputValue } from '../../contract/notebook.ts';
import type { JsonObject } from '../document/notebook-document.ts';

export interface Call {
  readonly signal?: AbortSignal;
}

/** Where a notebook's SQL runs: locked down, with the workspace's tables to read and tables of its own by name. */
export interface TableEngine {
  /** Tables that a query reads, as they are written in it; throws SQL_INVALID. */
  tableNames(sql: string, call?: Call): Promise<string[]>;
  /** Makes or replaces the table `name` with one query's rows; throws SQL_INVALID, SQL_FORBIDDEN, CANCELLED. */
  create(table: { readonly name: string; readonly sql: string }, call?: Call): Promise<TableShape>;
  /** Makes or replaces a table with the rows of an Arrow IPC stream. */
  insert(
    table: { readonly name: string; readonly ipc: Uint8Array },
    call?: Call,
  ): Promise<TableShape>;
  drop(name: string): Promise<void>;
  /** Rows of one query as an Arrow IPC stream. */
  read(query: { readonly sql: string; readonly limit?: number }, call?: Call): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface TableShape {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What running a cell gives: nbformat outputs and, where it defines a table, its rows. */
export interface CellResult {
  readonly outputs: readonly JsonObject[];
  /** An Arrow IPC stream that becomes the table of the cell's name. */
  readonly table?: Uint8Array;
}

/** Panels need the workspace's customers and models, so whoever has these brings them. */
export interface PanelRunner {
  run(
    panel: {
      readonly kind: Extract<CellKind, 'features' | 'tuning' | 'kpis'>;
      readonly parameters: JsonObject;
    },
    call: Call & { readonly onProgress?: (share: number, note: string) => void },
  ): Promise<CellResult>;
}

export interface ScriptInput {
  readonly code: string;
  /** Inputs by name. */
  readonly values: Readonly<Record<string, InputValue>>;
  /** Tables by name, as Arrow IPC streams. */
  readonly tables: Readonly<Record<string, Uint8Array>>;
}

/** JavaScript in a sandbox; throws SCRIPT_FAILED, SCRIPT_LIMIT, CANCELLED. */
export interface ScriptRunner {
  run(script: ScriptInput, call?: Call): Promise<CellResult>;
  close(): Promise<void>;
}
