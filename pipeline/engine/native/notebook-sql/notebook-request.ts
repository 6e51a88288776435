import type { TableShape } from '../../table-engine.ts';

/** What the process is asked; it answers with pieces of an Arrow stream, or with one piece of another kind. */
export type NotebookRequest =
  | { readonly kind: 'names'; readonly sql: string }
  | { readonly kind: 'create'; readonly name: string; readonly sql: string }
  | { readonly kind: 'insert'; readonly name: string; readonly ipc: Uint8Array }
  | { readonly kind: 'drop'; readonly name: string }
  | { readonly kind: 'read'; readonly sql: string; readonly limit: number | null };

export type NotebookPiece =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'shape'; readonly shape: TableShape }
  | { readonly kind: 'rows'; readonly bytes: Uint8Array };
