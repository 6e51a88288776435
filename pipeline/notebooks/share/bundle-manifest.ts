import { z } from 'zod';
import { shareChoices } from '../../contract/notebook.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const bundleFormat = 1;

/** What a bundle says of itself: with these files, tables and versions it gives these outputs. */
export const bundleManifest = z.strictObject({
  format: z.literal(bundleFormat),
  versions: z.strictObject({
    strata: z.string(),
    /** DuckDB of the engine that made the outputs. */
    duckdb: z.string(),
  }),
  choices: shareChoices,
  tables: z.array(
    z.strictObject({
      name: z.string().min(1).max(1000),
      kind: z.enum(['workspace', 'panel']),
      file: z.string(),
      rows: z.number().int().min(0),
    }),
  ),
  /** SHA-256 of every file but the manifest. */
  files: z.record(z.string(), hash),
  /** SHA-256 of the outputs of every code cell, by its id; none where outputs were left out. */
  outputs: z.record(z.string(), hash),
});

export type BundleManifest = z.infer<typeof bundleManifest>;

export const manifestFile = 'manifest.json';
export const notebookFile = 'notebook.ipynb';
