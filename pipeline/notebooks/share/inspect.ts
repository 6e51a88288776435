import { tableFromIPC } from '@uwdata/flechette';
import type { ColumnTreatment, ShareReport } from '../../contract/notebook.ts';
import type { Call, TableEngine } from '../../engine/table-engine.ts';
import type { DocumentCell, Json, NotebookDocument } from '../document/notebook-document.ts';
import { quotedTable } from '../figures/chart-columns.ts';
import { valueText } from '../outputs/value-text.ts';
import { type Attachment, attachmentsOf, isShown, sizeOf, textOf } from './attachments.ts';
import { PersonalContent, personalInText } from './personal-content.ts';
import { personalByName, type PersonalKind } from './personal-names.ts';
import { type FoundTable, sharedTables } from './shared-tables.ts';
import { isNumber, peopleCounts } from './people-counts.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

type TableReport = ShareReport['tables'][number];
type ColumnReport = TableReport['columns'][number];

const fewPeople = 5;
const defaultRowsAtOnce = 200_000;

/** Values of these types hold no letters; all others are read as text. */
const withoutText = /^(BOOLEAN|DATE|TIME|TIMESTAMP|INTERVAL)/;

function suggested(found: ColumnReport['found']): ColumnTreatment {
  if (found.length === 0) return 'keep';
  return found.every(({ kind }) => kind === 'identifier') ? 'hash' : 'drop';
}

function reportOf(
  { name, type }: FoundTable['columns'][number],
  content: PersonalContent | undefined,
): ColumnReport {
  const kind = personalByName(name);
  const found = [
    ...(kind === null ? [] : [{ kind, by: 'name' as const, share: 1 }]),
    ...(content?.findings() ?? []).map(({ kind: held, share }) => ({
      kind: held,
      by: 'content' as const,
      share,
    })),
  ];
  return { name, type, found, treatment: suggested(found) };
}

/** Reads all rows, some at a time, and gives how many there are and how large. */
async function readThrough(
  table: FoundTable,
  contents: ReadonlyMap<string, PersonalContent>,
  { source, call, rowsAtOnce }: { source: TableEngine; call: Call; rowsAtOnce: number },
): Promise<{ rows: number; bytes: number }> {
  let rows = 0;
  let bytes = 0;
  for (;;) {
    const sql = `select * from ${quotedTable(table.name)} limit ${rowsAtOnce} offset ${rows}`;
    const ipc = await source.read({ sql }, call);
    const read = tableFromIPC(ipc, {
      useBigInt: true,
      useBigIntTimestamp: true,
      useDecimalInt: true,
    });
    for (const [at, { name, type }] of read.schema.fields.entries()) {
      const column = read.getChildAt(at);
      contents
        .get(name)
        ?.add(Array.from(column, (value: unknown) => fullText(value, type as never)));
    }
    rows += read.numRows;
    bytes += ipc.byteLength;
    if (read.numRows < rowsAtOnce) return { rows, bytes };
  }
}

/** All of a value's text: what is shown of bytes is their beginning in hexadecimal, which hides what they say. */
function fullText(value: unknown, type: Parameters<typeof valueText>[1]): string | null {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return valueText(value, type);
}

async function smallGroups(
  { name, columns }: FoundTable,
  source: TableEngine,
  call: Call,
): Promise<number | null> {
  const counts = peopleCounts(columns);
  if (counts.length === 0) return null;
  const few = counts.map((column) => `${quotedName(column.name)} < ${fewPeople}`).join(' or ');
  const sql = `select count(*)::integer as "groups" from ${quotedTable(name)} where ${few}`;
  const [groups = 0] = Array.from(tableFromIPC(await source.read({ sql }, call)).getChildAt(0));
  return Number(groups);
}

/** Every text of an output, except pictures: their letters say nothing. */
function* textsOf(value: Json): Generator<string> {
  const open: Json[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'string') yield one;
    else if (Array.isArray(one)) for (const item of one as readonly Json[]) open.push(item);
    else if (typeof one === 'object' && one !== null) {
      for (const [name, item] of Object.entries(one)) {
        if (!/^image\/(?!svg)/.test(name)) open.push(item);
      }
    }
  }
}

/** What nobody sees does not leave. */
function shownAttachments(cell: DocumentCell): Attachment[] {
  return attachmentsOf(cell).filter(({ name }) => isShown(cell, name));
}

function attachmentReports(cell: DocumentCell): ShareReport['attachments'] {
  return shownAttachments(cell).map((attachment) => ({
    cell: cell.id,
    name: attachment.name,
    type: attachment.type,
    bytes: sizeOf(attachment),
  }));
}

function personalInCell(cell: DocumentCell): ShareReport['texts'] {
  const counts = new Map<PersonalKind, number>();
  const take = (text: string): void => {
    for (const { kind, count } of personalInText(text)) {
      counts.set(kind, (counts.get(kind) ?? 0) + count);
    }
  };
  take(cell.source);
  for (const output of cell.outputs) for (const text of textsOf(output)) take(text);
  for (const attachment of shownAttachments(cell)) take(textOf(attachment));
  return [...counts].map(([kind, count]) => ({ cell: cell.id, kind, count }));
}

/**
 * What would leave this machine with a notebook: its tables with all their rows looked through for what they hold of
 * persons, the e-mails and telephone numbers of its texts and outputs, and the files attached to its texts. The treatment is the one that we suggest.
 */
export async function inspectNotebook(
  document: NotebookDocument,
  source: TableEngine,
  { rowsAtOnce = defaultRowsAtOnce, ...call }: Call & { readonly rowsAtOnce?: number } = {},
): Promise<ShareReport> {
  const tables: TableReport[] = [];
  for (const table of await sharedTables(document, source, call)) {
    const texts = table.columns.filter(({ type }) => !isNumber(type) && !withoutText.test(type));
    const contents = new Map(texts.map(({ name }) => [name, new PersonalContent()]));
    const size = await readThrough(table, contents, { source, call, rowsAtOnce });
    tables.push({
      name: table.name,
      cells: [...table.cells],
      rows: size.rows,
      columns: table.columns.map((column) => reportOf(column, contents.get(column.name))),
      bytes: size.bytes,
      smallGroups: await smallGroups(table, source, call),
    });
  }
  return {
    tables,
    texts: document.cells.flatMap(personalInCell),
    attachments: document.cells.flatMap(attachmentReports),
  };
}
