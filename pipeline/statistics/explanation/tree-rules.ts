import type { DecisionTree, TreeNode } from './decision-tree.ts';

/** `above < value <= atMost`; null where there is no such bound, never both. */
export interface Condition {
  readonly column: number;
  readonly above: number | null;
  readonly atMost: number | null;
}

/** Rows for which all conditions hold have this label. Every row fits exactly one rule of a tree. */
export interface Rule {
  readonly label: number;
  /** At most one a column, by rising column; none where the tree is one leaf. */
  readonly conditions: readonly Condition[];
  /** The rows that the rule holds for, and how many of them have its label. */
  readonly rows: number;
  readonly hits: number;
  /** hits / rows. */
  readonly precision: number;
}

type Bounds = ReadonlyMap<number, Condition>;

/** A condition deeper in the tree is the tighter one: it replaces the bound of its side. */
function tighten(bounds: Bounds, column: number, bound: Partial<Condition>): Bounds {
  const before = bounds.get(column) ?? { column, above: null, atMost: null };
  return new Map(bounds).set(column, { ...before, ...bound });
}

function rulesBelow(node: TreeNode, bounds: Bounds, labels: readonly number[]): Rule[] {
  if (node.kind === 'leaf') {
    const rows = node.counts.reduce((sum, count) => sum + count, 0);
    const hits = node.counts[labels.indexOf(node.label)] ?? 0;
    const conditions = [...bounds.values()].sort((a, b) => a.column - b.column);
    return [{ label: node.label, conditions, rows, hits, precision: hits / rows }];
  }
  const { column, threshold, low, high } = node;
  return [
    ...rulesBelow(low, tighten(bounds, column, { atMost: threshold }), labels),
    ...rulesBelow(high, tighten(bounds, column, { above: threshold }), labels),
  ];
}

/** A rule a leaf, by rising label, of one label the rule for most rows first. */
export function rules(tree: DecisionTree): Rule[] {
  return rulesBelow(tree.root, new Map(), tree.labels).sort(
    (a, b) => a.label - b.label || b.rows - a.rows,
  );
}
