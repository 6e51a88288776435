import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { AppError, asAppError } from '../contract/errors.ts';
import type { Jobs } from './jobs.ts';
import type { HostLogger } from './logger.ts';
import type { SecretStore } from './secret-store.ts';
import type { Workbench } from './workbench.ts';

interface RouterOptions {
  readonly workbench: Workbench;
  readonly jobs: Jobs;
  readonly logger: HostLogger;
  readonly secrets: SecretStore;
}

const arrowStream = 'application/vnd.apache.arrow.stream';

async function arrowBlob(pieces: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) {
    if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
    parts.push(piece as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts, { type: arrowStream });
}

function inputProblem(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null;
  if (!(error.cause instanceof ValidationError)) return null;
  return error.cause.issues
    .map(({ path = [], message }) => {
      const place = path.map((part) => String(typeof part === 'object' ? part.key : part));
      return place.length === 0 ? message : `${place.join('.')}: ${message}`;
    })
    .join('; ');
}

/** What a caller is told of anything thrown; a fault of our own is logged with its stack first. */
function told(error: unknown, logger: HostLogger, signal: AbortSignal | undefined): AppError {
  const problem = inputProblem(error);
  if (problem !== null) return new AppError('REQUEST_INVALID', { problem });
  if (!(error instanceof AppError) && signal?.aborted === true) {
    return new AppError('CANCELLED', { what: 'The call' }, { cause: error });
  }
  const known = asAppError(error);
  if (known.code === 'INTERNAL') logger.error('A call failed', error);
  return known;
}

/** The contract's procedures, answered by a workbench and its jobs. Every error leaves as `APP`. */
export function hostRouter({ workbench, jobs, logger, secrets }: RouterOptions) {
  const host = implement(contract).use(async ({ next, signal }) => {
    try {
      return await next();
    } catch (error) {
      const { code, message, next } = told(error, logger, signal);
      throw new ORPCError('APP', { message, data: { code, message, next } });
    }
  });
  const { analysis } = workbench;
  return host.router({
    workspace: { status: host.workspace.status.handler(() => workbench.status()) },
    tables: { page: host.tables.page.handler(({ input }) => workbench.tablePage(input)) },
    kpis: {
      report: host.kpis.report.handler(() => workbench.kpiReport()),
      split: host.kpis.split.handler(({ input }) => analysis.kpiSplit(input)),
      cohorts: host.kpis.cohorts.handler(() => analysis.cohorts()),
    },
    features: {
      list: host.features.list.handler(() => analysis.featureList()),
      report: host.features.report.handler(({ input }) => analysis.featureReport(input)),
    },
    recipes: {
      list: host.recipes.list.handler(() => analysis.recipes()),
      save: host.recipes.save.handler(({ input }) => analysis.saveRecipe(input)),
      remove: host.recipes.remove.handler(async ({ input }) => ({
        removed: await analysis.removeRecipe(input.name),
      })),
    },
    clv: { report: host.clv.report.handler(() => analysis.clvReport()) },
    segments: {
      sweep: host.segments.sweep.handler(() => analysis.sweepReport()),
      sweepPoints: host.segments.sweepPoints.handler(({ input }) => {
        const bytes = analysis.sweepPoints(input.id) as Uint8Array<ArrayBuffer>;
        return new Blob([bytes], { type: arrowStream });
      }),
      models: host.segments.models.handler(() => analysis.models()),
      model: host.segments.model.handler(() => analysis.model()),
      compare: host.segments.compare.handler(({ input }) => analysis.compare(input)),
      migration: host.segments.migration.handler(() => analysis.migration()),
      explain: host.segments.explain.handler(({ input }) => analysis.explain(input.customerId)),
      rename: host.segments.rename.handler(async ({ input }) => {
        await analysis.rename(input);
        return input;
      }),
      scatter: host.segments.scatter.handler(({ input, signal }) =>
        arrowBlob(workbench.scatter(input), signal),
      ),
    },
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
    secrets: {
      standing: host.secrets.standing.handler(() => secrets.standing()),
      keep: host.secrets.keep.handler(({ input }) => secrets.keep(input.name, input.value)),
      forget: host.secrets.forget.handler(({ input }) => secrets.forget(input.name)),
    },
  });
}

export type HostRouter = ReturnType<typeof hostRouter>;
