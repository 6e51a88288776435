import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { JobInput, TablePage } from '../../contract/schemas.ts';
import type { Connection } from '../../engine/engine.ts';
import { openOwnerSql, type OwnerSql } from '../../engine/native/owner-sql/owner-sql.ts';
import { fitClv } from '../../features/fit-clv.ts';
import { kpiReport } from '../../runs/kpi-report.ts';
import { runDemo } from '../../runs/run-demo.ts';
import { type RunContext, runPipeline } from '../../runs/run-pipeline.ts';
import { openStatisticsPool } from '../../work/node/statistics-pool.ts';
import { readStatus } from '../../runs/workspace-status.ts';
import { ingestFile } from '../../sources/files/node/ingest-file.ts';
import { ingestTopic } from '../../sources/kafka/ingest-topic.ts';
import { requireMapping, workspaceMappings } from '../../workspace/node/mappings.ts';
import type { Workspace } from '../../workspace/node/workspace.ts';
import { readTablePage } from '../read-table-page.ts';
import { scatterSql } from '../scatter.ts';
import { noSecretStore, type SecretStore } from '../secret-store.ts';
import type { JobContext } from '../job-context.ts';
import type { Workbench } from '../workbench.ts';
import { kafkaLogin } from './kafka-login.ts';
import { LocalAnalysis } from './local-analysis.ts';
import { WarehouseTurns } from './warehouse-turns.ts';

/** A workbench on an open workspace of this machine: reads on one connection, jobs write on another. */
class LocalWorkbench implements Workbench {
  readonly #workspace: Workspace;
  readonly #reader: Connection;
  readonly #secrets: SecretStore;
  readonly #owner: OwnerSql;
  readonly #turns: WarehouseTurns;
  readonly #pool = openStatisticsPool();
  readonly analysis: LocalAnalysis;

  constructor(workspace: Workspace, reader: Connection, secrets: SecretStore) {
    this.#workspace = workspace;
    this.#reader = reader;
    this.#secrets = secrets;
    const snapshot = join(workspace.path, '.strata', 'snapshot.duckdb');
    const { writer, warehouse } = workspace;
    this.#turns = new WarehouseTurns({ connection: writer, source: warehouse, target: snapshot });
    this.analysis = new LocalAnalysis({ workspace, reader, turns: this.#turns, pool: this.#pool });
    const { memoryLimit } = workspace.config.engine;
    this.#owner = openOwnerSql({
      workspace: workspace.path,
      warehouse: snapshot,
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
    });
  }

  status() {
    const { path, config } = this.#workspace;
    return readStatus(this.#reader, {
      path,
      name: config.name,
      presets: [...workspaceMappings(path).values()],
    });
  }

  tablePage(input: { table: string; offset: number; limit: number }): Promise<TablePage> {
    return readTablePage(this.#reader, input);
  }

  kpiReport() {
    return kpiReport(this.#reader, this.#workspace.config);
  }

  async *scatter(input: { x: string; y: string; limit: number }): AsyncIterable<Uint8Array> {
    const sql = await scatterSql(this.#reader, input);
    const connection = await this.#workspace.engine.connect();
    try {
      yield* connection.arrow(sql);
    } finally {
      connection.close();
    }
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

  runJob(input: JobInput, { signal, report }: JobContext): Promise<string> {
    const { path, writer, config } = this.#workspace;
    const pool = this.#pool;
    const context = { connection: writer, config, folder: path, signal, report, pool };
    return this.#turns.job(() => this.#job(input, context));
  }

  async close(): Promise<void> {
    await this.#turns.settled();
    await this.#owner.close();
    this.#pool.close();
    this.#reader.close();
    await this.#workspace.close();
  }

  /** Raw holds every record of an upload that went through; a file of the owner's own is not touched. */
  async #dropUpload(path: string): Promise<void> {
    if (dirname(resolve(path)) !== uploadsFolder(this.#workspace.path)) return;
    await rm(path, { force: true }).catch(() => {});
  }

  async #job(input: JobInput, context: RunContext & JobContext): Promise<string> {
    const { path } = this.#workspace;
    const { connection, signal, report } = context;
    const onProgress = (records: number): void =>
      report({ step: 'ingest', message: `${records} records landed`, done: records });
    switch (input.kind) {
      case 'demo': {
        await runDemo(path, context, input);
        return `Made ${input.customers} customers and everything they did.`;
      }
      case 'ingest-file': {
        const compiled = requireMapping(path, input.preset);
        report({ step: 'ingest', message: 'Landing records' });
        const landed = await ingestFile(connection, {
          path: input.path,
          compiled,
          signal,
          onProgress,
        });
        await runPipeline(context);
        await this.#dropUpload(input.path);
        return told(landed);
      }
      case 'ingest-kafka': {
        const compiled = requireMapping(path, input.preset);
        report({ step: 'ingest', message: 'Reading the topic' });
        const kafka = await kafkaLogin(input, this.#secrets, signal);
        const { topic, from } = input;
        const landed = await ingestTopic(connection, {
          kafka,
          topic,
          compiled,
          from,
          signal,
          onProgress,
        });
        await runPipeline(context);
        return told(landed);
      }
      case 'run': {
        const { steps } = await runPipeline(context);
        const worked = steps.filter(({ status, read }) => status === 'done' && read > 0);
        return worked.length === 0 ? 'Nothing was new.' : 'Everything is up to date.';
      }
      case 'train': {
        await runPipeline(context, { steps: ['segments', 'gold'], train: input.options });
        return `Trained ${input.options.k} segments.`;
      }
      case 'sweep': {
        const { sweep, recommended } = await this.analysis.sweep(input, context);
        const told = recommended === null ? 'none is to be recommended' : `${recommended} are best`;
        return `Tried ${sweep.length} numbers of segments: ${told}.`;
      }
      case 'clv': {
        const { customers } = await fitClv(connection, context);
        return `Predicted the value of ${customers} customers.`;
      }
    }
  }
}

function told(landed: { source: string; records: number; note?: string }): string {
  const { source, records, note } = landed;
  const what = records === 0 ? 'nothing new' : `${records} records landed and were taken in`;
  return `${source}: ${what}${note === undefined ? '' : `; ${note}`}.`;
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
    return new LocalWorkbench(workspace, await workspace.engine.connect(), secrets);
  } catch (error) {
    await workspace.close();
    throw error instanceof AppError ? error : new AppError('INTERNAL', { problem: String(error) });
  }
}
