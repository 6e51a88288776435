/** The cells that stand between the one where selecting began and the one that is looked at. */
export interface Selection {
  readonly anchor: string;
  readonly head: string;
}

/** The selected cells in their order on the page. */
export function selectedIds(selection: Selection | null, order: readonly string[]): string[] {
  if (selection === null) return [];
  const anchor = order.indexOf(selection.anchor);
  const head = order.indexOf(selection.head);
  if (head === -1) return [];
  return order.slice(Math.min(anchor === -1 ? head : anchor, head), Math.max(anchor, head) + 1);
}

export function selectOne(id: string | undefined): Selection | null {
  return id === undefined ? null : { anchor: id, head: id };
}

/** The selection one cell further up or down, or grown by it. */
export function stepped(
  selection: Selection | null,
  order: readonly string[],
  { by, extend }: { readonly by: number; readonly extend: boolean },
): Selection | null {
  if (selection === null) return selectOne(order[0]);
  const at = order.indexOf(selection.head);
  const head = order[Math.max(0, Math.min(order.length - 1, at + by))];
  if (head === undefined) return null;
  return extend ? { anchor: selection.anchor, head } : selectOne(head);
}

/** A selection that stands in the order: the cell that took the place of one that is gone. */
export function kept(
  selection: Selection | null,
  before: readonly string[],
  after: readonly string[],
): Selection | null {
  if (selection === null) return selectOne(after[0]);
  const there = new Set(after);
  if (there.has(selection.anchor) && there.has(selection.head)) return selection;
  if (there.has(selection.head)) return selectOne(selection.head);
  const at = before.indexOf(selection.head);
  const next = before.slice(at).find((id) => there.has(id));
  return selectOne(next ?? after.at(-1));
}
