import { formatJson, nbformatStyle, styleOf, type TextStyle } from './format-json.ts';
import { isJsonObject, member, sameJson, withMember } from './json-object.ts';
import { locateMembers, pastSpace } from './locate-json.ts';
import type { JsonObject, NotebookDocument } from './notebook-document.ts';
import { patchCell } from './patch-cell.ts';
import { cutElements, joinItems, patchMembers, patchValue } from './patch-json.ts';
import { modeOf, readNotebookText } from './read-notebook.ts';
import { cellJson } from './split-lines.ts';

/** The notebook's metadata with its mode, which is said only where it is not what a silent notebook has. */
function metadataOf({ metadata, mode }: NotebookDocument): JsonObject {
  if (modeOf(metadata) === mode) return metadata;
  const strata = member(metadata, 'strata');
  const after = withMember(
    isJsonObject(strata) ? strata : {},
    'mode',
    mode === 'reactive' ? undefined : mode,
  );
  return withMember(metadata, 'strata', Object.keys(after).length === 0 ? undefined : after);
}

function writeNew(document: NotebookDocument): string {
  const notebook: JsonObject = {
    cells: document.cells.map((cell) => cellJson(cell, true)),
    metadata: metadataOf(document),
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${formatJson(notebook, nbformatStyle, 0)}\n`;
}

/** The list of cells with each cell that was there in its own bytes, at its new place. */
function patchCells(
  text: string,
  document: NotebookDocument,
  read: {
    readonly cells: NotebookDocument['cells'];
    readonly withIds: boolean;
    readonly style: TextStyle;
  },
): string {
  const layout = { style: read.style, depth: 1 };
  const inner = { style: read.style, depth: 2 };
  const cut = cutElements(text, layout);
  const places = new Map(read.cells.map((cell, i) => [cell.id, i]));
  const texts = document.cells.map((after) => {
    const place = places.get(after.id) ?? -1;
    const before = read.cells[place];
    const item = cut.items[place];
    if (before === undefined || item === undefined) {
      return formatJson(cellJson(after, read.withIds), read.style, 2);
    }
    const { withIds } = read;
    return patchCell(item.text, { before, after }, { withIds, layout: inner });
  });
  return joinItems('[]', texts, cut);
}

function patchNotebook(document: NotebookDocument, text: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(mark.length);
  const read = readNotebookText(json);
  const style = styleOf(json);
  const start = pastSpace(json, 0);
  const end = json.trimEnd().length;
  const changes = new Map<string, string>();
  const spans = new Map(locateMembers(json, start).map((span) => [span.name, span]));
  const valueText = (name: string): string => {
    const span = spans.get(name);
    return span === undefined ? '' : json.slice(span.start, span.end);
  };
  const metadata = metadataOf(document);
  if (!sameJson(read.metadata, metadata)) {
    const was = valueText('metadata');
    changes.set('metadata', patchValue(was, read.metadata, metadata, { style, depth: 1 }));
  }
  const withIds = Number(valueText('nbformat_minor')) >= 5;
  const cells = patchCells(valueText('cells'), document, { cells: read.cells, withIds, style });
  if (cells !== valueText('cells')) changes.set('cells', cells);
  const patched = patchMembers(json.slice(start, end), changes, { style, depth: 0 });
  return mark + json.slice(0, start) + patched + json.slice(end);
}

/**
 * The text of a notebook's file. One that was read keeps every byte of what did not change; a new one is what Python's
 * nbformat writes: sorted keys, one space of indentation, lines of a text apart.
 */
export function writeNotebook(document: NotebookDocument): string {
  return document.text === null ? writeNew(document) : patchNotebook(document, document.text);
}
