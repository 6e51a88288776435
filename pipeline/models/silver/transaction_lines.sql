/* model
name: silver.transaction_lines
grain: one row per accepted line of an order; two equal lines are two lines
description: Lines of sources that are written line by line, typed, with where each came from.
materialize: append
checks:
  - not_null: [customer_id, order_id, occurred_at, amount]
  - unique: [source_id, partition, position]
*/
with staged as (
  select * from staged_records where kind = 'lines' and outcome = 'accepted'
)
select
  batch_id,
  source_id,
  partition,
  position,
  customer_id,
  order_id,
  occurred_at,
  amount,
  category,
  currency,
  product,
  quantity
from staged
