import { formatJson } from './format-json.ts';
import { member, sameJson } from './json-object.ts';
import { locateMembers, type MemberSpan } from './locate-json.ts';
import type { DocumentCell, Json } from './notebook-document.ts';
import { cutElements, joinItems, type Layout, patchMembers, patchValue } from './patch-json.ts';
import { splitLines, splitOther, splitOutputs } from './split-lines.ts';

/** The source in the spelling that it has, one text or a list; of a list only the lines that changed are written. */
function patchSource(text: string, source: string, layout: Layout): string {
  const { style, depth } = layout;
  if (!text.startsWith('[')) return formatJson(source, style, depth);
  const cut = cutElements(text, layout);
  const before = cut.items.map((item) => JSON.parse(item.text) as string);
  const after = splitLines(source);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  const most = Math.min(before.length, after.length) - head;
  let foot = 0;
  while (foot < most && before.at(-1 - foot) === after.at(-1 - foot)) foot++;
  const texts = cut.items.map((item) => item.text);
  const written = after
    .slice(head, after.length - foot)
    .map((line) => formatJson(line, style, depth + 1));
  const kept = texts.slice(before.length - foot);
  return joinItems('[]', [...texts.slice(0, head), ...written, ...kept], cut);
}

type Spans = ReadonlyMap<string, MemberSpan>;

const otherOf = ({ others }: DocumentCell, name: string): Json | undefined =>
  others === undefined ? undefined : member(others, name);

function otherChanges(
  text: string,
  spans: Spans,
  { before, after, layout }: { before: DocumentCell; after: DocumentCell; layout: Layout },
): [string, string | null][] {
  const names = new Set([...Object.keys(before.others ?? {}), ...Object.keys(after.others ?? {})]);
  return [...names].flatMap((name): [string, string | null][] => {
    const [was, is] = [otherOf(before, name), otherOf(after, name)];
    if (sameJson(was, is)) return [];
    if (is === undefined) return [[name, null]];
    const span = spans.get(name);
    const stored = splitOther(name, is);
    if (span === undefined || was === undefined)
      return [[name, formatJson(stored, layout.style, layout.depth)]];
    const old = text.slice(span.start, span.end);
    return [[name, patchValue(old, JSON.parse(old) as Json, stored, layout)]];
  });
}

/** Members that only code has. */
function codeChanges(
  before: DocumentCell,
  after: DocumentCell,
  layout: Layout,
): [string, string | null][] {
  if (after.type !== 'code') {
    return before.type === 'code'
      ? [
          ['outputs', null],
          ['execution_count', null],
        ]
      : [];
  }
  const isNew = before.type !== 'code';
  const outputs: [string, string][] =
    isNew || !sameJson(before.outputs, after.outputs)
      ? [['outputs', formatJson(splitOutputs(after.outputs), layout.style, layout.depth)]]
      : [];
  return isNew || before.executionCount !== after.executionCount
    ? [...outputs, ['execution_count', String(after.executionCount)]]
    : outputs;
}

/** A cell's text, which says `before`, made to say `after`: what did not change keeps its bytes. */
export function patchCell(
  text: string,
  cells: { readonly before: DocumentCell; readonly after: DocumentCell },
  { withIds, layout }: { readonly withIds: boolean; readonly layout: Layout },
): string {
  const { before, after } = cells;
  const spans: Spans = new Map(locateMembers(text, 0).map((span) => [span.name, span]));
  const valueText = (name: string): string | undefined => {
    const span = spans.get(name);
    return span && text.slice(span.start, span.end);
  };
  const inner = { style: layout.style, depth: layout.depth + 1 };
  const changes = new Map<string, string | null>([
    ...codeChanges(before, after, inner),
    ...otherChanges(text, spans, { before, after, layout: inner }),
  ]);
  if (before.type !== after.type) changes.set('cell_type', `"${after.type}"`);
  if (before.source !== after.source) {
    changes.set('source', patchSource(valueText('source') ?? '[]', after.source, inner));
  }
  if (!sameJson(before.metadata, after.metadata)) {
    const was = valueText('metadata') ?? '{}';
    changes.set('metadata', patchValue(was, before.metadata, after.metadata, inner));
  }
  const id = valueText('id');
  if ((withIds || id !== undefined) && (id === undefined || JSON.parse(id) !== after.id)) {
    changes.set('id', `"${after.id}"`);
  }
  return patchMembers(text, changes, layout);
}
