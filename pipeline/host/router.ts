import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { AppError, asAppError } from '../contract/errors.ts';
import type { Jobs } from './jobs.ts';
import type { HostLogger } from './logger.ts';
import type { Workbench } from './workbench.ts';

interface RouterOptions {
  readonly workbench: Workbench;
  readonly jobs: Jobs;
  readonly logger: HostLogger;
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
export function hostRouter({ workbench, jobs, logger }: RouterOptions) {
  const host = implement(contract).use(async ({ next, signal }) => {
    try {
      return await next();
    } catch (error) {
      const { code, message, next } = told(error, logger, signal);
      throw new ORPCError('APP', { message, data: { code, message, next } });
    }
  });
  return host.router({
    workspace: { status: host.workspace.status.handler(() => workbench.status()) },
    tables: { page: host.tables.page.handler(({ input }) => workbench.tablePage(input)) },
    kpis: { report: host.kpis.report.handler(() => workbench.kpiReport()) },
    segments: {
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
  });
}

export type HostRouter = ReturnType<typeof hostRouter>;
