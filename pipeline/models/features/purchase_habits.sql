/* model
name: features.purchase_habits
grain: one row per customer with at least one purchase, as of the day @as_of
description: >
  When and how a customer buys: hours and days (UTC), how even the gaps between purchases are, coupons, refunds.
  A view: it costs nothing until a recipe asks for it.
materialize: view
*/
with transactions as (
  select
    customer_id,
    occurred_at,
    amount >= 0 as is_purchase,
    coupon_used,
    extract(hour from occurred_at) as hour,
    @weekday(occurred_at) as weekday
  from silver.transactions
  where occurred_at < @as_of
),
gaps as (
  select
    customer_id,
    cast(@seconds_between(lag(occurred_at) over (partition by customer_id order by occurred_at), occurred_at) as double) as gap
  from transactions
  where is_purchase
),
evenness as (
  select customer_id, count(gap) as gaps, avg(gap) as mean_gap, stddev_pop(gap) as gap_deviation
  from gaps
  group by customer_id
),
counts as (
  select
    customer_id,
    count(case when is_purchase then 1 end) as purchases,
    count(*) as transactions,
    count(case when is_purchase and coupon_used then 1 end) as with_coupon,
    count(case when is_purchase and weekday >= 5 then 1 end) as at_weekends,
    count(case when is_purchase and hour < 6 then 1 end) as at_night,
    count(case when is_purchase and hour >= 6 and hour < 12 then 1 end) as in_mornings,
    count(case when is_purchase and hour >= 12 and hour < 18 then 1 end) as in_afternoons,
    count(case when is_purchase and hour >= 18 then 1 end) as in_evenings
  from transactions
  group by customer_id
)
select
  c.customer_id,
  -- Of two gaps or more: with one there is nothing to vary.
  case when e.gaps > 1 and e.mean_gap > 0 then e.gap_deviation / e.mean_gap end as interpurchase_variation,
  cast(c.with_coupon as double) / c.purchases as coupon_share,
  cast(c.transactions - c.purchases as double) / c.transactions as refund_share,
  cast(c.at_weekends as double) / c.purchases as weekend_share,
  cast(c.at_night as double) / c.purchases as night_share,
  cast(c.in_mornings as double) / c.purchases as morning_share,
  cast(c.in_afternoons as double) / c.purchases as afternoon_share,
  cast(c.in_evenings as double) / c.purchases as evening_share
from counts c
left join evenness e on e.customer_id = c.customer_id
where c.purchases > 0
