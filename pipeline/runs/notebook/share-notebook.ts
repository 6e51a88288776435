import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../contract/errors.ts';
import type { ExportFormat, ShareChoices, ShareReport } from '../../contract/notebook.ts';
import { startWasmEngine } from '../../engine/wasm/node/start-wasm-engine.ts';
import { WasmTableEngine } from '../../engine/wasm/wasm-table-engine.ts';
import { openScriptRunner } from '../../notebooks/script/node/open-script-runner.ts';
import type { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import type { TableEngine } from '../../notebooks/session/ports.ts';
import { exportNotebook, type ExportedFile } from '../../notebooks/share/export-notebook.ts';
import { inspectNotebook } from '../../notebooks/share/inspect.ts';
import { printPdf } from '../../notebooks/share/node/print-pdf.ts';
import { type Replay, replayBundle } from '../../notebooks/share/replay.ts';
import type { ReaderPorts } from '../../notebooks/share/rerun.ts';

/** Built from `renderer/reader`; at the same place beside the pipeline in the desktop application. */
const template = fileURLToPath(new URL('../../../dist/reader/template.html', import.meta.url));

async function readerTemplate(): Promise<string> {
  return readFile(template, 'utf8').catch((error: unknown) => {
    throw new AppError('NOTEBOOK_READER_MISSING', { path: template }, { cause: error });
  });
}

/** The engine that a reader of what is shared has. */
const reader: ReaderPorts = {
  startReader: async () => WasmTableEngine.open(await startWasmEngine()),
  startScripts: () => openScriptRunner(),
};

function strataVersion(): string {
  const require = createRequire(import.meta.url);
  return (require('../../../package.json') as { version: string }).version;
}

/** An open notebook and the tables that it reads. */
export interface Shared {
  readonly session: NotebookSession;
  readonly tables: TableEngine;
}

export interface ShareRequest {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly format: ExportFormat;
  readonly choices: ShareChoices;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/** Tables of panels leave as the others do, so they must be there. */
async function runPanels(session: NotebookSession): Promise<void> {
  if (session.trusted) await session.run('all');
}

/** What a share would take off this machine. */
export async function inspectShare(
  { session, tables }: Shared,
  signal?: AbortSignal,
): Promise<ShareReport> {
  await runPanels(session);
  return inspectNotebook(session.document, tables, signal === undefined ? {} : { signal });
}

/** A notebook as a file for others. */
export async function exportShare(
  { session, tables }: Shared,
  { name, format, choices, now, signal }: ShareRequest,
): Promise<ExportedFile> {
  await runPanels(session);
  return exportNotebook(
    {
      document: session.document,
      trusted: session.trusted,
      name,
      format,
      choices,
      // A bundle is the same file whenever it is made.
      ...(format === 'bundle' ? {} : { at: now.toISOString() }),
      ...(signal === undefined ? {} : { signal }),
    },
    { ...reader, source: tables, readerTemplate, printPdf, strata: strataVersion() },
  );
}

/** Runs a bundle again, on its own data. */
export function replayShare(bytes: Uint8Array, signal?: AbortSignal): Promise<Replay> {
  return replayBundle(
    bytes,
    { ...reader, strata: strataVersion() },
    signal === undefined ? {} : { signal },
  );
}
