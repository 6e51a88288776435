import { cyclicNames, edgesOf, type GraphNode } from './graph-edges.ts';
import { components } from './components.ts';
import { inOrder } from './run-order.ts';

export type { GraphNode } from './graph-edges.ts';

/** A fault of the names, told on every cell concerned. */
export interface GraphFault {
  readonly kind: 'duplicate' | 'cycle';
  /** The name that is there twice, or the names along the cycle. */
  readonly names: readonly string[];
  readonly cells: readonly string[];
  /** A sentence. */
  readonly problem: string;
}

export interface CellGraph {
  /** Every cell, each after those that it reads; free choices by position. Cells of a cycle stand together. */
  readonly order: readonly string[];
  readonly faults: readonly GraphFault[];
  /** The faults of one cell. */
  faultsOf(id: string): readonly GraphFault[];
  /** Cells that read what these define, and so on; without these themselves, in the order of running. */
  dependents(ids: Iterable<string>): string[];
  /** Cells that define what these read, and so on; without these themselves, in the order of running. */
  needs(ids: Iterable<string>): string[];
}

const listed = (names: readonly string[]): string =>
  names.length > 8
    ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`
    : names.join(', ');

function duplicateFaults(
  nodes: readonly GraphNode[],
  definers: ReadonlyMap<string, readonly number[]>,
): GraphFault[] {
  const faults: GraphFault[] = [];
  for (const [key, cells] of definers) {
    if (cells.length < 2) continue;
    const names = [
      ...new Set(
        cells.flatMap((i) => nodes[i]?.defines.filter((name) => name.toLowerCase() === key) ?? []),
      ),
    ];
    const spelled = names.length > 1 ? ` (case makes no difference)` : '';
    faults.push({
      kind: 'duplicate',
      names,
      cells: cells.map((i) => nodes[i]?.id ?? ''),
      problem: `${cells.length} cells define ${listed(names)}${spelled}; give each a name of its own.`,
    });
  }
  return faults;
}

function cycleFaults(
  nodes: readonly GraphNode[],
  groups: readonly (readonly number[])[],
  upstream: readonly (readonly number[])[],
): GraphFault[] {
  return groups
    .filter((group) => group.length > 1 || upstream[group[0] ?? -1]?.includes(group[0] ?? -1))
    .map((group) => {
      const names = cyclicNames(nodes, group, upstream);
      const [first = ''] = names;
      const problem =
        names.length === 1
          ? `${first} reads itself; a cell cannot read what it defines.`
          : `These cells read each other in a circle: ${listed(names)}, and ${first} again; take one of the reads out.`;
      return { kind: 'cycle', names, cells: group.map((i) => nodes[i]?.id ?? ''), problem };
    });
}

function reach(from: Iterable<number>, edges: readonly (readonly number[])[]): Set<number> {
  const start = new Set(from);
  const found = new Set<number>();
  const queue = [...start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const one of edges[next] ?? []) {
      if (found.has(one) || start.has(one)) continue;
      found.add(one);
      queue.push(one);
    }
  }
  return found;
}

/**
 * The graph of names: a cell depends on every cell that defines a name it reads, wherever the two stand on the page.
 * Names are the same in any case. A name that nobody defines is no fault: it is a table of the workspace.
 */
export function buildGraph(nodes: readonly GraphNode[]): CellGraph {
  const { definers, upstream, downstream } = edgesOf(nodes);
  const groups = components(upstream);
  const sorted = inOrder(groups, upstream, downstream);
  const rank = new Map(sorted.map((node, i) => [node, i]));
  const places = new Map(nodes.map(({ id }, i) => [id, i]));
  const faults = [...duplicateFaults(nodes, definers), ...cycleFaults(nodes, groups, upstream)];
  const byCell = new Map<string, GraphFault[]>();
  for (const fault of faults) {
    for (const id of new Set(fault.cells)) byCell.set(id, [...(byCell.get(id) ?? []), fault]);
  }
  const idOf = (node: number): string => nodes[node]?.id ?? '';
  const along = (ids: Iterable<string>, edges: readonly (readonly number[])[]): string[] => {
    const start = [...ids].map((id) => places.get(id)).filter((place) => place !== undefined);
    return [...reach(start, edges)]
      .toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
      .map(idOf);
  };
  return {
    order: sorted.map(idOf),
    faults,
    faultsOf: (id) => byCell.get(id) ?? [],
    dependents: (ids) => along(ids, downstream),
    needs: (ids) => along(ids, upstream),
  };
}
