/** Blocks of text in a shared notebook's page, by the ids of their elements. */
export const pageBlocks = {
  /** The .ipynb as JSON. */
  notebook: 'strata-notebook',
  /** What was chosen when it was shared. */
  shared: 'strata-shared',
  /** A list of `PageTable`. */
  tables: 'strata-tables',
} as const;

/** The page's own parts: gzip in 85 characters, each in the block `strata-part-NAME`. */
export type PagePart =
  | 'page.css'
  | 'page.js'
  | 'plotly.js'
  | 'host.js'
  | 'script-worker.js'
  | 'quickjs.wasm'
  | 'duckdb.js'
  | 'duckdb.wasm'
  | 'licences.txt';

export const partBlock = (part: PagePart): string => `strata-part-${part}`;

/** A table in the page; the block `id` holds it as Base64 of a gzipped Arrow IPC stream. */
export interface PageTable {
  readonly id: string;
  /** `silver.transactions`, or the name of what a panel made. */
  readonly name: string;
  readonly kind: 'workspace' | 'panel';
  readonly rows: number;
}

/** With the text of its block. */
export interface PackedTable extends Pick<PageTable, 'name' | 'kind'> {
  readonly packed: string;
}

/** The texts of the blocks of a script and of a WebAssembly module that it needs. */
interface PackedProgram {
  readonly script: string;
  readonly module: string;
}

/** What the page tells the worker that is its host, which unpacks all that is packed. */
export type ToPageHost =
  | {
      /** With a port on which the contract's procedures are answered. */
      readonly kind: 'open';
      readonly path: string;
      /** JSON. */
      readonly notebook: string;
      readonly minimumCount: number;
    }
  | {
      readonly kind: 'engine';
      readonly tables: readonly PackedTable[];
      readonly duckdb: PackedProgram;
      readonly scripts: PackedProgram;
    };

/** What the host tells of its engine. */
export type FromPageHost =
  | { readonly kind: 'live' }
  | { readonly kind: 'dead'; readonly message: string; readonly next: string };
