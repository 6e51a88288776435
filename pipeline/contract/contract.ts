import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { clvReport } from './clv.ts';
import { featureInfo, featureReport } from './features.ts';
import { featureRecipe, recipeName, savedRecipe, segmentName } from './recipe.ts';
import {
  comparison,
  customerExplanation,
  flow,
  modelInfo,
  modelReport,
  successions,
  sweepReport,
  tierCount,
} from './segmentation.ts';
import {
  cohortCell,
  jobEvent,
  jobInfo,
  jobInput,
  kpiName,
  kpiReport,
  kpiSplit,
  tablePage,
  workspaceStatus,
} from './schemas.ts';
import {
  exportFormat,
  notebookEvent,
  notebookFile,
  notebookSaved,
  notebookUpdate,
  notebookView,
  shareChoices,
  shareReport,
} from './notebook.ts';
import { secretName, secretsStanding, secretValue } from './secrets.ts';

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
    /** As they stood on a day, by the segments of today. */
    asOf: procedure.input(z.object({ day: z.iso.date() })).output(kpiReport),
    /** What moved a KPI from one day to another. */
    split: procedure
      .input(z.object({ kpi: kpiName, from: z.iso.date(), to: z.iso.date() }))
      .output(kpiSplit),
    cohorts: procedure.output(z.array(cohortCell)),
  },
  features: {
    /** What recipes may use. */
    list: procedure.output(z.array(featureInfo)),
    /** What a recipe does to the customers there are. */
    report: procedure.input(featureRecipe).output(featureReport),
  },
  recipes: {
    list: procedure.output(z.array(savedRecipe)),
    /** Keeps a recipe under a name; one that has it already is replaced. */
    save: procedure
      .input(z.object({ name: recipeName, recipe: featureRecipe }))
      .output(savedRecipe),
    remove: procedure
      .input(z.object({ name: recipeName }))
      .output(z.object({ removed: z.boolean() })),
  },
  clv: {
    report: procedure.output(clvReport),
  },
  segments: {
    /** The latest sweep of this host; null before the first. */
    sweep: procedure.output(sweepReport.nullable()),
    /**
     * Every customer of the sweep as an Arrow IPC stream, in the order of their ids: x and y on the first two principal
     * components (FLOAT), and for each k a column `k2`, `k3`, ... with the customer's cluster (UTINYINT).
     */
    sweepPoints: procedure.input(z.object({ id: z.string() })).output(z.instanceof(Blob)),
    /** Who would become whom with each k of a sweep. */
    successions: procedure.input(z.object({ id: z.string() })).output(successions),
    models: procedure.output(z.array(modelInfo)),
    /** The model that places customers now; null before the first. */
    model: procedure.output(modelReport.nullable()),
    compare: procedure
      .input(z.object({ from: z.number().int(), to: z.number().int() }))
      .output(comparison),
    /** Who moved at the latest day and model, against what stood before. */
    migration: procedure.output(z.array(flow)),
    /** Customers by tier, as the last run left them; none where there are no rules. */
    tiers: procedure.output(z.array(tierCount)),
    explain: procedure
      .input(z.object({ customerId: z.string().min(1) }))
      .output(customerExplanation),
    /** Names a segment; the name stays with its id through every later model. */
    rename: procedure
      .input(
        z.object({
          segmentId: z.number().int(),
          name: segmentName,
        }),
      )
      .output(z.object({ segmentId: z.number().int(), name: z.string() })),
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
  notebooks: {
    list: procedure.output(z.array(notebookFile)),
    /** A new file in the workspace's folder, its name made unique. */
    create: procedure
      .input(z.object({ title: z.string().trim().min(1).max(120) }))
      .output(notebookFile),
    /**
     * Takes a file from elsewhere into the workspace's folder, or finds it there; nothing of it runs until it is trusted. A path
     * is one of the host's machine.
     */
    adopt: procedure
      .input(
        z.union([
          z.strictObject({ name: z.string().min(1), file: z.instanceof(Blob) }),
          z.strictObject({ path: z.string().min(1) }),
        ]),
      )
      .output(notebookFile),
    /** Opens a file, or joins whoever has it open. */
    open: procedure.input(z.object({ path: z.string().min(1) })).output(notebookView),
    /** The notebook as it is, then what changes, so that a reloaded page misses nothing. */
    watch: procedure
      .input(z.object({ id: z.string(), page: z.string().optional() }))
      .output(eventIterator(notebookEvent)),
    /** Changed cells and order; a reactive notebook runs what depends on them. */
    update: procedure
      .input(notebookUpdate.extend({ id: z.string() }))
      .output(z.object({ revision: z.number().int() })),
    /** Runs cells and what they need; without `cells`, all. Events tell how it goes. */
    run: procedure
      .input(
        z.object({
          id: z.string(),
          cells: z.array(z.string()).optional(),
          /** Only what is not up to date, or everything asked for once more. */
          again: z.boolean().default(true),
        }),
      )
      .output(z.void()),
    cancel: procedure.input(z.object({ id: z.string() })).output(z.void()),
    clearOutputs: procedure.input(z.object({ id: z.string() })).output(z.void()),
    /** `shown` is the digest of the code that the person has seen; what was changed meanwhile is refused. */
    trust: procedure.input(z.object({ id: z.string(), shown: z.string() })).output(z.void()),
    /** Writes the file now, and ends when it is written. */
    save: procedure.input(z.object({ id: z.string() })).output(notebookSaved),
    /** After a conflict: keep what is here, take what the file says, or keep both under two names. */
    resolve: procedure
      .input(z.object({ id: z.string(), keep: z.enum(['mine', 'theirs', 'both']) }))
      .output(z.void()),
    /** Rows of the table that a cell made, as an Arrow IPC stream. */
    rows: procedure
      .input(
        z.object({
          id: z.string(),
          cell: z.string(),
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(100_000).default(200),
        }),
      )
      .output(z.instanceof(Blob)),
    /** The pictures that a Markdown cell brings along, by name, as data addresses. */
    pictures: procedure
      .input(z.object({ id: z.string(), cell: z.string() }))
      .output(z.record(z.string(), z.string())),
    close: procedure.input(z.object({ id: z.string() })).output(z.void()),
    /** What a share would take off this machine. */
    inspect: procedure.input(z.object({ id: z.string() })).output(shareReport),
    export: procedure
      .input(z.object({ id: z.string(), format: exportFormat, choices: shareChoices }))
      .output(z.object({ name: z.string(), file: z.instanceof(Blob) })),
  },
  /** Passwords go in and are used by jobs; nothing here gives one back. */
  secrets: {
    standing: procedure.output(secretsStanding),
    keep: procedure.input(z.object({ name: secretName, value: secretValue })).output(z.void()),
    forget: procedure.input(z.object({ name: secretName })).output(z.void()),
  },
};
