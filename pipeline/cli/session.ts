import type { RunContext } from '../runs/run-pipeline.ts';
import type { StatisticsPool } from '../work/statistics-tasks.ts';
import { openStatisticsPool } from '../work/node/statistics-pool.ts';
import { openWorkspace, type Workspace } from '../workspace/node/workspace.ts';
import { type CommandIo, workspaceFolder } from './command.ts';

/** Opens the workspace for one command and closes it whatever happens. */
export async function withWorkspace<T>(
  values: { workspace?: string | undefined },
  io: CommandIo,
  work: (
    workspace: Workspace,
    context: RunContext & { readonly pool: StatisticsPool },
  ) => Promise<T>,
  options: { create?: boolean } = {},
): Promise<T> {
  const workspace = await openWorkspace(workspaceFolder(values, io), options);
  const pool = openStatisticsPool();
  try {
    return await work(workspace, {
      connection: workspace.writer,
      config: workspace.config,
      folder: workspace.path,
      signal: io.signal,
      pool,
      report: ({ step, message, done, total }) =>
        io.progress(
          total === undefined || total === 0
            ? `${step}: ${message}`
            : `${step}: ${message} ${Math.round(((done ?? 0) / total) * 100)}%`,
        ),
    });
  } finally {
    pool.close();
    await workspace.close();
  }
}
