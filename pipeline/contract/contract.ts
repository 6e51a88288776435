import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { jobEvent, jobInfo, jobInput, kpiReport, tablePage, workspaceStatus } from './schemas.ts';

/** Errors travel as one kind, `APP`, whose data is the table's code, the sentence and the next step. */
export const appErrorData = z.object({ code: z.string(), message: z.string(), next: z.string() });

const procedure = oc.errors({ APP: { data: appErrorData } });

/** What a renderer may ask of a host. Handlers implement it; it is written by hand and never derived from them. */
export const contract = {
  workspace: {
    status: procedure.output(workspaceStatus),
  },
  tables: {
    page: procedure
      .input(
        z.object({
          table: z.string(),
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(1000).default(100),
        }),
      )
      .output(tablePage),
  },
  kpis: {
    report: procedure.output(kpiReport),
  },
  segments: {
    /** A sample of customers as an Arrow IPC stream: segment_id, segment_name and the two features. */
    scatter: procedure
      .input(
        z.object({
          x: z.string(),
          y: z.string(),
          limit: z.number().int().min(1).max(200_000).default(5000),
        }),
      )
      .output(z.instanceof(Blob)),
  },
  sql: {
    /** One statement or several; the last result, at most `limit` rows, as an Arrow IPC stream. Abort the call to cancel it. */
    run: procedure
      .input(
        z.object({
          sql: z.string().min(1),
          limit: z.number().int().min(1).max(1_000_000).default(10_000),
        }),
      )
      .output(z.instanceof(Blob)),
  },
  jobs: {
    list: procedure.output(z.array(jobInfo)),
    start: procedure.input(jobInput).output(jobInfo),
    /** Every event of a job from its start, then live ones, so that a reloaded page misses nothing. */
    watch: procedure.input(z.object({ id: z.string() })).output(eventIterator(jobEvent)),
    cancel: procedure
      .input(z.object({ id: z.string() }))
      .output(z.object({ cancelled: z.boolean() })),
  },
};
