import type { Call } from '../../engine/table-engine.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import type { BundleManifest } from './bundle-manifest.ts';
import { outputHashes } from './hashes.ts';
import { openBundle } from './open-bundle.ts';
import { type ReaderPorts, rerun } from './rerun.ts';

export type Replay = {
  /** With which the bundle was made. */
  readonly versions: BundleManifest['versions'];
  /** With which it ran again here. */
  readonly here: BundleManifest['versions'];
  /** As it came out here. */
  readonly document: NotebookDocument;
  /** How many cells were compared. */
  readonly cells: number;
} & (
  | { readonly kind: 'same' }
  /** Ids of the cells that gave something else. */
  | { readonly kind: 'different'; readonly different: readonly string[] }
  /** The bundle has no outputs to compare with. */
  | { readonly kind: 'nothing to compare' }
);

/**
 * Runs a bundle again on its own data and compares what every cell gives with what it gave where the bundle was made. Both
 * times DuckDB-WASM runs it, in one thread, so that sums of doubles are made in one order and come out to the last bit.
 * Throws NOTEBOOK_BUNDLE_INVALID, NOTEBOOK_EXPORT_FAILED for cells that fail here, and CANCELLED.
 */
export async function replayBundle(
  bytes: Uint8Array,
  ports: ReaderPorts & { readonly strata: string },
  { limit, ...call }: Call & { readonly limit?: number } = {},
): Promise<Replay> {
  const bundle = await openBundle(bytes, limit === undefined ? {} : { limit });
  const { manifest, tables } = bundle;
  const { minimumCount } = manifest.choices;
  const { document, duckdb } = await rerun(
    { ...call, document: bundle.document, tables, minimumCount },
    ports,
  );
  const found = await outputHashes(document);
  const made = new Map(Object.entries(manifest.outputs));
  // In the order of the page, and last those that the manifest has and the notebook has not.
  const ids = new Set([...document.cells.map(({ id }) => id), ...made.keys()]);
  const different = [...ids].filter((id) => made.get(id) !== found[id]);
  const here = { strata: ports.strata, duckdb };
  const compared = { versions: manifest.versions, here, document, cells: made.size };
  if (made.size === 0) return { ...compared, kind: 'nothing to compare' };
  if (different.length === 0) return { ...compared, kind: 'same' };
  return { ...compared, kind: 'different', different };
}
