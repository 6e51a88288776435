/** A thread that runs DuckDB-WASM's worker script, reduced to what the engine needs of either platform. */
export interface EngineWorker {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The worker is gone or broken; it is not used again. */
  onFailure(listener: (error: Error) => void): void;
  end(): void;
}

type ConnectionId = number;

/** What the worker of DuckDB-WASM 1.33 is asked, and what it answers; see its worker_request.ts. */
export interface WorkerCalls {
  INSTANTIATE: { asks: [wasm: string, pthreadWorker: null]; gives: null };
  OPEN: { asks: object; gives: null };
  CONNECT: { asks: null; gives: ConnectionId };
  DISCONNECT: { asks: ConnectionId; gives: null };
  RUN_QUERY: { asks: [ConnectionId, sql: string]; gives: Uint8Array };
  START_PENDING_QUERY: {
    asks: [ConnectionId, sql: string, stream: boolean];
    gives: Uint8Array | null;
  };
  POLL_PENDING_QUERY: { asks: ConnectionId; gives: Uint8Array | null };
  CANCEL_PENDING_QUERY: { asks: ConnectionId; gives: boolean };
  FETCH_QUERY_RESULTS: { asks: ConnectionId; gives: Uint8Array | null };
  GET_TABLE_NAMES: { asks: [ConnectionId, sql: string]; gives: string[] };
  INSERT_ARROW_FROM_IPC_STREAM: {
    asks: [ConnectionId, Uint8Array, { name: string; schema?: string; create: boolean }];
    gives: null;
  };
}
