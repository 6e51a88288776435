import { tableFromIPC } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import type { ExportFormat, ShareChoices } from '../../contract/notebook.ts';
import type { Call, TableEngine } from '../../engine/table-engine.ts';
import { withoutOutputs } from '../document/edit-document.ts';
import type { JsonObject, NotebookDocument } from '../document/notebook-document.ts';
import { quotedTable } from '../figures/chart-columns.ts';
import { checkChoices, keepsAll, recordedChoices } from './choices.ts';
import { cleanDocument, withShareRecord } from './clean-document.ts';
import { randomSalt, readShared, type SharedData } from './read-shared.ts';
import { type ReaderPorts, rerun } from './rerun.ts';
import { type FoundTable, sharedTables } from './shared-tables.ts';

export interface PreparePorts extends ReaderPorts {
  /** Has the workspace's tables, and those that the notebook's panels made, under their names. */
  readonly source: TableEngine;
  /** A salt that nobody can guess; from the platform's own randomness where it is not given. */
  readonly salt?: () => string;
}

export interface PrepareRequest extends Call {
  readonly document: NotebookDocument;
  readonly format: ExportFormat;
  readonly choices: ShareChoices;
  /** An export runs the notebook: nothing of one that is not trusted. */
  readonly trusted: boolean;
  /** When it was shared, for the record; left out where a file must be the same whenever it is made. */
  readonly at?: string;
}

export interface PreparedExport {
  /** With outputs that may leave, and the record of what was chosen. */
  readonly document: NotebookDocument;
  readonly tables: readonly SharedData[];
  readonly choices: ShareChoices;
  readonly record: JsonObject;
  /** DuckDB of the engine that made the outputs; null where none did. */
  readonly duckdb: string | null;
}

interface Made {
  readonly document: NotebookDocument;
  readonly tables: readonly SharedData[];
  readonly duckdb: string | null;
  /** Tables whose rows leave, or stand behind outputs that do. */
  readonly read: readonly { readonly name: string; readonly rows: number }[];
}

async function rowsOf(
  tables: readonly FoundTable[],
  source: TableEngine,
  call: Call,
): Promise<Made['read']> {
  const found: { name: string; rows: number }[] = [];
  for (const { name } of tables) {
    const sql = `select count(*)::double as "rows" from ${quotedTable(name)}`;
    const [rows = 0] = Array.from(tableFromIPC(await source.read({ sql }, call)).getChildAt(0));
    found.push({ name, rows: Number(rows) });
  }
  return found;
}

async function make(
  { document, choices, format, trusted, ...call }: PrepareRequest,
  found: readonly FoundTable[],
  ports: PreparePorts,
): Promise<Made> {
  const clean = cleanDocument(document);
  const holdsData = format === 'html' || format === 'bundle';
  if (!choices.outputs && !holdsData) {
    return { document: withoutOutputs(clean), tables: [], read: [], duckdb: null };
  }
  const { source, salt = randomSalt } = ports;
  if (keepsAll(choices) && !holdsData) {
    const read = await rowsOf(found, source, call);
    return { document: clean, tables: [], read, duckdb: null };
  }
  if (!trusted) throw new AppError('NOTEBOOK_UNTRUSTED');
  const tables = await readShared(found, choices, { source, salt: salt(), call });
  const read = tables.map(({ name, rows }) => ({ name, rows }));
  if (!choices.outputs) {
    return { document: withoutOutputs(clean), tables, read, duckdb: null };
  }
  const { minimumCount } = choices;
  const ran = await rerun({ ...call, document: clean, tables, minimumCount }, ports);
  return { ...ran, tables, read };
}

/**
 * Makes anew what leaves: tables through what was chosen for them, and outputs by a run on these tables alone. Throws
 * NOTEBOOK_SHARE_INVALID, NOTEBOOK_UNTRUSTED, NOTEBOOK_EXPORT_FAILED with every cell that fails, CANCELLED.
 */
export async function prepareExport(
  request: PrepareRequest,
  ports: PreparePorts,
): Promise<PreparedExport> {
  const { at, signal } = request;
  const call = signal === undefined ? {} : { signal };
  const found = await sharedTables(request.document, ports.source, call);
  checkChoices(request.choices, found);
  const choices = recordedChoices(request.choices);
  const { document, tables, read, duckdb } = await make(request, found, ports);
  const record: JsonObject = {
    choices,
    tables: read.map(({ name, rows }) => ({ name, rows })),
    ...(at === undefined ? {} : { at }),
  };
  return { document: withShareRecord(document, record), tables, choices, record, duckdb };
}
