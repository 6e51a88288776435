/* model
name: silver.transactions
grain: one row per order of a customer
description: >
  Purchases (amount >= 0) and refunds (amount < 0). An order that came in lines is their sum, at its earliest time,
  in the category that most of its money went to; `lines` is then their number, otherwise 0.
materialize: append
replaces:
  key: [customer_id, order_id]
  rows: select customer_id, order_id from staged_records where kind = 'lines' and outcome = 'accepted'
checks:
  - not_null: [customer_id, order_id, occurred_at, amount]
  - unique: [customer_id, order_id]
*/
with staged as (
  select * from staged_records where kind = 'transactions' and outcome = 'accepted'
),
touched as (
  select distinct customer_id, order_id from staged_records where kind = 'lines' and outcome = 'accepted'
),
lines as (
  select l.* from silver.transaction_lines l
  where exists (select 1 from touched t where t.customer_id = l.customer_id and t.order_id = l.order_id)
),
money_by_category as (
  select customer_id, order_id, category, sum(amount) as amount from lines group by customer_id, order_id, category
),
main_category as (
  select customer_id, order_id, max_by(category, struct_pack(amount := amount, category := category)) as category from money_by_category group by customer_id, order_id
),
orders as (
  select
    customer_id,
    order_id,
    min(occurred_at) as occurred_at,
    cast(sum(amount) as decimal(18,4)) as amount,
    min(currency) as currency,
    cast(count(*) as integer) as lines,
    min(batch_id) as batch_id,
    min_by(source_id, (batch_id, partition, position)) as source_id,
    min_by(partition, (batch_id, partition, position)) as partition,
    min_by(position, (batch_id, partition, position)) as position
  from lines
  group by customer_id, order_id
)
select
  customer_id, order_id, occurred_at, amount, category, currency, payment_method, coupon_used, discount_amount,
  0 as lines, batch_id, source_id, partition, position
from staged
union all
select
  o.customer_id, o.order_id, o.occurred_at, o.amount, c.category, o.currency, null, null, null,
  o.lines, o.batch_id, o.source_id, o.partition, o.position
from orders o
join main_category c on c.customer_id = o.customer_id and c.order_id = o.order_id
