import { byCodePoint, formatJson, newLine, type TextStyle } from './format-json.ts';
import { isJsonObject, sameJson } from './json-object.ts';
import { locateElements, locateMembers, type Span } from './locate-json.ts';
import type { Json } from './notebook-document.ts';

/** A member or element as it stands in a text, with the blank space around it. */
export interface Item {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

export interface Items {
  readonly items: readonly Item[];
  /** The blank space before the closing bracket. */
  readonly tail: string;
  readonly layout: Layout;
}

/** Where a text that is put in stands, and how it is to look. */
export interface Layout {
  readonly style: TextStyle;
  readonly depth: number;
}

function cutItems(text: string, spans: readonly Span[], layout: Layout): Items {
  const end = text.length - 1;
  if (spans.length === 0) return { items: [], tail: newLine(layout.style, layout.depth), layout };
  let from = 1;
  const items = spans.map((span, i) => {
    const comma = i + 1 < spans.length ? text.indexOf(',', span.end) : end;
    const item = {
      before: text.slice(from, span.start),
      text: text.slice(span.start, span.end),
      after: i + 1 < spans.length ? text.slice(span.end, comma) : '',
    };
    from = comma + 1;
    return item;
  });
  return { items, tail: text.slice(spans.at(-1)?.end, end), layout };
}

/** Elements of the list that `text` is. */
export function cutElements(text: string, layout: Layout): Items {
  return cutItems(text, locateElements(text, 0), layout);
}

/** The list or object anew with other texts: the blank space stays with the place, of which a new one is like its fellows. */
export function joinItems(
  brackets: '[]' | '{}',
  texts: readonly string[],
  { items, tail, layout }: Items,
): string {
  if (texts.length === 0) return brackets;
  const space = (items[1] ?? items[0])?.before ?? newLine(layout.style, layout.depth + 1);
  const parts = texts.map((text, i) => {
    const before = items[i]?.before ?? space;
    return i + 1 < texts.length ? `${before}${text}${items[i]?.after ?? ''},` : before + text;
  });
  return `${brackets[0]}${parts.join('')}${tail}${brackets[1]}`;
}

/** The object that `text` is, with members set to the texts given, or taken out where that is null; all else stays. */
export function patchMembers(
  text: string,
  changes: ReadonlyMap<string, string | null>,
  layout: Layout,
): string {
  if (changes.size === 0) return text;
  const members = locateMembers(text, 0);
  const cut = cutItems(
    text,
    members.map(({ nameSpan, end }) => ({ start: nameSpan.start, end })),
    layout,
  );
  const named = members.map(({ name, nameSpan, start, end }) => {
    const change = changes.get(name);
    if (change === null) return null;
    return { name, item: text.slice(nameSpan.start, start) + (change ?? text.slice(start, end)) };
  });
  const kept = named.filter((one) => one !== null);
  const sorted = members.every(
    ({ name }, i) => i === 0 || byCodePoint(members[i - 1]?.name ?? '', name) <= 0,
  );
  const present = new Set(members.map(({ name }) => name));
  for (const [name, change] of changes) {
    if (change === null || present.has(name)) continue;
    const key = formatJson(name, layout.style, 0) + layout.style.colon;
    const item = key + change;
    const next = sorted ? kept.findIndex((one) => byCodePoint(one.name, name) > 0) : -1;
    kept.splice(next === -1 ? kept.length : next, 0, { name, item });
  }
  return joinItems(
    '{}',
    kept.map(({ item }) => item),
    cut,
  );
}

/** `text`, which says `before`, made to say `after`: objects member by member, anything else anew. */
export function patchValue(text: string, before: Json, after: Json, layout: Layout): string {
  if (sameJson(before, after)) return text;
  const fresh = (): string => formatJson(after, layout.style, layout.depth);
  if (!isJsonObject(before) || !isJsonObject(after)) return fresh();
  const members = locateMembers(text, 0);
  // A name that stands there twice cannot be set in one place.
  if (members.length !== Object.keys(before).length) return fresh();
  const inner = { style: layout.style, depth: layout.depth + 1 };
  const changes = new Map<string, string | null>();
  for (const { name, start, end } of members) {
    const now = Object.hasOwn(after, name) ? after[name] : undefined;
    changes.set(
      name,
      now === undefined
        ? null
        : patchValue(text.slice(start, end), before[name] ?? null, now, inner),
    );
  }
  for (const [name, value] of Object.entries(after)) {
    if (!changes.has(name)) changes.set(name, formatJson(value, inner.style, inner.depth));
  }
  return patchMembers(text, changes, layout);
}
