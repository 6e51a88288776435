import { join } from 'node:path';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { writeOrders } from './order-files.ts';
import {
  type OpenedWorkspace,
  temporaryFolder,
  temporaryWorkspace,
} from './temporary-workspace.ts';
import type { Transaction } from './transactions.ts';

/** Lands transactions as a file of orders would. */
export async function land(
  opened: OpenedWorkspace,
  transactions: readonly Transaction[],
): Promise<void> {
  const path = join(await temporaryFolder(), 'orders.ndjson');
  await writeOrders(path, transactions);
  await opened.ingest(path, 'orders');
}

/** A fresh workspace in which these transactions went through every step. */
export async function trained(transactions: readonly Transaction[]): Promise<OpenedWorkspace> {
  const opened = await temporaryWorkspace();
  await land(opened, transactions);
  await runPipeline(opened.context);
  return opened;
}

export interface Assigned {
  customer_id: string;
  segment_id: number;
  segment_name: string;
  model_version: number;
  [column: string]: string | number;
}

/** gold.customer_segments by customer. */
export async function assigned(connection: Connection): Promise<Map<string, Assigned>> {
  const rows = await connection.rows<Assigned>('select * from gold.customer_segments');
  return new Map(rows.map((row) => [row.customer_id, row]));
}
