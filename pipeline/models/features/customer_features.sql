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
from features.customer_sums
where frequency > 0
