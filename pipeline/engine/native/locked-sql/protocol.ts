import type { ErrorMessage } from '../../../contract/errors.ts';

/** What every worker is told; each kind adds its own. All of it crosses between processes. */
export interface ProcessSettings {
  /** The warehouse, attached read-only. */
  readonly warehouse: string;
  /** The worker's own: DuckDB spills here; whoever outlives the other removes it. */
  readonly temporary: string;
  readonly memoryLimit: string;
  /** Resident bytes of the whole process beyond which it ends itself. */
  readonly residentLimit: number;
  readonly threads: number;
}

export type ToWorker<Settings, Request> =
  | { readonly kind: 'open'; readonly settings: Settings }
  | { readonly kind: 'run'; readonly id: number; readonly request: Request }
  | { readonly kind: 'credit'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

export type FromWorker<Piece> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly error: ErrorMessage }
  | { readonly kind: 'piece'; readonly id: number; readonly piece: Piece }
  /** The end of a run, with its last piece where it has any. */
  | { readonly kind: 'done'; readonly id: number; readonly last: { readonly piece: Piece } | null }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorMessage }
  /** The worker ends itself in the middle of a run. */
  | { readonly kind: 'dying'; readonly problem: string }
  /** It ends itself once the run at hand has been answered. */
  | { readonly kind: 'retiring' };

/** Pieces that may be under way unread, so that a slow reader holds the query back. */
export const FIRST_CREDITS = 4;
