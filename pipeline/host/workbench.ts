import type { JobInput, KpiReport, TablePage, WorkspaceStatus } from '../contract/schemas.ts';
import type { Analysis } from './analysis.ts';
import type { JobContext } from './job-context.ts';
import type { Notebooks } from './notebooks/notebooks.ts';

/** What a host serves: one open workspace. The router turns the contract's procedures into these calls. */
export interface Workbench {
  readonly analysis: Analysis;
  readonly notebooks: Notebooks;
  status(signal?: AbortSignal): Promise<WorkspaceStatus>;
  tablePage(
    input: { table: string; offset: number; limit: number },
    signal?: AbortSignal,
  ): Promise<TablePage>;
  kpiReport(signal?: AbortSignal): Promise<KpiReport>;
  /** Arrow IPC stream pieces. */
  scatter(
    input: { x: string; y: string; limit: number },
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  sql(input: { sql: string; limit: number; signal?: AbortSignal }): AsyncIterable<Uint8Array>;
  /** Runs a job to its end and says in a sentence what it did; throws CANCELLED when the signal is aborted. */
  runJob(input: JobInput, context: JobContext): Promise<string>;
  /** Lets the job end that writes, ends everything else, and answers nothing after: that throws CANCELLED. */
  close(): Promise<void>;
}
