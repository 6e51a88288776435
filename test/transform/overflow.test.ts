import { expect, test } from 'vitest';
import { presets } from '../../pipeline/mapping/presets.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { compileMapping, type Mapping, mapping } from '../../pipeline/mapping/mapping.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lands one file by a mapping, runs every step, and gives what was accepted and what was not. */
async function taken(name: string, text: string, by: Mapping) {
  const folder = await mkdtemp(join(tmpdir(), 'strata-overflow-'));
  const path = join(folder, name);
  await writeFile(path, text);
  const workspace = await openWorkspace(join(folder, 'workspace'), { create: true });
  try {
    await ingestFile(workspace.writer, { path, compiled: compileMapping(by) });
    await runPipeline({ connection: workspace.writer, config: workspace.config });
    return {
      orders: await workspace.writer.rows(
        'select order_id, amount from silver.transactions order by order_id',
      ),
      reasons: await workspace.writer.strings(
        'select reason from ops.quarantine order by position',
      ),
    };
  } finally {
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function preset(name: string): Mapping {
  const found = presets.get(name);
  if (found === undefined) throw new Error(`there is no preset ${name}`);
  return found;
}

test('lines that only together are too much money are quarantined, and the run goes on', async () => {
  const header = 'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  const huge = 'A1,x,1,2024-01-01 10:00:00,99999999999999,7,UK';
  const small = 'A2,x,2,2024-01-01 10:00:00,2.5,7,UK';
  const result = await taken(
    'lines.csv',
    [header, huge, huge, small, ''].join('\n'),
    preset('online_retail'),
  );
  expect(result).toEqual({
    orders: [{ order_id: 'A2', amount: 5 }],
    reasons: ['amount_out_of_range', 'amount_out_of_range'],
  });
});

test('a refund too small to be kept does not become a purchase', async () => {
  const record = (order: string, amount: string): string =>
    `{"order_id":"${order}","customer_id":"c","order_ts":"2024-01-01T00:00:00Z","amount":${amount}}`;
  const lines = [
    record('a', '-0.00001'),
    record('b', '0.00001'),
    record('c', '0'),
    record('d', '0e7'),
  ];
  expect(await taken('orders.ndjson', lines.join('\n'), preset('orders'))).toEqual({
    orders: [
      { order_id: 'c', amount: 0 },
      { order_id: 'd', amount: 0 },
    ],
    reasons: ['inexact_amount', 'inexact_amount'],
  });
});

test('text of a condition that would be a pattern does not stop a run', async () => {
  const odd = mapping.parse({
    name: 'odd',
    kind: 'transactions',
    identity: 'position',
    fields: { customer_id: 'c', occurred_at: 't', amount: "if(kind = 'refund', -a, a)" },
  });
  const line = '{"c":"x","t":"2024-01-01T00:00:00Z","a":200000000000,"kind":"*("}';
  const { orders, reasons } = await taken('odd.ndjson', line, odd);
  expect(orders).toHaveLength(1);
  expect(reasons).toEqual([]);
});

test.each(['%d/%Q', '%', 'no specifier %', ''])('the time format %j is refused', (timeFormat) => {
  const fields = { customer_id: 'c', occurred_at: 't', amount: 'a', order_id: 'o' };
  const parsed = mapping.safeParse({ name: 'm', kind: 'transactions', fields, timeFormat });
  expect(parsed.success).toBe(false);
});
