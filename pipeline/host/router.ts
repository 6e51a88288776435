import { featureRoutes, kpiRoutes, segmentRoutes } from './analysis-routes.ts';
import { answering } from './answering.ts';
import { arrowBlob } from './arrow-blob.ts';
import type { Jobs } from './jobs.ts';
import type { HostLogger } from './logger.ts';
import { notebookRoutes } from './notebook-routes.ts';
import type { SecretStore } from './secret-store.ts';
import type { Workbench } from './workbench.ts';

interface RouterOptions {
  readonly workbench: Workbench;
  readonly jobs: Jobs;
  readonly logger: HostLogger;
  readonly secrets: SecretStore;
}

/** The contract's procedures, answered by a workbench and its jobs. Every error leaves as `APP`. */
export function hostRouter({ workbench, jobs, logger, secrets }: RouterOptions) {
  const host = answering(logger);
  return host.router({
    workspace: {
      status: host.workspace.status.handler(({ signal }) => workbench.status(signal)),
    },
    tables: {
      page: host.tables.page.handler(({ input, signal }) => workbench.tablePage(input, signal)),
    },
    kpis: kpiRoutes(host, workbench),
    ...featureRoutes(host, workbench.analysis),
    segments: segmentRoutes(host, workbench),
    sql: {
      run: host.sql.run.handler(({ input, signal }) =>
        arrowBlob(workbench.sql(signal === undefined ? input : { ...input, signal }), signal),
      ),
    },
    jobs: {
      list: host.jobs.list.handler(() => jobs.list()),
      start: host.jobs.start.handler(({ input }) => jobs.start(input)),
      watch: host.jobs.watch.handler(({ input, signal }) => jobs.watch(input.id, signal)),
      cancel: host.jobs.cancel.handler(({ input }) => jobs.cancel(input.id)),
    },
    notebooks: notebookRoutes(host, workbench.notebooks),
    secrets: {
      standing: host.secrets.standing.handler(() => secrets.standing()),
      keep: host.secrets.keep.handler(({ input }) => secrets.keep(input.name, input.value)),
      forget: host.secrets.forget.handler(({ input }) => secrets.forget(input.name)),
    },
  });
}

export type HostRouter = ReturnType<typeof hostRouter>;
