export interface FlowEnd {
  readonly id: number | null;
  readonly name: string;
}

export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly customers: number;
}

/** Tops and heights are percent of the picture. */
export interface FlowNode extends FlowEnd {
  readonly customers: number;
  readonly top: number;
  readonly height: number;
}

export interface FlowBand extends Flow {
  readonly fromTop: number;
  readonly fromHeight: number;
  readonly toTop: number;
  readonly toHeight: number;
}

/** Percent of the height left free between all nodes of a side together. */
const free = 18;

function sideNodes(
  ends: readonly FlowEnd[],
  sizes: ReadonlyMap<number | null, number>,
): FlowNode[] {
  const known = new Map(ends.map((end) => [end.id, end]));
  const sorted = [...known.values()].sort((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  // Each side has its gap even below a small node, so that two names never stand on one another.
  const least = (100 - free) / sorted.length / 3;
  const raw = sorted.map(({ id }) =>
    Math.max(least, (100 * (sizes.get(id) ?? 0)) / Math.max(total, 1)),
  );
  const scale = (100 - free) / raw.reduce((sum, height) => sum + height, 0);
  const gap = sorted.length > 1 ? free / (sorted.length - 1) : 0;
  let top = sorted.length > 1 ? 0 : free / 2;
  return sorted.map(({ id, name }, at) => {
    const height = (raw[at] ?? 0) * scale;
    const start = top;
    top += height + gap;
    return { id, name, customers: sizes.get(id) ?? 0, top: start, height };
  });
}

function sums(
  flows: readonly Flow[],
  end: (flow: Flow) => FlowEnd,
): ReadonlyMap<number | null, number> {
  const sizes = new Map<number | null, number>();
  for (const flow of flows) {
    const { id } = end(flow);
    sizes.set(id, (sizes.get(id) ?? 0) + flow.customers);
  }
  return sizes;
}

/** Where customers come from on the left and go to on the right, as nodes and the bands between them. */
export function flowBands(flows: readonly Flow[]): {
  readonly from: readonly FlowNode[];
  readonly to: readonly FlowNode[];
  readonly bands: readonly FlowBand[];
} {
  const side = (end: (flow: Flow) => FlowEnd): FlowNode[] =>
    sideNodes(flows.map(end), sums(flows, end));
  const from = side((flow) => flow.from);
  const to = side((flow) => flow.to);
  const leftNode = new Map(from.map((node, order) => [node.id, { node, order, used: 0 }]));
  const rightNode = new Map(to.map((node, order) => [node.id, { node, order, used: 0 }]));
  const ordered = flows
    .filter((flow) => flow.customers > 0)
    .sort(
      (a, b) =>
        (leftNode.get(a.from.id)?.order ?? 0) - (leftNode.get(b.from.id)?.order ?? 0) ||
        (rightNode.get(a.to.id)?.order ?? 0) - (rightNode.get(b.to.id)?.order ?? 0),
    );
  const bands = ordered.flatMap((flow) => {
    const left = leftNode.get(flow.from.id);
    const right = rightNode.get(flow.to.id);
    if (left === undefined || right === undefined) return [];
    const fromHeight = (left.node.height * flow.customers) / left.node.customers;
    const toHeight = (right.node.height * flow.customers) / right.node.customers;
    const band = {
      ...flow,
      fromTop: left.node.top + left.used,
      fromHeight,
      toTop: right.node.top + right.used,
      toHeight,
    };
    left.used += fromHeight;
    right.used += toHeight;
    return [band];
  });
  return { from, to, bands };
}

function at(value: number): string {
  return value.toFixed(2);
}

/** The outline of a band in a box of 100 by 100. */
export function bandPath(band: FlowBand): string {
  const { fromTop, fromHeight, toTop, toHeight } = band;
  return (
    `M0 ${at(fromTop)}C50 ${at(fromTop)} 50 ${at(toTop)} 100 ${at(toTop)}` +
    `V${at(toTop + toHeight)}` +
    `C50 ${at(toTop + toHeight)} 50 ${at(fromTop + fromHeight)} 0 ${at(fromTop + fromHeight)}Z`
  );
}
