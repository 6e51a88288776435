import { isJsonObject, member, withMember } from '../document/json-object.ts';
import type {
  DocumentCell,
  Json,
  JsonObject,
  NotebookDocument,
} from '../document/notebook-document.ts';
import { attachmentsOf, isShown } from './attachments.ts';

/** What of metadata is the author's. Other programs keep results there, such as widgets and tables that were shown. */
const notebookNames = ['kernelspec', 'language_info', 'title', 'authors', 'strata'];
const cellNames = ['tags', 'jupyter', 'strata', 'name', 'collapsed', 'slideshow', 'editable'];

function only(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = member(object, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** No more than is told before: of what the text shows, what is listed. */
function keptAttachments(cell: DocumentCell): [string, Json][] {
  const listed = new Set(attachmentsOf(cell).map(({ name }) => name));
  const attachments = member(cell.others ?? {}, 'attachments');
  const files = isJsonObject(attachments) ? Object.entries(attachments) : [];
  return files.filter(([name]) => listed.has(name) && isShown(cell, name));
}

function cleanCell(whole: DocumentCell): DocumentCell {
  const { others: _others, ...cell } = whole;
  const shown = keptAttachments(whole);
  const kept = shown.length === 0 ? {} : { others: { attachments: Object.fromEntries(shown) } };
  return { ...cell, ...kept, metadata: only(cell.metadata, cellNames) };
}

/** The document without what other programs put beside its cells, without attachments that no text shows, and without the bytes of the file that it was. */
export function cleanDocument(document: NotebookDocument): NotebookDocument {
  return {
    cells: document.cells.map(cleanCell),
    metadata: only(document.metadata, notebookNames),
    mode: document.mode,
    text: null,
  };
}

/** The document with a record of what was chosen when it was shared. */
export function withShareRecord(document: NotebookDocument, record: JsonObject): NotebookDocument {
  const strata = member(document.metadata, 'strata');
  const after = withMember(isJsonObject(strata) ? strata : {}, 'shared', record);
  return { ...document, metadata: withMember(document.metadata, 'strata', after) };
}
