import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { JobInput } from '../../contract/schemas.ts';
import {
  type NotebookSql,
  openNotebookSql,
} from '../../engine/native/notebook-sql/notebook-sql.ts';
import { openOwnerSql, type OwnerSql } from '../../engine/native/owner-sql/owner-sql.ts';
import { openScriptRunner } from '../../notebooks/script/node/open-script-runner.ts';
import { kpiReport } from '../../runs/kpi-report.ts';
import { WorkspacePanels } from '../../runs/notebook/panel-runner.ts';
import { readStatus } from '../../runs/workspace-status.ts';
import { openStatisticsPool } from '../../work/node/statistics-pool.ts';
import { workspaceMappings } from '../../workspace/node/mappings.ts';
import type { Workspace } from '../../workspace/node/workspace.ts';
import type { JobContext } from '../job-context.ts';
import { readTablePage } from '../read-table-page.ts';
import { readScatter } from '../scatter.ts';
import { noSecretStore, type SecretStore } from '../secret-store.ts';
import { WarehouseReads } from '../../workspace/warehouse-reads.ts';
import { LazyTables } from '../notebooks/lazy-tables.ts';
import type { NotebookEngines } from '../notebooks/notebook-engines.ts';
import type { Workbench } from '../workbench.ts';
import { LocalAnalysis } from './local-analysis.ts';
import { LocalNotebooks } from './notebooks/local-notebooks.ts';
import { localSharing } from './notebooks/local-sharing.ts';
import { LocalTrust, userFolder } from './notebooks/local-trust.ts';
import { NotebookFiles } from './notebooks/notebook-files.ts';
import { runJob, type WritingJob } from './run-job.ts';
import { WarehouseTurns } from './warehouse-turns.ts';

/** A workbench on an open workspace of this machine: each read on a connection of its own, jobs write on another. */
class LocalWorkbench implements Workbench {
  readonly #workspace: Workspace;
  readonly #secrets: SecretStore;
  readonly #owner: OwnerSql;
  readonly #reads: WarehouseReads;
  readonly #turns: WarehouseTurns;
  readonly #pool = openStatisticsPool();
  readonly analysis: LocalAnalysis;
  readonly notebooks: LocalNotebooks;
  /** Tells what queries of any notebook read, and runs none. */
  readonly #names: NotebookSql;
  readonly #snapshot: string;

  constructor(workspace: Workspace, secrets: SecretStore) {
    this.#workspace = workspace;
    this.#secrets = secrets;
    const snapshot = join(workspace.path, '.strata', 'snapshot.duckdb');
    const { writer, warehouse } = workspace;
    const reads = new WarehouseReads(workspace.engine);
    const turns = new WarehouseTurns({ connection: writer, source: warehouse, target: snapshot });
    this.#snapshot = snapshot;
    this.#reads = reads;
    this.#turns = turns;
    this.analysis = new LocalAnalysis({ workspace, reads, turns, pool: this.#pool });
    this.#owner = openOwnerSql({ ...this.#locked(), warehouse: snapshot });
    this.#names = openNotebookSql({ ...this.#locked(), warehouse: snapshot, threads: 1 });
    this.notebooks = new LocalNotebooks({
      workspace: workspace.path,
      store: new NotebookFiles(workspace.path),
      trust: new LocalTrust(workspace.path, userFolder(process.env)),
      engines: () => this.#notebookEngines(),
      sharing: localSharing,
      newId: randomUUID,
      now: () => new Date(),
    });
  }

  status(signal?: AbortSignal) {
    const { path, config } = this.#workspace;
    const presets = [...workspaceMappings(path).values()];
    return this.#reads.read({ what: 'The status', signal }, (connection) =>
      readStatus(connection, { path, name: config.name, presets }),
    );
  }

  tablePage(input: { table: string; offset: number; limit: number }, signal?: AbortSignal) {
    return this.#reads.read({ what: 'The page', signal }, (connection) =>
      readTablePage(connection, input),
    );
  }

  kpiReport(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The report of KPIs', signal }, (connection) =>
      kpiReport(connection, this.#workspace.config),
    );
  }

  async *scatter(
    input: { x: string; y: string; limit: number },
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    // All at once: a stream that nobody reads to its end would hold its connection.
    yield* await this.#reads.read({ what: 'The chart', signal }, (connection) =>
      readScatter(connection, input),
    );
  }

  async *sql(input: {
    sql: string;
    limit: number;
    signal?: AbortSignal;
  }): AsyncIterable<Uint8Array> {
    const { sql, ...options } = input;
    await this.#turns.snapshot(options.signal);
    yield* this.#owner.run(sql, options);
  }

  runJob(input: JobInput, context: JobContext): Promise<string> {
    return input.kind === 'sweep' ? this.#sweep(input, context) : this.#write(input, context);
  }

  async close(): Promise<void> {
    await this.notebooks.closeAll();
    await this.#names.close();
    await Promise.all([this.#reads.close(), this.#owner.close(), this.#turns.close()]);
    this.#pool.close();
    await this.#workspace.close();
  }

  async #sweep(input: Extract<JobInput, { kind: 'sweep' }>, context: JobContext): Promise<string> {
    const { sweep, recommended } = await this.analysis.sweep(input, context);
    const told = recommended === null ? 'none is to be recommended' : `${recommended} are best`;
    return `Tried ${sweep.length} numbers of segments: ${told}.`;
  }

  async #write(input: WritingJob, context: JobContext): Promise<string> {
    const { path, writer, config } = this.#workspace;
    const given = {
      ...context,
      connection: writer,
      config,
      folder: path,
      uploads: uploadsFolder(path),
      secrets: this.#secrets,
      pool: this.#pool,
    };
    const said = await this.#turns.job(() => runJob(input, given));
    void this.#tellNotebooks();
    return said;
  }

  async #tellNotebooks(): Promise<void> {
    const asOf = await this.status().then(
      (status) => status.asOf,
      () => null,
    );
    await this.notebooks.dataChanged(asOf);
  }

  #locked() {
    const { path, config } = this.#workspace;
    const { memoryLimit } = config.engine;
    return { workspace: path, ...(memoryLimit === undefined ? {} : { memoryLimit }) };
  }

  #notebookEngines(): NotebookEngines {
    const tables = openNotebookSql({ ...this.#locked(), warehouse: this.#snapshot });
    const reads = this.#reads;
    const { config } = this.#workspace;
    return {
      tables: new LazyTables(tables, {
        prepare: () => this.#turns.snapshot(),
        names: this.#names,
      }),
      panels: new WorkspacePanels({ reads, config, pool: this.#pool }),
      scripts: openScriptRunner(),
      renew: async () => {
        await this.#turns.snapshot();
        await tables.refresh();
      },
    };
  }
}

/** Where files of the page land: apart from files/, so that none replaces a file of the owner's. */
export function uploadsFolder(workspace: string): string {
  return join(resolve(workspace), 'uploads');
}

/** A workbench whose jobs find kept passwords in a store; without one, none are kept. */
export async function openLocalWorkbench(
  workspace: Workspace,
  secrets: SecretStore = noSecretStore,
): Promise<Workbench> {
  try {
    await mkdir(join(workspace.path, '.strata'), { recursive: true });
    return new LocalWorkbench(workspace, secrets);
  } catch (error) {
    await workspace.close();
    throw error instanceof AppError ? error : new AppError('INTERNAL', { problem: String(error) });
  }
}
