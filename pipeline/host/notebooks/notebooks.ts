import type {
  ExportFormat,
  NotebookEvent,
  NotebookFile,
  NotebookSaved,
  NotebookUpdate,
  NotebookView,
  ShareChoices,
  ShareReport,
} from '../../contract/notebook.ts';

export type Adopted =
  | { readonly name: string; readonly file: Blob }
  | {
      /** On the host's machine. */
      readonly path: string;
    };

/** The notebooks of a workspace, those that are open, and what runs in them. */
export interface Notebooks {
  list(): Promise<NotebookFile[]>;
  create(title: string): Promise<NotebookFile>;
  adopt(file: Adopted): Promise<NotebookFile>;
  open(path: string): Promise<NotebookView>;
  watch(id: string, signal?: AbortSignal, page?: string): AsyncGenerator<NotebookEvent>;
  update(id: string, update: NotebookUpdate): Promise<{ revision: number }>;
  /** Starts and does not wait; without cells, all. */
  run(
    id: string,
    what: { readonly cells?: readonly string[] | undefined; readonly again: boolean },
  ): Promise<void>;
  cancel(id: string): Promise<void>;
  clearOutputs(id: string): Promise<void>;
  /** `shown` is the digest of what runs as the person has seen it; throws NOTEBOOK_CHANGED. */
  trust(id: string, shown: string): Promise<void>;
  /** Throws NOTEBOOK_CONFLICT, and what keeps the file from being written. */
  save(id: string): Promise<NotebookSaved>;
  resolve(id: string, keep: 'mine' | 'theirs' | 'both'): Promise<void>;
  rows(
    id: string,
    page: { readonly cell: string; readonly offset: number; readonly limit: number },
  ): Promise<Uint8Array>;
  /** Pictures attached to a Markdown cell, by name; none where the cell is gone. */
  pictures(id: string, cell: string): Promise<Record<string, string>>;
  close(id: string): Promise<void>;
  inspect(id: string, signal?: AbortSignal): Promise<ShareReport>;
  export(
    id: string,
    wanted: { readonly format: ExportFormat; readonly choices: ShareChoices },
    signal?: AbortSignal,
  ): Promise<{ name: string; file: Blob }>;
  /** Saves what is unsaved and ends every process of an open notebook. */
  closeAll(): Promise<void>;
}
