import { AppError } from '../../contract/errors.ts';
import type { CellState } from '../../contract/notebook.ts';
import type { Call, TableEngine } from '../../engine/table-engine.ts';
import { readCell } from '../cells/cell-kind.ts';
import { quoted } from '../cells/nearest.ts';
import { withoutOutputs } from '../document/edit-document.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import { NotebookSession } from '../session/notebook-session.ts';
import type { ScriptRunner } from '../session/ports.ts';
import { panelSchema, withFrozenPanels, withOutputsOf } from './frozen-panels.ts';
import { withMinimumCount } from './minimum-count.ts';
import type { SharedData } from './read-shared.ts';
import { isPanel } from './shared-tables.ts';

/** The engine that a reader has: it holds the tables that are put into it and nothing else. */
export interface ReaderEngine extends TableEngine {
  /** Puts a table where SQL looks for it, such as `silver.transactions`. */
  load(name: string, ipc: Uint8Array): Promise<void>;
  /** DuckDB's, such as v1.5.5. */
  version(): Promise<string>;
}

export interface ReaderPorts {
  readonly startReader: () => Promise<ReaderEngine>;
  readonly startScripts: () => ScriptRunner | Promise<ScriptRunner>;
}

function checkAborted({ signal }: Call): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The export' });
}

async function loadAll(reader: ReaderEngine, tables: readonly SharedData[], call: Call) {
  for (const { name, kind, ipc } of tables) {
    checkAborted(call);
    await reader.load(kind === 'panel' ? `${panelSchema}.${name}` : name, ipc).catch((cause) => {
      if (!(cause instanceof AppError) || cause.code === 'CANCELLED') throw cause;
      const problem = `the table ${name} cannot be taken by a reader's engine (${cause.message})`;
      throw new AppError('NOTEBOOK_EXPORT_FAILED', { problem }, { cause });
    });
  }
}

/** What the author knows a cell by: its name, the beginning of its source, or its id. */
function labelOf(state: CellState, document: NotebookDocument): string {
  const [name] = state.defines;
  if (name !== undefined) return `"${name}"`;
  const source = document.cells.find(({ id }) => id === state.id)?.source ?? '';
  const line = source.split('\n').find((one) => one.trim() !== '' && !one.startsWith('%%'));
  return line === undefined ? `"${state.id}"` : quoted(line.trim());
}

/** Names of panels that made no table here, though other cells may read one. */
function emptyPanels(document: NotebookDocument, panels: readonly string[]): string {
  const reads = document.cells.map((cell) => readCell(cell)).filter(isPanel);
  const names = reads.flatMap((read) => ('name' in read && read.name !== null ? [read.name] : []));
  const empty = names.filter((name) => !panels.includes(name)).map((name) => `"${name}"`);
  if (empty.length === 0) return '';
  return `; ${empty.join(', ')} ${empty.length === 1 ? 'holds' : 'hold'} no rows here until the notebook has run`;
}

/** One sentence with every cell that fails, and how many wait for these. */
function problemOf(states: readonly CellState[], document: NotebookDocument): string | null {
  const faulty = states.filter(({ error }) => error !== null);
  const waiting = faulty.filter(({ error }) => error?.code === 'CELL_NEEDS');
  const failed = faulty.filter((state) => !waiting.includes(state));
  if (faulty.length === 0) return null;
  const told = failed.map(
    (state) => `${labelOf(state, document)}: ${state.error?.message.replaceAll(/\s+/g, ' ') ?? ''}`,
  );
  const more = waiting.map((state) => labelOf(state, document)).join(', ');
  const verb = failed.length === 1 ? '1 cell fails' : `${failed.length} cells fail`;
  const first = `${verb} on what would leave this machine. ${told.join('; ')}`;
  return more === '' ? first : `${first}; these wait for it: ${more}`;
}

async function runAll(session: NotebookSession, call: Call): Promise<void> {
  const { signal } = call;
  const stop = (): void => session.cancel();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    checkAborted(call);
    await session.run('all');
    await session.idle();
    checkAborted(call);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

export interface RerunOptions extends Call {
  readonly document: NotebookDocument;
  readonly tables: readonly SharedData[];
  readonly minimumCount: number;
}

export interface Rerun {
  readonly document: NotebookDocument;
  /** DuckDB of the engine that made the outputs. */
  readonly duckdb: string;
}

/**
 * Runs a notebook on given tables in an engine of its own, such as its reader has, and gives it with the outputs of
 * that run. Panels keep theirs. Throws NOTEBOOK_EXPORT_FAILED, which tells every cell that fails, and CANCELLED.
 */
export async function rerun(
  { document, tables, minimumCount, ...call }: RerunOptions,
  ports: ReaderPorts,
): Promise<Rerun> {
  const panels = tables.filter(({ kind }) => kind === 'panel').map(({ name }) => name);
  const frozen = withFrozenPanels(withoutOutputs(document), panels);
  const reader = await ports.startReader();
  let session: NotebookSession | null = null;
  try {
    await loadAll(reader, tables, call);
    session = new NotebookSession({
      document: frozen,
      trusted: true,
      tables: withMinimumCount(reader, minimumCount),
      // All panels are frozen.
      panels: { run: () => Promise.resolve({ outputs: [] }) },
      scripts: await ports.startScripts(),
    });
    await runAll(session, call);
    const problem = problemOf(session.states(), document);
    if (problem !== null) {
      const empty = emptyPanels(document, panels);
      throw new AppError('NOTEBOOK_EXPORT_FAILED', { problem: `${problem}${empty}` });
    }
    const ran = withOutputsOf(document, session.document);
    return { document: ran, duckdb: await reader.version() };
  } finally {
    await (session?.close() ?? reader.close());
  }
}
