/* model
name: features.customer_sums
grain: one row per customer with a transaction, as of the day @as_of
description: >
  What the features are made of and what adds up: orders, money, first and last purchases. What a run finds new is added
  to what was there; `crossed` are older transactions that the start of the period has passed since.
materialize: grown
empty: select * from parts
*/
with news as (
  select *, amount >= 0 as is_purchase
  from silver.transactions
  where occurred_at < @as_of and @is_new
),
parts as (
  select
    customer_id,
    min(case when is_purchase then occurred_at end) as first_purchase_at,
    max(case when is_purchase then occurred_at end) as last_purchase_at,
    count(case when is_purchase then 1 end) as frequency,
    count(case when not is_purchase then 1 end) as refunds,
    sum(amount) as monetary,
    sum(case when occurred_at < @period_start then amount else 0 end) as monetary_before_period,
    sum(case when is_purchase then amount else 0 end) as spent,
    count(case when is_purchase and discount_amount > 0 then 1 end) as discounted@category_sums
  from news
  group by customer_id
),
together as (
  select * from @known
  union all
  select * from parts
),
crossed as (
  select customer_id, sum(amount) as amount from silver.transactions where @crossed group by customer_id
)
select
  t.customer_id,
  min(t.first_purchase_at) as first_purchase_at,
  max(t.last_purchase_at) as last_purchase_at,
  cast(sum(t.frequency) as bigint) as frequency,
  cast(sum(t.refunds) as bigint) as refunds,
  sum(t.monetary) as monetary,
  sum(t.monetary_before_period) + coalesce(max(c.amount), 0) as monetary_before_period,
  sum(t.spent) as spent,
  cast(sum(t.discounted) as bigint) as discounted@category_totals
from together t
left join crossed c on c.customer_id = t.customer_id
group by t.customer_id
