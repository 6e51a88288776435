import { tableFromIPC } from '@uwdata/flechette';

/** The customers of one segment as two equally long columns of numbers. */
export interface ScatterGroup {
  readonly id: number | null;
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function numberAt(value: unknown): number {
  return value === null || value === undefined ? Number.NaN : Number(value);
}

/** Sorts the rows of an Arrow IPC stream (segment_id, segment_name and the two named features) by segment, in order of id. */
export function scatterGroups(bytes: Uint8Array, x: string, y: string): ScatterGroup[] {
  const table = tableFromIPC(bytes);
  const ids = table.getChild('segment_id').toArray();
  const names = table.getChild('segment_name');
  const xs = table.getChild(x).toArray();
  const ys = table.getChild(y).toArray();
  const members = new Map<number | null, number[]>();
  for (let row = 0; row < table.numRows; row += 1) {
    const id = ids[row] === null || ids[row] === undefined ? null : Number(ids[row]);
    const rows = members.get(id);
    if (rows === undefined) members.set(id, [row]);
    else rows.push(row);
  }
  return [...members]
    .map(([id, rows]) => ({
      id,
      name: segmentName(id, names.at(rows[0] ?? 0)),
      x: Float64Array.from(rows, (row) => numberAt(xs[row])),
      y: Float64Array.from(rows, (row) => numberAt(ys[row])),
    }))
    .sort((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
}

/** What a segment is called where it may have no name, or a customer no segment. */
export function segmentName(id: number | null, name: unknown): string {
  if (typeof name === 'string' && name !== '') return name;
  return id === null ? 'No segment' : `Segment ${id}`;
}

/** How many points a logarithmic axis cannot show, because a value is not above zero. */
export function hiddenByLog(groups: readonly ScatterGroup[]): number {
  let hidden = 0;
  for (const { x, y } of groups) {
    for (let row = 0; row < x.length; row += 1) {
      if (!((x[row] ?? 0) > 0 && (y[row] ?? 0) > 0)) hidden += 1;
    }
  }
  return hidden;
}
