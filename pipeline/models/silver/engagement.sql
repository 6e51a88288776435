/* model
name: silver.engagement
grain: one row per thing a customer did
description: E-mails opened, clicks, logins and the like; kept apart from money.
materialize: append
checks:
  - not_null: [customer_id, event, occurred_at]
*/
with staged as (
  select * from staged_records where kind = 'engagement' and outcome = 'accepted'
)
select customer_id, event, channel, occurred_at, batch_id, source_id, partition, position
from staged
