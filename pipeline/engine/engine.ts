/** A value that SQL gives back: DECIMAL beyond 2^53 and BIGINT beyond it stay exact as string and bigint. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | SqlValue[]
  | { [field: string]: SqlValue };

export type SqlParameters = Readonly<
  Record<string, string | number | bigint | boolean | null | Uint8Array>
>;

export type Row = Record<string, SqlValue>;

/** Equally long columns to append; BLOBs are bytes, timestamps are microseconds since 1970 UTC. */
export type ColumnData =
  | { readonly type: 'BLOB'; readonly values: readonly (Uint8Array | null)[] }
  | { readonly type: 'VARCHAR'; readonly values: readonly (string | null)[] }
  | { readonly type: 'BIGINT' | 'TIMESTAMP'; readonly values: readonly (bigint | null)[] }
  | { readonly type: 'INTEGER'; readonly values: readonly (number | null)[] | Int32Array }
  | { readonly type: 'DOUBLE'; readonly values: readonly (number | null)[] | Float64Array }
  | {
      readonly type: 'HEADERS';
      readonly values: readonly (readonly { key: string; value: Uint8Array | null }[] | null)[];
    };

/** Numeric columns as typed arrays, for statistics: NULL is NaN. */
export interface NumericResult {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

export interface ArrowOptions {
  readonly parameters?: SqlParameters;
  /** Stops after this many rows. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** One connection: its own transaction, interruptible from outside. */
export interface Connection {
  /** Runs one or more statements and gives the number of rows that the last one changed. */
  run(sql: string, parameters?: SqlParameters): Promise<number>;
  /** The whole result as objects; for small results only. */
  rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]>;
  /** Numeric columns as Float64Array, VARCHAR columns refused. */
  numbers(sql: string, parameters?: SqlParameters): Promise<NumericResult>;
  /** A VARCHAR column and nothing else. */
  strings(sql: string, parameters?: SqlParameters): Promise<(string | null)[]>;
  /**
   * An Arrow IPC stream: the schema, a message per chunk, the end mark. Nothing is held but one chunk; until it ends the
   * connection takes no other statement.
   */
  arrow(sql: string, options?: ArrowOptions): AsyncIterable<Uint8Array>;
  /**
   * The tables that one statement reads, sorted: qualified as they are written, without the names of CTEs. A view that is
   * there counts as the tables that it reads; whether those are qualified is up to the driver. Throws SQL_INVALID for what is not one statement without parameters.
   */
  tableNames(sql: string): Promise<string[]>;
  /** Appends columns to a table, in the table's column order, within the current transaction. */
  append(table: string, columns: readonly ColumnData[]): Promise<void>;
  /** Commits if `work` returns and rolls back if it throws. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Stops the running statement, which then throws CANCELLED. */
  interrupt(): void;
  /** The bytes that the engine chose to use at most; it may choose more. 0 where its owner chose. */
  readonly memoryLimit: number;
  /** Lifts the memory limit that the engine chose itself; false where its owner set one or it is lifted already. */
  moreMemory(): Promise<boolean>;
  /** Percent of the running statement, or null where it is not known. */
  progress(): number | null;
  close(): void;
}

/** The one door to DuckDB. A driver passes test/engine/contract.ts, whichever it is. */
export interface Engine {
  readonly driver: 'native' | 'wasm';
  connect(): Promise<Connection>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** What the owner allows; without it the engine starts with little, which is quickest, and takes more if it must. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly temporaryDirectory?: string;
  readonly readOnly?: boolean;
}
