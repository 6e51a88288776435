import type { TablePage } from '../../../pipeline/contract/schemas.ts';

export interface ExampleCustomer {
  readonly customerId: string;
  readonly segmentId: number;
  readonly segmentName: string;
}

const most = 6;

/** The first customer of each segment on a page of gold.customer_segments, in order of the segments' ids. */
export function exampleCustomers(page: Pick<TablePage, 'columns' | 'rows'>): ExampleCustomer[] {
  const at = (name: string): number => page.columns.findIndex((column) => column.name === name);
  const [customer, id, name] = [at('customer_id'), at('segment_id'), at('segment_name')];
  const found = new Map<number, ExampleCustomer>();
  for (const row of page.rows) {
    const customerId = row[customer];
    const segmentId = row[id];
    if (typeof customerId !== 'string' || typeof segmentId !== 'number') continue;
    if (found.has(segmentId)) continue;
    const segmentName = String(row[name] ?? `Segment ${segmentId}`);
    found.set(segmentId, { customerId, segmentId, segmentName });
  }
  return [...found.values()].sort((a, b) => a.segmentId - b.segmentId).slice(0, most);
}
