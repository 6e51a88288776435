import type { NotebookCell } from '../../contract/notebook.ts';
import { isJsonObject, member, sameJson } from './json-object.ts';
import type { DocumentCell, Json, JsonObject, NotebookDocument } from './notebook-document.ts';

type Files = Map<string, Json>;

/** The attachments of a cell by name; null where it has none. */
function filesOf(cell: DocumentCell | undefined): JsonObject | null {
  const files = member(cell?.others ?? {}, 'attachments');
  return isJsonObject(files) && Object.keys(files).length > 0 ? files : null;
}

/** `a.png` as `a-2.png` where that is taken by another file. */
function freeName(name: string, taken: Files): string {
  const [, stem = name, ending = ''] = /^(.+?)((?:\.[^.]*)?)$/s.exec(name) ?? [];
  for (let i = 2; ; i++) {
    const free = `${stem}-${i}${ending}`;
    if (!taken.has(free)) return free;
  }
}

/** Adds a file that is not there yet; what is told twice is there once. */
function addFile(files: Files, name: string, file: Json): void {
  const known = files.get(name);
  if (known === undefined) files.set(name, file);
  else if (![...files.values()].some((one) => sameJson(one, file))) {
    files.set(freeName(name, files), file);
  }
}

/** What a cell that the page tells of has attached: what it had, and what it takes from other cells. */
export function carriedAttachments(
  document: NotebookDocument,
  cell: NotebookCell,
  before: DocumentCell | undefined,
): JsonObject | null {
  const cells = new Map(document.cells.map((one) => [one.id, one]));
  const here = (id: string): JsonObject | null =>
    filesOf(cells.get(id)) ?? document.attached?.get(id) ?? null;
  const own = here(cell.id) ?? filesOf(before);
  if (cell.from === undefined) return own;
  const files: Files = new Map(Object.entries(own ?? {}));
  for (const { cell: id, names = {} } of cell.from) {
    for (const [name, file] of Object.entries(here(id) ?? {})) {
      addFile(files, Object.hasOwn(names, name) ? (names[name] ?? name) : name, file);
    }
  }
  return files.size === 0 ? null : Object.fromEntries(files);
}

/** Attachments by cell, with those of cells that are gone after a change, or hold none as they are code now. */
export function keptAttachments(
  { cells, attached }: NotebookDocument,
  after: readonly DocumentCell[],
): ReadonlyMap<string, JsonObject> | undefined {
  const there = new Map(after.map((cell) => [cell.id, cell]));
  const lost = cells.flatMap((cell): [string, JsonObject][] => {
    const files = filesOf(cell);
    return files === null || filesOf(there.get(cell.id)) !== null ? [] : [[cell.id, files]];
  });
  return lost.length === 0 ? attached : new Map([...(attached ?? []), ...lost]);
}
