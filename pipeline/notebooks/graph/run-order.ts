/** A heap of numbers, the least on top. */
class LeastFirst {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((items[parent] ?? 0) <= item) break;
      items[at] = items[parent] ?? 0;
      at = parent;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const least = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < items.length && (items[child + 1] ?? 0) < (items[child] ?? 0)) child++;
      if (child >= items.length || (items[child] ?? 0) >= last) break;
      items[at] = items[child] ?? 0;
      at = child;
    }
    items[at] = last;
    return least;
  }
}

/**
 * Nodes with each after those upstream of it, the first on the page first where there is a choice (Kahn, "Topological
 * sorting of large networks", 1962). Nodes of a group that reach each other come together.
 */
export function inOrder(
  groups: readonly (readonly number[])[],
  upstream: readonly (readonly number[])[],
  downstream: readonly (readonly number[])[],
): number[] {
  const groupOf = new Int32Array(upstream.length);
  for (const [i, group] of groups.entries()) for (const node of group) groupOf[node] = i;
  const waiting = new Int32Array(groups.length);
  for (const [node, needed] of upstream.entries()) {
    const own = groupOf[node] ?? 0;
    for (const one of needed) if (groupOf[one] !== own) waiting[own] = (waiting[own] ?? 0) + 1;
  }
  // A group waits in the heap by its first node, which no other group has.
  const ready = new LeastFirst();
  for (const [i, group] of groups.entries()) if (waiting[i] === 0) ready.push(group[0] ?? 0);
  const order: number[] = [];
  for (let first = ready.pop(); first !== undefined; first = ready.pop()) {
    const own = groupOf[first] ?? 0;
    for (const node of groups[own] ?? []) {
      order.push(node);
      for (const one of downstream[node] ?? []) {
        const group = groupOf[one] ?? 0;
        if (group === own) continue;
        waiting[group] = (waiting[group] ?? 0) - 1;
        if (waiting[group] === 0) ready.push(groups[group]?.[0] ?? 0);
      }
    }
  }
  return order;
}
