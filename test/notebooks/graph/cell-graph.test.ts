import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph, type GraphNode } from '../../../pipeline/notebooks/graph/cell-graph.ts';

const node = (id: string, defines: string, reads = ''): GraphNode => ({
  id,
  defines: defines.split(' ').filter(Boolean),
  reads: reads.split(' ').filter(Boolean),
});

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyNodes = fc
  .array(
    fc.record({
      defines: fc.subarray(names, { maxLength: 2 }),
      reads: fc.subarray([...names.map((name) => name.toUpperCase()), 'gold.x'], { maxLength: 3 }),
    }),
    { maxLength: 9 },
  )
  .map((cells) => cells.map((cell, i) => ({ id: `c${i}`, ...cell })));

/** What reads what, the slow way: repeated until nothing is added. */
function reachable(nodes: readonly GraphNode[]): Map<string, Set<string>> {
  const needs = new Map(
    nodes.map(({ id, reads }) => [
      id,
      new Set(
        nodes
          .filter(({ defines }) => defines.some((name) => reads.includes(name.toUpperCase())))
          .map((one) => one.id),
      ),
    ]),
  );
  for (let i = 0; i < nodes.length; i++) {
    for (const set of needs.values()) {
      for (const one of [...set]) for (const two of needs.get(one) ?? []) set.add(two);
    }
  }
  return needs;
}

describe('the graph of names', () => {
  test('orders cells by what they read, and by position where that is free', () => {
    const graph = buildGraph([
      node('chart', '', 'Top'),
      node('note', ''),
      node('sql', 'top', 'K gold.customers'),
      node('slider', 'k'),
      node('other', 'z', 'k'),
    ]);
    expect(graph.order).toEqual(['note', 'slider', 'sql', 'chart', 'other']);
    expect(graph.faults).toEqual([]);
    expect(graph.dependents(['slider'])).toEqual(['sql', 'chart', 'other']);
    expect(graph.needs(['chart'])).toEqual(['slider', 'sql']);
    expect(graph.needs(['chart', 'sql'])).toEqual(['slider']);
    expect(graph.dependents(['nobody'])).toEqual([]);
  });

  test('tells names that are there twice on each of the cells', () => {
    const graph = buildGraph([node('a', 'top'), node('b', 'TOP'), node('c', '', 'top')]);
    expect(graph.faults).toEqual([
      {
        kind: 'duplicate',
        names: ['top', 'TOP'],
        cells: ['a', 'b'],
        problem: '2 cells define top, TOP (case makes no difference); give each a name of its own.',
      },
    ]);
    expect(['a', 'b', 'c'].map((id) => graph.faultsOf(id).length)).toEqual([1, 1, 0]);
    expect(graph.needs(['c'])).toEqual(['a', 'b']);
  });

  test('tells a cycle with the names along it, on each of its cells and on no other', () => {
    const graph = buildGraph([
      node('1', 'a', 'c'),
      node('2', 'b', 'a'),
      node('3', 'c', 'b'),
      node('4', 'd', 'c'),
      node('5', 'e', 'E'),
      node('6', 'constructor', '__proto__'),
    ]);
    expect(graph.faults.map(({ kind, names: along, cells }) => [kind, along, cells])).toEqual([
      ['cycle', ['a', 'b', 'c'], ['1', '2', '3']],
      ['cycle', ['e'], ['5']],
    ]);
    expect(graph.faultsOf('2')[0]?.problem).toBe(
      'These cells read each other in a circle: a, b, c, and a again; take one of the reads out.',
    );
    expect(graph.faultsOf('5')[0]?.problem).toBe(
      'e reads itself; a cell cannot read what it defines.',
    );
    expect(graph.faultsOf('4')).toEqual([]);
    expect(graph.order).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('agrees with the slow way, and the order on the page never changes what depends on what', () => {
    fc.assert(
      fc.property(anyNodes, fc.infiniteStream(fc.nat()), (nodes, draws) => {
        const shuffled = nodes
          .map((one) => ({ one, key: draws.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const needs = reachable(nodes);
        for (const page of [nodes, shuffled]) {
          const graph = buildGraph(page);
          expect(graph.order.toSorted()).toEqual(nodes.map(({ id }) => id).toSorted());
          const place = new Map(graph.order.map((id, i) => [id, i]));
          for (const { id } of nodes) {
            const own = needs.get(id) ?? new Set();
            const others = [...own].filter((one) => one !== id);
            expect(graph.needs([id]).toSorted()).toEqual(others.toSorted());
            const readers = nodes.filter((one) => one.id !== id && needs.get(one.id)?.has(id));
            expect(graph.dependents([id]).toSorted()).toEqual(
              readers.map((one) => one.id).toSorted(),
            );
            for (const one of others) {
              if (needs.get(one)?.has(id)) continue;
              expect(place.get(one)).toBeLessThan(place.get(id) ?? -1);
            }
            const inCycle = graph.faultsOf(id).some(({ kind }) => kind === 'cycle');
            expect(inCycle).toBe(own.has(id));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('goes through ten thousand cells in a chain or a circle without recursion', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => node(`c${i}`, `n${i}`, `n${i + 1}`));
    const graph = buildGraph(chain);
    expect([graph.order[0], graph.order.at(-1)]).toEqual(['c9999', 'c0']);
    expect(graph.needs(['c0'])).toHaveLength(9999);
    const circle = buildGraph([...chain, node('last', 'n10000', 'n0')]);
    expect(circle.faults.map(({ cells, names: along }) => [cells.length, along.length])).toEqual([
      [10_001, 10_001],
    ]);
    expect(circle.faults[0]?.problem.length).toBeLessThan(200);
  });
});
