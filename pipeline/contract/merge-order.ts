interface Orders {
  /** As somebody told it, without cells that are gone. */
  readonly told: readonly string[];
  /** As it is here. */
  readonly here: readonly string[];
  /** What the teller knew of: what of this is not told is gone. */
  readonly known: ReadonlySet<string>;
}

/** The order that is told; what the teller did not know of stays behind the nearest cell that it follows here. */
export function mergeOrder({ told, here, known }: Orders): string[] {
  const there = new Set(told);
  const first: string[] = [];
  const behind = new Map<string, string[]>();
  let group = first;
  for (const id of here) {
    if (there.has(id)) {
      group = [];
      behind.set(id, group);
    } else if (!known.has(id)) group.push(id);
  }
  return [...first, ...told.flatMap((id) => [id, ...(behind.get(id) ?? [])])];
}
