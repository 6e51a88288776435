/**
 * Groups of nodes that reach each other along the edges (strongly connected components: Tarjan, "Depth-first search and
 * linear graph algorithms", 1972), with a stack of its own in the place of recursion. Nodes of a group are ascending.
 */
export function components(edges: readonly (readonly number[])[]): number[][] {
  const count = edges.length;
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  const groups: number[][] = [];
  let visited = 0;
  const enter = (node: number): void => {
    index[node] = low[node] = visited++;
    onStack[node] = 1;
    stack.push(node);
    path.push(node);
  };
  const leave = (node: number): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
    if (low[node] !== index[node]) return;
    const group = stack.splice(stack.lastIndexOf(node));
    for (const one of group) onStack[one] = 0;
    groups.push(group.toSorted((a, b) => a - b));
  };
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const to = edges[node]?.[next[node] ?? 0];
      next[node] = (next[node] ?? 0) + 1;
      if (to === undefined) leave(node);
      else if (index[to] === -1) enter(to);
      else if (onStack[to] === 1) low[node] = Math.min(low[node] ?? 0, index[to] ?? 0);
    }
  }
  return groups;
}
