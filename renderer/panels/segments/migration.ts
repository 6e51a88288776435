import type { Flow } from '../../../pipeline/contract/segmentation.ts';
import type { Flow as DrawnFlow, FlowEnd } from '../../charts/flow-bands.ts';
import { segmentName } from '../../charts/scatter-groups.ts';

/** What those are called who were in no segment before, or are in none now. */
interface Outside {
  readonly from: string;
  readonly to: string;
}

interface Crosstab {
  readonly rows: readonly FlowEnd[];
  readonly columns: readonly FlowEnd[];
  readonly cells: readonly (readonly number[])[];
}

export interface MigrationSummary {
  /** In a segment before and now. */
  readonly both: number;
  readonly moved: number;
  readonly arrived: number;
  readonly left: number;
}

function endOf(id: number | null, name: string | null, none: string): FlowEnd {
  return { id, name: id === null ? none : segmentName(id, name) };
}

export function drawnFlows(flows: readonly Flow[], outside: Outside): DrawnFlow[] {
  return flows.map(({ fromId, fromName, toId, toName, customers }) => ({
    from: endOf(fromId, fromName, outside.from),
    to: endOf(toId, toName, outside.to),
    customers,
  }));
}

/** Without those who are where they were; nobody's segment is not one to stay in. */
export function movesOnly(flows: readonly DrawnFlow[]): DrawnFlow[] {
  return flows.filter(({ from, to }) => from.id !== to.id);
}

function ends(flows: readonly DrawnFlow[], end: (flow: DrawnFlow) => FlowEnd): FlowEnd[] {
  const known = new Map(flows.map((flow) => [end(flow).id, end(flow)]));
  return [...known.values()].sort((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
}

/** Customers by where they were (rows) and where they are (columns). */
export function crosstabOf(flows: readonly DrawnFlow[]): Crosstab {
  const rows = ends(flows, ({ from }) => from);
  const columns = ends(flows, ({ to }) => to);
  const rowAt = new Map(rows.map(({ id }, at) => [id, at]));
  const columnAt = new Map(columns.map(({ id }, at) => [id, at]));
  const cells = rows.map(() => columns.map(() => 0));
  for (const { from, to, customers } of flows) {
    const row = cells[rowAt.get(from.id) ?? -1];
    const at = columnAt.get(to.id) ?? -1;
    if (row !== undefined) row[at] = (row[at] ?? 0) + customers;
  }
  return { rows, columns, cells };
}

export function migrationSummary(flows: readonly Flow[]): MigrationSummary {
  let [both, moved, arrived, left] = [0, 0, 0, 0];
  for (const { fromId, toId, customers } of flows) {
    if (fromId === null) arrived += customers;
    else if (toId === null) left += customers;
    else {
      both += customers;
      if (fromId !== toId) moved += customers;
    }
  }
  return { both, moved, arrived, left };
}
