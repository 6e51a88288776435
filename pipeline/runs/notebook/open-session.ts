import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openNotebookSql } from '../../engine/native/notebook-sql/notebook-sql.ts';
import { snapshotWarehouse } from '../../engine/native/snapshot.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { openScriptRunner } from '../../notebooks/script/node/open-script-runner.ts';
import { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import type { StatisticsPool } from '../../work/statistics-tasks.ts';
import type { Workspace } from '../../workspace/node/workspace.ts';
import { WarehouseReads } from '../../workspace/warehouse-reads.ts';
import { WorkspacePanels } from './panel-runner.ts';
import type { Shared } from './share-notebook.ts';

interface SessionParts {
  readonly workspace: Workspace;
  readonly pool: StatisticsPool;
  readonly document: NotebookDocument;
}

export interface WorkspaceSession extends Shared {
  readonly close: () => Promise<void>;
}

/** A notebook on a workspace that nobody writes meanwhile; whoever asked for it trusts it. */
export async function openSession({
  workspace,
  pool,
  document,
}: SessionParts): Promise<WorkspaceSession> {
  const { path, config, engine, writer, warehouse } = workspace;
  const folder = join(path, '.strata');
  await mkdir(folder, { recursive: true });
  const snapshot = join(folder, 'snapshot.duckdb');
  await snapshotWarehouse({ connection: writer, source: warehouse, target: snapshot });
  const { memoryLimit } = config.engine;
  const reads = new WarehouseReads(engine);
  const tables = openNotebookSql({
    workspace: path,
    warehouse: snapshot,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  });
  const session = new NotebookSession({
    document,
    trusted: true,
    tables,
    panels: new WorkspacePanels({ reads, config, pool }),
    scripts: openScriptRunner(),
  });
  return {
    session,
    tables,
    close: async () => {
      await session.close();
      await reads.close();
    },
  };
}
