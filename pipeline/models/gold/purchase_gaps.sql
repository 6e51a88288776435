/* model
name: gold.purchase_gaps
grain: one row per customer and month after which no purchase came for more than @churn_days, or none yet
description: >
  When customers were away: the last day of a month's purchases and the next month with one. What a run finds new goes on
  from the gap that is still open; a customer who is found to have bought before it is looked at anew.
materialize: grown
empty: >
  select customer_id, cast(null as date) as month, cast(null as date) as last_day, cast(null as date) as next_month
  from silver.transactions
*/
with known as (
  select customer_id, month, last_day, next_month from @known
),
news as (
  select customer_id, occurred_at from silver.transactions where amount >= 0 and occurred_at < @as_of and @is_new
),
late as (
  select distinct k.customer_id
  from known k
  join news n on n.customer_id = k.customer_id and n.occurred_at < cast(k.month as timestamp)
  where k.next_month is null
),
purchases as (
  select customer_id, occurred_at from news
  union all
  select customer_id, cast(last_day as timestamp) from known where next_month is null
  union all
  select t.customer_id, t.occurred_at
  from silver.transactions t
  join late l on l.customer_id = t.customer_id
  where t.amount >= 0 and t.occurred_at < @as_of
),
months as (
  select
    customer_id,
    cast(date_trunc('month', occurred_at) as date) as month,
    cast(max(occurred_at) as date) as last_day
  from purchases
  group by customer_id, cast(date_trunc('month', occurred_at) as date)
),
spans as (
  select
    customer_id,
    month,
    last_day,
    lead(month) over (partition by customer_id order by month) as next_month
  from months
)
select customer_id, month, last_day, next_month
from spans
where next_month is null or @days_between(last_day, next_month) > @churn_days
union all
select k.customer_id, k.month, k.last_day, k.next_month
from known k
anti join late l on l.customer_id = k.customer_id
where k.next_month is not null
