import type { DuckDBConnection } from '@duckdb/node-api';

/** Interrupts a connection once the signal is aborted, until what it gives back is called. */
export function interruptOn(signal: AbortSignal, connection: DuckDBConnection): () => void {
  const onAbort = () => connection.interrupt();
  signal.addEventListener('abort', onAbort);
  // An interrupt between two statements is forgotten by DuckDB when the second begins.
  const again = setInterval(() => signal.aborted && connection.interrupt(), 20);
  return () => {
    clearInterval(again);
    signal.removeEventListener('abort', onAbort);
  };
}
