import { afterEach, beforeEach, describe } from 'vitest';
import type { Connection, Engine } from '../../pipeline/engine/engine.ts';
import { appendContract } from './append-contract.ts';
import { arrowContract } from './arrow-contract.ts';
import { scratchContract } from './scratch-contract.ts';
import { tableNamesContract } from './table-names-contract.ts';
import { transactionContract } from './transaction-contract.ts';
import { valueContract } from './value-contract.ts';

/** The engine of the running test and its first connection. */
export interface Opened {
  engine: Engine;
  connection: Connection;
}

/**
 * What every driver must do, whichever it is. `openEngine` gives an empty database in memory.
 * Nothing here needs an extension: core functions only, no JSON, no Parquet, no ICU.
 * `progressBar` is false where DuckDB's own must stay off: DuckDB-WASM calls the page for it through a function that it
 * makes of a string, once a statement has run for two seconds, and a page's policy may forbid that.
 */
export function engineContract(
  name: string,
  openEngine: () => Promise<Engine>,
  { progressBar = true }: { progressBar?: boolean } = {},
): void {
  describe(`engine contract: ${name}`, () => {
    const opened = {} as Opened;
    beforeEach(async () => {
      opened.engine = await openEngine();
      opened.connection = await opened.engine.connect();
    });
    afterEach(async () => {
      opened.connection.close();
      await opened.engine.close();
    });
    valueContract(opened);
    appendContract(opened);
    transactionContract(opened, progressBar);
    scratchContract(opened);
    arrowContract(opened);
    tableNamesContract(opened);
  });
}
