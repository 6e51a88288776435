/** What nbformat takes for the id of a cell. */
export function isCellId(id: unknown): id is string {
  return typeof id === 'string' && /^[a-zA-Z0-9_-]{1,64}$/.test(id);
}

/**
 * An id for each cell: its own where that is one and no earlier cell has it, else one made of its position, the same
 * on each reading. Ids that stand in the file are never taken by a made one.
 */
export function repairIds(ids: readonly unknown[]): string[] {
  const taken = new Set<unknown>(ids.filter(isCellId));
  const used = new Set<string>();
  return ids.map((id, i) => {
    if (isCellId(id) && !used.has(id)) {
      used.add(id);
      return id;
    }
    let made = `cell-${i + 1}`;
    for (let again = 2; taken.has(made); again++) made = `cell-${i + 1}-${again}`;
    taken.add(made);
    used.add(made);
    return made;
  });
}
