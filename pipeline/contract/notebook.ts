import { z } from 'zod';
import { featureRecipe } from './recipe.ts';

/** What a cell is, read from its type and the first line of its source; `foreign` code is kept and shown, never run. */
export const cellKind = z.enum([
  'markdown',
  'raw',
  'sql',
  'input',
  'chart',
  'features',
  'tuning',
  'kpis',
  'javascript',
  'typescript',
  'setup',
  'foreign',
]);

/** How an input cell is shown; the value itself stands in the cell's source as a Python literal. */
export const inputControl = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('slider'),
    min: z.number(),
    max: z.number(),
    step: z.number().positive().default(1),
    label: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('select'),
    options: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .max(1000),
    label: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('date'),
    min: z.iso.date().optional(),
    max: z.iso.date().optional(),
    label: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('text'), label: z.string().optional() }),
  z.strictObject({ kind: z.literal('checkbox'), label: z.string().optional() }),
]);

export const inputValue = z.union([z.string(), z.number(), z.boolean()]);

/** What a chart cell draws of a table that an earlier cell made, or of one of the workspace. */
export const chartParameters = z.strictObject({
  data: z.string().min(1),
  type: z.enum(['bar', 'line', 'area', 'scatter', 'histogram', 'box', 'heatmap']),
  x: z.string().min(1),
  y: z.array(z.string().min(1)).default([]),
  /** Rows of one x are put together by this; `none` draws each row. */
  aggregate: z.enum(['none', 'count', 'sum', 'mean', 'median', 'min', 'max']).default('none'),
  colour: z.string().nullable().default(null),
  title: z.string().nullable().default(null),
});

export const kpisParameters = z.strictObject({
  /** Null is the workspace's newest day. */
  asOf: z.iso.date().nullable().default(null),
  kpis: z
    .array(z.enum(['clvGrowth', 'churnRate', 'aov', 'contribution']))
    .min(1)
    .default(['clvGrowth', 'churnRate', 'aov', 'contribution']),
});

export const featuresParameters = z.strictObject({ recipe: featureRecipe });

export const tuningParameters = z.strictObject({
  recipe: featureRecipe,
  kMin: z.number().int().min(2).max(50).default(2),
  kMax: z.number().int().min(2).max(50).default(10),
  /** Null is the recommended one. */
  k: z.number().int().min(2).max(50).nullable().default(null),
  restarts: z.number().int().min(1).max(100).default(10),
  seed: z.number().int().min(0).max(0xffff_ffff).default(42),
});

/** A reactive notebook runs what depends on a change; a manual one marks it stale. */
export const notebookMode = z.enum(['reactive', 'manual']);

const cellType = z.enum(['markdown', 'code', 'raw']);

/** nbformat's own JSON of an output, in its version 4.5. */
export const cellOutput = z.record(z.string(), z.unknown());

export const cellState = z.object({
  id: z.string(),
  kind: cellKind,
  status: z.enum(['idle', 'waiting', 'running', 'done', 'failed', 'cancelled', 'stale']),
  /** Names that later cells may use, and names that this cell uses. */
  defines: z.array(z.string()),
  reads: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string(), next: z.string() }).nullable(),
  outputs: z.array(cellOutput),
  /** Rows of the table that the cell made; null where it made none or it is not held any more. */
  rows: z.number().int().nullable(),
  elapsedMs: z.number().nullable(),
  /** How far a cell is that is running, in parts of 1, and in words; where its worker tells it. */
  progress: z.object({ share: z.number(), note: z.string() }).optional(),
  /** For inputs. */
  input: z.object({ name: z.string(), value: inputValue, control: inputControl }).nullable(),
});

/** A state as one stream tells it: without outputs where they are those that it told of the cell last. */
export const toldState = cellState.extend({ outputs: cellState.shape.outputs.exactOptional() });

export const notebookCell = z.object({
  id: z.string(),
  type: cellType,
  source: z.string(),
  /** Its results stay as they are when data or other cells change. */
  pinned: z.boolean(),
  /** Shown without its source, or without its outputs. */
  folded: z.object({ source: z.boolean(), outputs: z.boolean() }),
  /**
   * Only told by a page: cells whose attachments it takes along, as it was pasted, split or merged of them, and which of
   * these have another name in it.
   */
  from: z
    .array(z.object({ cell: z.string(), names: z.record(z.string(), z.string()).exactOptional() }))
    .exactOptional(),
});

export const notebookFile = z.object({
  /** Within the workspace's `notebooks` folder, with forward slashes. */
  path: z.string(),
  title: z.string(),
  modifiedAt: z.string(),
  trusted: z.boolean(),
  /** Why it cannot be opened; null where it can. */
  problem: z.string().nullable(),
  /** When its changes were kept; null where it is as its file has it. Else the file is gone or damaged, and this is opened. */
  recoveredFrom: z.string().nullable(),
});

