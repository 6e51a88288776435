import { describe, expect, it } from 'vitest';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { type InvoiceLine, invoiceLines } from '../helpers/online-retail.ts';
import { sharedData } from '../helpers/shared-data.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';
import { moneyText } from '../helpers/transactions.ts';

const NAME = 'online_retail_lines.csv.gz';
const path = sharedData(NAME);
const LINES = 541_909;
/** Published for purchases only: customer present, no C invoice, quantity and price above 0; an order is an invoice. */
const PURCHASES = { orders: 18_532, customers: 4338, total: '8911407.9040' };

interface Expected {
  readonly lines: number;
  readonly accepted: ReadonlyMap<number, bigint>;
  readonly orders: ReadonlyMap<string, bigint>;
}

/** What a mapping should accept, from the file itself: line by line, and summed by customer and invoice. */
async function expected(file: string, wanted: (line: InvoiceLine) => boolean): Promise<Expected> {
  const accepted = new Map<number, bigint>();
  const orders = new Map<string, bigint>();
  let lines = 0;
  for await (const line of invoiceLines(file)) {
    lines++;
    if (!wanted(line)) continue;
    accepted.set(line.line, line.amount);
    const order = `${line.customer} ${line.invoice}`;
    orders.set(order, (orders.get(order) ?? 0n) + line.amount);
  }
  return { lines, accepted, orders };
}

async function run(file: string, preset: string) {
  const { context, ingest } = await temporaryWorkspace();
  const landed = await ingest(file, preset);
  const report = await runPipeline(context);
  return { connection: context.connection, landed, report };
}

describe.skipIf(path === null)(
  `the real input ${NAME} (skipped where it is not beside the checkout)`,
  () => {
    const file = path ?? '';

    it('gives the published orders, customers and total, and accounts for every line by its position', async () => {
      const { connection, landed, report } = await run(file, 'online_retail_purchases');
      const truth = await expected(
        file,
        ({ customer, invoice, quantity, price }) =>
          customer !== '' && !invoice.startsWith('C') && quantity > 0n && price > 0n,
      );
      expect([landed, truth.lines]).toEqual([LINES, LINES]);
      const [totals] = await connection.rows(
        `select count(*) as orders, count(distinct customer_id) as customers, sum(amount)::varchar as total from silver.transactions`,
      );
      expect(totals).toEqual(PURCHASES);
      const [features] = await connection.rows(
        `select sum(frequency)::bigint as orders, count(*) as customers, sum(monetary)::varchar as total from features.customer_features`,
      );
      expect(features).toEqual(PURCHASES);
      const lines = await connection.rows<{ position: number; amount: string }>(
        'select position, amount::varchar as amount from silver.transaction_lines order by position',
      );
      expect(lines.length).toBe(truth.accepted.size);
      expect(
        lines.find(
          ({ position, amount }) => moneyText(truth.accepted.get(position) ?? -1n) !== amount,
        ),
      ).toBe(undefined);
      const [places] = await connection.rows(
        `with places as (
         select position, 'accepted' as place from silver.transaction_lines
         union all select position, 'quarantined' from ops.quarantine
         union all select position, outcome from ops.discarded)
       select count(*) as records, count(distinct position) as positions, min(position) as first, max(position) as last,
         count(*) filter (position not in (select position from raw.record_log)) as unknown from places`,
      );
      expect(places).toEqual({
        records: LINES,
        positions: LINES,
        first: 2,
        last: LINES + 1,
        unknown: 0,
      });
      const [silver] = report.steps;
      expect(silver).toMatchObject({
        read: LINES,
        accepted: truth.accepted.size,
        quarantined: LINES - truth.accepted.size,
        duplicate: 0,
        ignored: 0,
      });
    });

    it('gives the same purchases beside its refunds, and money net of them as the file says', async () => {
      const { connection } = await run(file, 'online_retail');
      const truth = await expected(file, ({ customer, price }) => customer !== '' && price > 0n);
      const [totals] = await connection.rows(
        `select count(*) as orders, count(distinct customer_id) as customers, sum(amount)::varchar as total
       from silver.transactions where amount >= 0`,
      );
      expect(totals).toEqual(PURCHASES);
      const orders = await connection.rows<{ id: string; amount: string }>(
        "select concat(customer_id, ' ', order_id) as id, amount::varchar as amount from silver.transactions",
      );
      expect(orders.length).toBe(truth.orders.size);
      expect(
        orders.find(({ id, amount }) => moneyText(truth.orders.get(id) ?? 1n) !== amount),
      ).toBe(undefined);
      const monetary = new Map<string, bigint>();
      const buyers = new Set<string>();
      for (const [order, amount] of truth.orders) {
        const [customer = ''] = order.split(' ');
        monetary.set(customer, (monetary.get(customer) ?? 0n) + amount);
        if (amount >= 0n) buyers.add(customer);
      }
      const features = await connection.rows<{ id: string; money: string }>(
        'select customer_id as id, monetary::varchar as money from features.customer_features',
      );
      expect(new Map(features.map(({ id, money }) => [id, money]))).toEqual(
        new Map([...buyers].map((id) => [id, moneyText(monetary.get(id) ?? 0n)])),
      );
      const [whole] = await connection.rows(
        'select revenue::varchar as revenue, contribution from gold.segment_kpis where segment_id is null',
      );
      const sum = [...buyers].reduce((total, id) => total + (monetary.get(id) ?? 0n), 0n);
      expect(whole).toEqual({ revenue: moneyText(sum), contribution: 1 });
    });
  },
);
