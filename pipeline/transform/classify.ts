import type { Connection } from '../engine/engine.ts';

const content = `(occurred_at, amount, category, currency, payment_method, coupon_used, discount_amount)`;
const place = 'source_id, partition, position';

/** Whole orders whose identity occurs twice here, or once here and once before: few, so only these are compared. */
const candidateKeys = `
  create or replace temp table candidate_keys as
  with news as (
    select hash(customer_id, order_id) as key from staged_records
    where outcome = 'accepted' and kind = 'transactions' and identified
  )
  select key from news group by key having count(*) > 1
  union
  select hash(customer_id, order_id) from silver.transactions
  where hash(customer_id, order_id) in (select key from news)`;

/** The first of an identity is accepted; the same again is a duplicate; the same with other content is a conflict. */
const verdicts = `
  create or replace temp table verdicts as
  with news as (
    select * from staged_records
    where outcome = 'accepted' and kind = 'transactions' and identified
      and hash(customer_id, order_id) in (select key from candidate_keys)
  ),
  known as (
    select * from silver.transactions where hash(customer_id, order_id) in (select key from candidate_keys)
  ),
  ranked as (
    select *, ${content} as content,
      row_number() over first_come as nth, first_value(${content}) over first_come as first_content
    from news
    window first_come as (partition by customer_id, order_id order by batch_id, partition, position)
  ),
  compared as (
    select r.batch_id, r.source_id, r.partition, r.position, r.nth, k.customer_id is not null as is_known,
      r.content is not distinct from case when k.customer_id is null then r.first_content
        else (k.occurred_at, k.amount, k.category, k.currency, k.payment_method, k.coupon_used, k.discount_amount) end as is_same
    from ranked r left join known k on k.customer_id = r.customer_id and k.order_id = r.order_id
  )
  select batch_id, source_id, partition, position, is_same from compared where is_known or nth > 1`;

/** An order that came whole cannot also come in lines. */
const conflictingLines = `
  update staged set outcome = 'quarantined', reason = 'conflict'
  where outcome = 'accepted' and (customer_id, order_id) in (
    select (customer_id, order_id) from silver.transactions where lines = 0)`;

/** Lines that only together are more money than a DECIMAL(18,4) holds. */
const overflowingOrders = `
  update staged set outcome = 'quarantined', reason = 'amount_out_of_range'
  where outcome = 'accepted' and (customer_id, order_id) in (
    select (customer_id, order_id) from (
      select customer_id, order_id, amount from staged where outcome = 'accepted'
      union all
      select l.customer_id, l.order_id, l.amount from silver.transaction_lines l
      where (l.customer_id, l.order_id) in (select (customer_id, order_id) from staged where outcome = 'accepted')
    ) lines group by customer_id, order_id having abs(sum(amount)) >= 100000000000000)`;

/** Decides, in staged_records, which records repeat what is there and which contradict it. */
export async function classify(connection: Connection): Promise<void> {
  const kinds = await connection.strings(
    "select distinct kind from staged_records where outcome = 'accepted'",
  );
  if (kinds.includes('transactions')) {
    await connection.run(candidateKeys);
    const [found] = await connection.rows<{ n: number }>(
      'select count(*) as n from candidate_keys',
    );
    if (found !== undefined && found.n > 0) {
      await connection.run(verdicts);
      await connection.run(
        `update staged set outcome = case when is_same then 'duplicate' else 'quarantined' end,
           reason = case when is_same then null else 'conflict' end
         from verdicts v where (staged.source_id, staged.partition, staged.position)
           = (v.source_id, v.partition, v.position)`,
      );
    }
  }
  if (kinds.includes('lines')) {
    await connection.run(conflictingLines);
    await connection.run(overflowingOrders);
  }
}

/** Writes down where every record that was not accepted ended. */
export async function recordOutcomes(connection: Connection, now: string): Promise<void> {
  await connection.run(
    `insert into ops.quarantine by name
     select batch_id, ${place}, coalesce(reason, 'unknown') as reason, detail, $now::timestamp as quarantined_at
     from staged_records where outcome = 'quarantined'`,
    { now },
  );
  await connection.run(
    `insert into ops.discarded by name select batch_id, ${place}, outcome
     from staged_records where outcome in ('duplicate', 'ignored')`,
  );
}
