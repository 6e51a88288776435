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
crossed as (
  select customer_id, sum(amount) as amount from silver.transactions where @crossed group by customer_id
)
select
  coalesce(k.customer_id, p.customer_id) as customer_id,
  coalesce(least(k.first_purchase_at, p.first_purchase_at), k.first_purchase_at, p.first_purchase_at) as first_purchase_at,
  coalesce(greatest(k.last_purchase_at, p.last_purchase_at), k.last_purchase_at, p.last_purchase_at) as last_purchase_at,
  coalesce(k.frequency, 0) + coalesce(p.frequency, 0) as frequency,
  coalesce(k.refunds, 0) + coalesce(p.refunds, 0) as refunds,
  coalesce(k.monetary, 0) + coalesce(p.monetary, 0) as monetary,
  coalesce(k.monetary_before_period, 0) + coalesce(p.monetary_before_period, 0) + coalesce(c.amount, 0) as monetary_before_period,
  coalesce(k.spent, 0) + coalesce(p.spent, 0) as spent,
  coalesce(k.discounted, 0) + coalesce(p.discounted, 0) as discounted@category_totals
from @known k
full join parts p on p.customer_id = k.customer_id
left join crossed c on c.customer_id = coalesce(k.customer_id, p.customer_id)
