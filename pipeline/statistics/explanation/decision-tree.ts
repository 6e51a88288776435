import { canonicalOrder } from '../clustering/canonical-order.ts';
import { columnOf, createMatrix, type Matrix, selectRows } from '../matrix.ts';
import { createRandom } from '../random.ts';
import { risingOrder } from '../rising-order.ts';
import { compactLabels } from '../scores/cluster-means.ts';
import {
  bestSplit,
  countClasses,
  divideRows,
  type LabelledRows,
  type Split,
} from './best-split.ts';

export type TreeNode =
  | {
      readonly kind: 'leaf';
      readonly label: number;
      /** Of all rows given, how many of each of the tree's labels fall here. */
      readonly counts: readonly number[];
    }
  | {
      readonly kind: 'split';
      readonly column: number;
      readonly threshold: number;
      /** Where the value is at most the threshold. */
      readonly low: TreeNode;
      readonly high: TreeNode;
    };

export interface DecisionTree {
  readonly root: TreeNode;
  /** The labels present, rising. */
  readonly labels: readonly number[];
  /** How many of the rows given the tree was grown on; its counts and scores are of all of them. */
  readonly grownOn: number;
  readonly rows: number;
  /** The share of all rows that get their own label. */
  readonly accuracy: number;
  /** The mean over labels of that share among their rows: a rare label counts like a common one. */
  readonly balancedAccuracy: number;
}

export interface TreeOptions {
  /** 8 unless given. */
  readonly maxLeaves?: number;
  /** The most conditions on the way to a leaf; 5 unless given. */
  readonly maxDepth?: number;
  /** The least share of the rows in a leaf; 0.005 unless given. */
  readonly minLeafShare?: number;
  /** With more rows than this the tree grows on a sample of so many; 100,000 unless given. */
  readonly maxRows?: number;
  readonly seed?: number;
}

/** A leaf while the tree grows; it has grown into a split once it has sides. */
interface Bud {
  readonly depth: number;
  readonly sorted: readonly Int32Array[];
  readonly split: Split | null;
  sides: readonly [low: Bud, high: Bud] | null;
}

function checkOptions({ maxLeaves, maxDepth, minLeafShare, maxRows }: Required<TreeOptions>): void {
  for (const [name, value] of Object.entries({ maxLeaves, maxDepth, maxRows })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new RangeError(`${name} is a whole number from 1, not ${value}.`);
  }
  if (minLeafShare >= 0 && minLeafShare <= 0.5) return;
  throw new RangeError(`minLeafShare lies in 0 .. 0.5, but this is ${minLeafShare}.`);
}

function everyRow({ rows }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}

/** The rows once a column, by rising value; equal values in the order of rows. */
function sortRows(matrix: Matrix): Int32Array[] {
  return Array.from({ length: matrix.columns }, (_, column) =>
    risingOrder(columnOf(matrix, column)),
  );
}

/** Rows drawn by seed alone, however they stand; equal ones are told apart by their labels. */
function drawRows(matrix: Matrix, labels: Int32Array, { maxRows, seed }: Required<TreeOptions>) {
  const { values, rows, columns } = matrix;
  const labelled = createMatrix(rows, columns + 1);
  for (let row = 0; row < rows; row += 1) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    labelled.values.set(own, row * (columns + 1));
    labelled.values[row * (columns + 1) + columns] = labels[row] ?? 0;
  }
  const order = canonicalOrder(labelled);
  return createRandom(seed)
    .sample(rows, maxRows)
    .map((place) => order[place] ?? 0);
}

/**
 * Splits the leaf that gains most, the leftmost of equal ones, until nothing is gained or leaves
 * run out.
 */
function grow(data: LabelledRows, options: Required<TreeOptions>): Bud {
  const sprout = (sorted: readonly Int32Array[], depth: number): Bud => {
    const split = depth < options.maxDepth ? bestSplit(data, sorted) : null;
    return { depth, sorted, split, sides: null };
  };
  const root = sprout(sortRows(data.matrix), 0);
  const leaves = [root];
  while (leaves.length < options.maxLeaves) {
    let best: Bud | null = null;
    for (const leaf of leaves) if ((leaf.split?.gain ?? 0) > (best?.split?.gain ?? 0)) best = leaf;
    const split = best?.split;
    if (!best || !split) break;
    const sides = best.sorted.map((order) => divideRows(data.matrix, order, split));
    const lows = sides.map(({ low }) => low);
    const highs = sides.map(({ high }) => high);
    best.sides = [sprout(lows, best.depth + 1), sprout(highs, best.depth + 1)];
    leaves.splice(leaves.indexOf(best), 1, ...best.sides);
  }
  return root;
}

interface Settling {
  readonly data: LabelledRows;
  readonly names: readonly number[];
  /** For each class how many of its rows got its own label. */
  readonly hits: Int32Array;
}

/**
 * Sends rows down the tree, and names a leaf by what most of them are (the lowest of equal labels).
 */
function settle(bud: Bud, rows: Int32Array, context: Settling): TreeNode {
  const { data, names, hits } = context;
  if (!bud.split || !bud.sides) {
    const counts = countClasses(data, rows);
    const most = counts.indexOf(Math.max(...counts));
    hits[most] = (hits[most] ?? 0) + (counts[most] ?? 0);
    return { kind: 'leaf', label: names[most] ?? 0, counts: [...counts] };
  }
  const { column, threshold } = bud.split;
  const { low, high } = divideRows(data.matrix, rows, bud.split);
  return {
    kind: 'split',
    column,
    threshold,
    low: settle(bud.sides[0], low, context),
    high: settle(bud.sides[1], high, context),
  };
}

/**
 * A classification tree (CART: Breiman, Friedman, Olshen, Stone 1984) that says in a few conditions
 * on original columns which label a row has: Gini impurity, exact thresholds midway between values,
 * best leaf first. Growing takes O(columns * rows * leaves); no randomness but the sample's, and the
 * order of rows makes no difference. RangeError unless there is one label from 0 a row, every value is
 * finite and the options make sense.
 */
export function growTree(
  matrix: Matrix,
  givenLabels: Int32Array,
  options: TreeOptions = {},
): DecisionTree {
  const full = {
    maxLeaves: 8,
    maxDepth: 5,
    minLeafShare: 0.005,
    maxRows: 100_000,
    seed: 0,
    ...options,
  };
  checkOptions(full);
  const { labels, sizes } = compactLabels(matrix, givenLabels);
  const names = [...new Set(givenLabels)].sort((a, b) => a - b);
  const classes = sizes.length;
  const sampled = matrix.rows > full.maxRows;
  const drawn = sampled ? drawRows(matrix, labels, full) : null;
  const grownOn = drawn ? drawn.length : matrix.rows;
  const fewest = Math.max(1, Math.ceil(full.minLeafShare * grownOn));
  const data = { matrix, labels, classes, fewest };
  const sample = drawn && {
    ...data,
    matrix: selectRows(matrix, drawn),
    labels: drawn.map((row) => labels[row] ?? 0),
  };
  const hits = new Int32Array(classes);
  const root = settle(grow(sample ?? data, full), everyRow(matrix), { data, names, hits });
  const recalls = Array.from(sizes, (size, index) => (hits[index] ?? 0) / size);
  return {
    root,
    labels: names,
    grownOn,
    rows: matrix.rows,
    accuracy: hits.reduce((sum, count) => sum + count, 0) / matrix.rows,
    balancedAccuracy: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
  };
}