export const notebookView = z.object({
  id: z.string(),
  path: z.string(),
  revision: z.number().int(),
  /** How often the file was taken in since it was opened. */
  reading: z.number().int().optional(),
  trusted: z.boolean(),
  mode: notebookMode,
  cells: z.array(notebookCell),
  states: z.array(cellState),
  savedAt: z.string().nullable(),
  /** When the copy was kept that this one was recovered from after a crash; null where it is the file's. */
  recoveredFrom: z.string().nullable(),
  /** Somebody else changed the file while there are changes here: the page asks whose to keep. */
  conflict: z.boolean(),
  /** In a conflict: there is no file any more, only what is here. */
  gone: z.boolean().optional(),
});

/** What the file holds now; `at` is null where nothing had to be written since the notebook was opened. */
export const notebookSaved = z.object({ at: z.string().nullable(), revision: z.number().int() });

export const notebookEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), notebook: notebookView }),
  /** States that changed; what came and went within a moment is left out. */
  z.object({ kind: z.literal('states'), states: z.array(toldState) }),
  z.object({ kind: z.literal('saved'), at: z.string(), revision: z.number().int() }),
  z.object({ kind: z.literal('unsaved'), problem: z.string() }),
  z.object({ kind: z.literal('conflict'), gone: z.boolean().optional() }),
  /** The warehouse changed: cells that are live run again or are stale. */
  z.object({ kind: z.literal('data'), asOf: z.string().nullable() }),
]);

/** What the page changed: whole cells by id, and the order where it is another. Outputs are the host's alone. */
export const notebookUpdate = z.object({
  changed: z.array(notebookCell).default([]),
  /** The reading that it was made on: with a newer one here, whose to keep is asked. */
  reading: z.number().int().optional(),
  order: z.array(z.string()).optional(),
  /**
   * Ids that whoever tells this had from the host: an order then says nothing of other cells, and what is gone of these stays
   * gone. Without them an order is all there is.
   */
  known: z.array(z.string()).optional(),
  mode: notebookMode.optional(),
  /** The page that tells this: it is not told again what it sent, the others are. */
  page: z.string().optional(),
});

export const exportFormat = z.enum(['ipynb', 'html', 'static', 'pdf', 'bundle']);

export const columnTreatment = z.enum(['keep', 'drop', 'hash', 'generalise']);

/** What is done to a notebook's data before it leaves this machine. */
export const shareChoices = z.object({
  outputs: z.boolean().default(true),
  /** By table and column, such as `silver.customers.email`; what is not named is kept. */
  columns: z.record(z.string(), columnTreatment).default({}),
  /** Tables of which only groups leave: counts and means of what is not a number. */
  aggregated: z.array(z.string()).default([]),
  /** Groups of fewer people than this are left out; 0 keeps all. */
  minimumCount: z.number().int().min(0).max(1000).default(0),
});

export const personalKind = z.enum([
  'name',
  'e-mail',
  'phone',
  'identifier',
  'address',
  'birth date',
]);

/** Tables of the workspace that cells read: what leaves is made anew from these alone, after their treatment. */
export const shareReport = z.object({
  tables: z.array(
    z.object({
      /** As SQL names it, such as `silver.transactions`. */
      name: z.string(),
      /** The cells that read it. */
      cells: z.array(z.string()),
      rows: z.number().int(),
      columns: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          /** What it seems to hold of persons, why that is thought, and an example with its middle hidden. */
          found: z.array(
            z.object({ kind: personalKind, by: z.enum(['name', 'content']), share: z.number() }),
          ),
          treatment: columnTreatment,
        }),
      ),
      /** Its size as it would leave, before compression. */
      bytes: z.number().int(),
      /** Rows that stand for fewer than five people, where a column counts them; null where none does. */
      smallGroups: z.number().int().nullable(),
    }),
  ),
  /** E-mails and phones in prose, code and outputs, by cell. */
  texts: z.array(z.object({ cell: z.string(), kind: personalKind, count: z.number().int() })),
  /** Files attached to prose that shows them: they leave as they are, in every format. */
  attachments: z.array(
    z.object({
      cell: z.string(),
      name: z.string(),
      type: z.string(),
      bytes: z.number().int(),
    }),
  ),
});

export type CellKind = z.infer<typeof cellKind>;
export type InputControl = z.infer<typeof inputControl>;
export type InputValue = z.infer<typeof inputValue>;
export type ChartParameters = z.infer<typeof chartParameters>;
export type KpisParameters = z.infer<typeof kpisParameters>;
export type FeaturesParameters = z.infer<typeof featuresParameters>;
export type TuningParameters = z.infer<typeof tuningParameters>;
export type NotebookMode = z.infer<typeof notebookMode>;
export type CellOutput = z.infer<typeof cellOutput>;
export type CellState = z.infer<typeof cellState>;
export type ToldState = z.infer<typeof toldState>;
export type NotebookCell = z.infer<typeof notebookCell>;
export type NotebookFile = z.infer<typeof notebookFile>;
export type NotebookView = z.infer<typeof notebookView>;
export type NotebookSaved = z.infer<typeof notebookSaved>;
export type NotebookEvent = z.infer<typeof notebookEvent>;
export type NotebookUpdate = z.infer<typeof notebookUpdate>;
export type ExportFormat = z.infer<typeof exportFormat>;
export type ColumnTreatment = z.infer<typeof columnTreatment>;
export type ShareChoices = z.infer<typeof shareChoices>;
export type ShareReport = z.infer<typeof shareReport>;
