import type { JobInput, KpiReport, TablePage, WorkspaceStatus } from '../contract/schemas.ts';
import type { Analysis } from './analysis.ts';
import type { JobContext } from './job-context.ts';

/** What a host serves: one open workspace. The router turns the contract's procedures into these calls. */
export interface Workbench {
  readonly analysis: Analysis;
  status(): Promise<WorkspaceStatus>;
  tablePage(input: { table: string; offset: number; limit: number }): Promise<TablePage>;
  kpiReport(): Promise<KpiReport>;
  /** Arrow IPC stream pieces. */
  scatter(input: { x: string; y: string; limit: number }): AsyncIterable<Uint8Array>;
  sql(input: { sql: string; limit: number; signal?: AbortSignal }): AsyncIterable<Uint8Array>;
  /** Runs a job to its end and says in a sentence what it did; throws CANCELLED when the signal is aborted. */
  runJob(input: JobInput, context: JobContext): Promise<string>;
  close(): Promise<void>;
}
