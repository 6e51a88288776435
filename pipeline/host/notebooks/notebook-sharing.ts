import type { ExportFormat, ShareChoices, ShareReport } from '../../contract/notebook.ts';
import type { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import type { TableEngine } from '../../notebooks/session/ports.ts';

/** An open notebook and the tables that it reads. */
export interface SharedNotebook {
  readonly session: NotebookSession;
  readonly tables: TableEngine;
}

export interface ShareWanted {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly format: ExportFormat;
  readonly choices: ShareChoices;
  readonly signal?: AbortSignal | undefined;
}

/** Says what would leave with a notebook, and makes the file that does. */
export interface NotebookSharing {
  inspect(notebook: SharedNotebook, signal?: AbortSignal): Promise<ShareReport>;
  export(notebook: SharedNotebook, wanted: ShareWanted): Promise<{ name: string; file: Blob }>;
}
