/** A cell by the names that it defines and reads, in any case. */
export interface GraphNode {
  readonly id: string;
  readonly defines: readonly string[];
  readonly reads: readonly string[];
}

export interface Edges {
  /** Cells by the name that they define, in small letters. */
  readonly definers: ReadonlyMap<string, readonly number[]>;
  /** By cell, the cells whose names it reads. */
  readonly upstream: readonly (readonly number[])[];
  readonly downstream: readonly (readonly number[])[];
}

export function edgesOf(nodes: readonly GraphNode[]): Edges {
  const definers = new Map<string, number[]>();
  for (const [i, { defines }] of nodes.entries()) {
    for (const name of new Set(defines.map((one) => one.toLowerCase()))) {
      const cells = definers.get(name);
      if (cells === undefined) definers.set(name, [i]);
      else cells.push(i);
    }
  }
  const downstream: number[][] = nodes.map(() => []);
  const upstream = nodes.map(({ reads }, i) => {
    const needed = new Set(reads.flatMap((name) => definers.get(name.toLowerCase()) ?? []));
    for (const one of needed) downstream[one]?.push(i);
    return [...needed].toSorted((a, b) => a - b);
  });
  return { definers, upstream, downstream };
}

/** The name by which one cell reads another. */
function nameBetween(reader: GraphNode | undefined, definer: GraphNode | undefined): string {
  const read = new Set(reader?.reads.map((name) => name.toLowerCase()));
  return definer?.defines.find((name) => read.has(name.toLowerCase())) ?? '';
}

/** Names along a shortest cycle through the first cell of a group whose cells all reach each other. */
export function cyclicNames(
  nodes: readonly GraphNode[],
  group: readonly number[],
  upstream: readonly (readonly number[])[],
): string[] {
  const inside = new Set(group);
  const start = group[0] ?? 0;
  const reader = new Map<number, number>();
  const queue = [start];
  for (let next = 0; next < queue.length; next++) {
    const at = queue[next] ?? start;
    for (const one of upstream[at] ?? []) {
      if (!inside.has(one) || reader.has(one)) continue;
      reader.set(one, at);
      if (one !== start) queue.push(one);
    }
  }
  const names: string[] = [];
  let at = start;
  do {
    const from = reader.get(at) ?? start;
    names.push(nameBetween(nodes[from], nodes[at]));
    at = from;
  } while (at !== start);
  return names;
}
