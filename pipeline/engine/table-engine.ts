export interface Call {
  readonly signal?: AbortSignal;
}

export interface TableShape {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** A table that a query made. */
export interface MadeTable extends TableShape {
  /** The first rows as an Arrow IPC stream, from an engine that gives them where they are asked for. */
  readonly first?: Uint8Array;
}

/** Where a notebook's SQL runs: locked down, with the workspace's tables to read and tables of its own by name. */
export interface TableEngine {
  /**
   * Grows whenever the tables are gone: the engine's process died, or it was refreshed. All tables of one generation
   * come from one state of the workspace. Engines that cannot lose their tables have none.
   */
  readonly generation?: number;
  /** Counts of fewer are not to be seen: tables come without such rows, and charts leave out what they count so. */
  readonly minimumCount?: number;
  /** Tables that a query reads, as they are written in it; throws SQL_INVALID. */
  tableNames(sql: string, call?: Call): Promise<string[]>;
  /**
   * Makes or replaces the table `name` with one query's rows, of which the `first` may come along; throws SQL_INVALID,
   * SQL_FORBIDDEN, CANCELLED.
   */
  create(
    table: { readonly name: string; readonly sql: string; readonly first?: number },
    call?: Call,
  ): Promise<MadeTable>;
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
