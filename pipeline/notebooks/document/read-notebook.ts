import { AppError } from '../../contract/errors.ts';
import type { NotebookMode } from '../../contract/notebook.ts';
import { decodeNotebook } from './decode-notebook.ts';
import { isJsonObject, kindOfValue, member } from './json-object.ts';
import { locateElements, locateMembers, type MemberSpan, pastSpace } from './locate-json.ts';
import { invalidNotebook } from './notebook-fault.ts';
import type { JsonObject, NotebookDocument } from './notebook-document.ts';
import { parseNotebookJson } from './parse-notebook-json.ts';
import { readCells } from './read-cells.ts';

/** The mode that a notebook's metadata name; a notebook that says nothing is reactive. */
export function modeOf(metadata: JsonObject): NotebookMode {
  const strata = member(metadata, 'strata');
  return isJsonObject(strata) && member(strata, 'mode') === 'manual' ? 'manual' : 'reactive';
}

function checkVersion(notebook: JsonObject): void {
  const major = member(notebook, 'nbformat');
  if (major === undefined && !Object.hasOwn(notebook, 'cells'))
    throw invalidNotebook('it is JSON, but not a notebook: it has neither nbformat nor cells.');
  if (typeof major !== 'number' || !Number.isInteger(major))
    throw invalidNotebook(
      `nbformat is ${typeof major === 'number' ? `${major}, no version` : kindOfValue(major)}.`,
    );
  const minor = member(notebook, 'nbformat_minor');
  const version = typeof minor === 'number' ? `${major}.${minor}` : String(major);
  if (major < 4) throw new AppError('NOTEBOOK_TOO_OLD', { version });
  if (major > 4) throw new AppError('NOTEBOOK_TOO_NEW', { version });
  if (typeof minor !== 'number' || !Number.isInteger(minor) || minor < 0)
    throw invalidNotebook(
      `nbformat_minor is ${typeof minor === 'number' ? `${minor}, no version` : kindOfValue(minor)}.`,
    );
}

/** JSON takes the last of two members of one name and says nothing; where a notebook's own structure has two, we ask. */
function checkTwice(members: readonly MemberSpan[], where: string): void {
  const names = new Set<string>();
  for (const { name } of members) {
    if (names.has(name)) throw invalidNotebook(`${where} has "${name.slice(0, 80)}" twice.`);
    names.add(name);
  }
}

function checkNamesOnce(json: string): void {
  const top = locateMembers(json, pastSpace(json, 0));
  checkTwice(top, 'the notebook');
  const cells = top.find(({ name }) => name === 'cells');
  if (cells === undefined || json[cells.start] !== '[') return;
  for (const [i, { start }] of locateElements(json, cells.start).entries()) {
    if (json[start] === '{') checkTwice(locateMembers(json, start), `cell ${i + 1}`);
  }
}

/** The document of a text that was decoded already, such as the one that a document keeps. */
export function readNotebookText(text: string): NotebookDocument {
  const notebook = parseNotebookJson(text);
  if (!isJsonObject(notebook))
    throw invalidNotebook(`it is JSON, but not a notebook: it is ${kindOfValue(notebook)}.`);
  checkVersion(notebook);
  checkNamesOnce(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const metadata = member(notebook, 'metadata');
  if (!isJsonObject(metadata)) throw invalidNotebook(`metadata is ${kindOfValue(metadata)}.`);
  const cells = member(notebook, 'cells');
  if (!Array.isArray(cells)) throw invalidNotebook(`cells is ${kindOfValue(cells)}.`);
  return { cells: readCells(cells), metadata, mode: modeOf(metadata), text };
}

/**
 * A notebook from the bytes of its file: nbformat 4, UTF-8 with or without a byte order mark, at most 200 MB.
 * Throws NOTEBOOK_INVALID with a sentence that says where, NOTEBOOK_TOO_OLD, NOTEBOOK_TOO_NEW or NOTEBOOK_TOO_LARGE.
 */
export function readNotebook(bytes: Uint8Array): NotebookDocument {
  return readNotebookText(decodeNotebook(bytes));
}
