import type {
  ExportFormat,
  NotebookEvent,
  NotebookFile,
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
  watch(id: string, signal?: AbortSignal): AsyncGenerator<NotebookEvent>;
  update(id: string, update: NotebookUpdate): Promise<{ revision: number }>;
  /** Starts and does not wait; without cells, all. */
  run(
    id: string,
    what: { readonly cells?: readonly string[] | undefined; readonly again: boolean },
  ): Promise<void>;
  cancel(id: string): Promise<void>;
  clearOutputs(id: string): Promise<void>;
  trust(id: string): Promise<void>;
  resolve(id: string, keep: 'mine' | 'theirs' | 'both'): Promise<void>;
  rows(
    id: string,
    page: { readonly cell: string; readonly offset: number; readonly limit: number },
  ): Promise<Uint8Array>;
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
