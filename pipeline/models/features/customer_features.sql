/* model
name: features.customer_features
grain: one row per customer with at least one purchase, as of the day @as_of
description: >
  Recency, frequency, monetary and what follows from them. A purchase is a transaction with amount >= 0; a refund
  lowers money and nothing else.
materialize: table
checks:
  - not_null: [customer_id, recency_days, frequency, monetary, aov, tenure_days]
  - unique: [customer_id]
  - rows: select customer_id from features.customer_features where recency_days < 0 or tenure_days < recency_days or frequency < 1
*/
with transactions as (
  select *, amount >= 0 as is_purchase
  from silver.transactions
  where occurred_at < @as_of
),
totals as (
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
  from transactions
  group by customer_id
)
select
  customer_id,
  cast(@as_of as date) as as_of,
  @days_between(last_purchase_at, @as_of) as recency_days,
  frequency,
  monetary,
  cast(monetary as double) / frequency as aov,
  @days_between(first_purchase_at, @as_of) as tenure_days,
  case when frequency > 1
    then @seconds_between(first_purchase_at, last_purchase_at) / 86400.0 / (frequency - 1) end as interpurchase_days,
  cast(discounted as double) / frequency as discount_share,
  monetary as historical_clv,
  monetary_before_period,
  refunds,
  first_purchase_at,
  last_purchase_at@category_shares
from totals
where frequency > 0
