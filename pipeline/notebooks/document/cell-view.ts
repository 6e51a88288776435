import type { NotebookCell } from '../../contract/notebook.ts';
import { isJsonObject, isListOfTexts, member, withMember } from './json-object.ts';
import type { DocumentCell, JsonObject } from './notebook-document.ts';

function flag(metadata: JsonObject, group: string, name: string): boolean {
  const members = member(metadata, group);
  return isJsonObject(members) && member(members, name) === true;
}

/** Only what changes is touched: a false that stands in the file stays, and no group is left empty that was not. */
function withFlag(metadata: JsonObject, group: string, name: string, on: boolean): JsonObject {
  if (flag(metadata, group, name) === on) return metadata;
  const members = member(metadata, group);
  const after = withMember(isJsonObject(members) ? members : {}, name, on ? true : undefined);
  return withMember(metadata, group, Object.keys(after).length === 0 ? undefined : after);
}

/** An input by its source, which `cells/` reads in full: here only so far as the tag is concerned. */
const isInput = (cell: { readonly type: string; readonly source: string }): boolean =>
  cell.type === 'code' && /^\s*[^\s#=][^#=\n]*=[^\n]*#\s*strata:\s*\{/.test(cell.source);

/** papermill sets cells that are tagged `parameters`; the tag follows the source, so that it is never forgotten. */
function withParametersTag(metadata: JsonObject, now: boolean, before: boolean): JsonObject {
  const value = member(metadata, 'tags');
  const tags = isListOfTexts(value) ? value : [];
  if (now && !tags.includes('parameters')) {
    return withMember(metadata, 'tags', [...tags, 'parameters']);
  }
  if (now || !before || !tags.includes('parameters')) return metadata;
  const rest = tags.filter((tag) => tag !== 'parameters');
  return withMember(metadata, 'tags', rest.length === 0 ? undefined : rest);
}

/** What the page is told of a cell; its outputs go with its state. */
export function toNotebookCell(cell: DocumentCell): NotebookCell {
  return {
    id: cell.id,
    type: cell.type,
    source: cell.source,
    pinned: flag(cell.metadata, 'strata', 'pinned'),
    folded: {
      source: flag(cell.metadata, 'jupyter', 'source_hidden'),
      outputs: flag(cell.metadata, 'jupyter', 'outputs_hidden'),
    },
  };
}

/**
 * What the page changed, in the cell as it was: outputs stay while it is code, metadata of others always. What is attached to
 * it is given.
 */
export function fromNotebookCell(
  cell: NotebookCell,
  before?: DocumentCell,
  attached: JsonObject | null = null,
): DocumentCell {
  let metadata = before?.metadata ?? {};
  metadata = withFlag(metadata, 'strata', 'pinned', cell.pinned);
  metadata = withFlag(metadata, 'jupyter', 'source_hidden', cell.folded.source);
  metadata = withFlag(metadata, 'jupyter', 'outputs_hidden', cell.folded.outputs);
  metadata = withParametersTag(metadata, isInput(cell), before !== undefined && isInput(before));
  const isCode = cell.type === 'code';
  const others = before?.others ?? {};
  const had = member(others, 'attachments');
  // nbformat has attachments on Markdown and raw cells only.
  const files = isCode ? undefined : (attached ?? had);
  const kept = files === had ? others : withMember(others, 'attachments', files);
  return {
    id: cell.id,
    type: cell.type,
    source: cell.source,
    metadata,
    outputs: isCode ? (before?.outputs ?? []) : [],
    executionCount: isCode ? (before?.executionCount ?? null) : null,
    ...(Object.keys(kept).length === 0 ? {} : { others: kept }),
  };
}
