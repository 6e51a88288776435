import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';

type Origin = NonNullable<NotebookCell['from']>[number];

/** As Markdown and HTML spell the address of an attachment; a name in parentheses may stand within. */
const address = /(?<=\battachment:)(?:[^\s<>"'()\\]|\([^\s<>"'()\\]*\))+/g;

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const namesIn = (text: string): string[] => (text.match(address) ?? []).map(decoded);

/** Cells whose attachments a cell takes along; code has none. */
function originsOf(cell: NotebookCell): readonly Origin[] {
  return cell.type === 'code' ? [] : [{ cell: cell.id }, ...(cell.from ?? [])];
}

/** A cell under another id, with what is attached to the one that it is of. */
export function copied(cell: NotebookCell, id: string): NotebookCell {
  const from = originsOf(cell);
  return { ...cell, id, ...(from.length === 0 ? {} : { from: [...from] }) };
}

/** The second part of a cell that is split: it takes files along where its text may show them. */
export function splitOff(cell: NotebookCell, id: string, source: string): NotebookCell {
  const { from, ...part } = copied(cell, id);
  return {
    ...part,
    source,
    ...(from !== undefined && source.includes('attachment:') ? { from } : {}),
  };
}

/** Whether one was split or pasted of the other, or both of a third: then a name is the same file in both. */
function areKin(a: NotebookCell, b: NotebookCell): boolean {
  const known = new Set(originsOf(a).map(({ cell }) => cell));
  return originsOf(b).some(({ cell }) => known.has(cell));
}

/** `a.png` of the cell `c7` as `a-c7.png`: no other cell's file is called so, whether its text shows it or not. */
function namedAfter(cell: string, name: string): string {
  const [, stem = name, ending = ''] = /^(.+?)((?:\.[^.]*)?)$/s.exec(name) ?? [];
  return `${stem}-${cell}${ending}`;
}

type Names = ReadonlyMap<string, string>;

/** An origin of a cell whose files have other names in the cell that it is merged into. */
function renamed({ cell, names: before = {} }: Origin, names: Names): Origin {
  const entries = Object.entries(before).map(([name, as]): [string, string] => [
    name,
    names.get(as) ?? as,
  ]);
  const all = Object.fromEntries([...names, ...entries]);
  return Object.keys(all).length === 0 ? { cell } : { cell, names: all };
}

interface JoinedFiles {
  readonly bodies: readonly string[];
  readonly from: Origin[];
}

/**
 * What cells that are merged into the first take along. Two cells of different origin may have one name for different files, as
 * every program calls what is pasted `image.png`, and only the host knows what they have: what a later one shows gets a
 * name of its own, also in its text.
 */
export function joinedFiles(
  cells: readonly NotebookCell[],
  bodies: readonly string[],
): JoinedFiles {
  const [first] = cells;
  const from: Origin[] = [...(first?.from ?? [])];
  const texts = bodies.map((body, at) => {
    const cell = cells[at];
    if (at === 0 || cell === undefined || first === undefined || cell.type === 'code') return body;
    const shown = areKin(first, cell) ? [] : namesIn(body);
    const names = new Map(shown.map((name) => [name, namedAfter(cell.id, name)]));
    from.push(...originsOf(cell).map((origin) => renamed(origin, names)));
    return body.replaceAll(address, (spelt) => {
      const name = names.get(decoded(spelt));
      return name === undefined ? spelt : encodeURIComponent(name);
    });
  });
  return { bodies: texts, from };
}
