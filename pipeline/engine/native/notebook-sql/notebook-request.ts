import type { TableShape } from '../../table-engine.ts';

/** What the process is asked; it answers with pieces of an Arrow stream, or with one piece of another kind. */
export type NotebookRequest =
  | { readonly kind: 'names'; readonly sql: string }
  | {
      readonly kind: 'create';
      readonly name: string;
      readonly sql: string;
      /** How many of its rows are read as well. */
      readonly first: number;
    }
  | { readonly kind: 'insert'; readonly name: string; readonly ipc: Uint8Array }
  | { readonly kind: 'drop'; readonly name: string }
  | { readonly kind: 'read'; readonly sql: string; readonly limit: number | null };

export type NotebookPiece =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | {
      readonly kind: 'made';
      readonly shape: TableShape;
      /** The rows that were asked for, as an Arrow IPC stream; null where none were. */
      readonly first: Uint8Array | null;
    }
  | { readonly kind: 'rows'; readonly bytes: Uint8Array };
