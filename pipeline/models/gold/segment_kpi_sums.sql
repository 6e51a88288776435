/* model
name: gold.segment_kpi_sums
grain: one row per segment, and one with segment_id NULL for the whole
description: >
  Sums over customers from which gold.segment_kpis and its confidence intervals follow, and the days that both were made
  with. Revenue and what of it lay before the period are exact; all else of money is in doubles: `before` is money before
  the period, `grown` money within it; a name that ends in 2 is a sum of squares.
materialize: table
*/
with customers as (
  select
    s.segment_id,
    f.monetary,
    f.monetary_before_period,
    f.frequency,
    cast(f.monetary as double) as money,
    cast(f.frequency as double) as orders,
    cast(f.monetary_before_period as double) as before,
    cast(f.monetary - f.monetary_before_period as double) as grown,
    f.recency_days > @churn_days as is_churned
  from features.customer_features f
  join gold.customer_segments s on s.customer_id = f.customer_id
)
select
  segment_id,
  count(*) as customers,
  cast(sum(frequency) as bigint) as frequency,
  sum(monetary) as revenue,
  sum(monetary_before_period) as revenue_before_period,
  fsum(money) as money,
  fsum(money * money) as money2,
  fsum(orders) as orders,
  fsum(orders * orders) as orders2,
  fsum(money * orders) as money_orders,
  fsum(before) as before,
  fsum(before * before) as before2,
  fsum(grown) as grown,
  fsum(grown * grown) as grown2,
  fsum(grown * before) as grown_before,
  count(case when is_churned then 1 end) as churned,
  cast(@period_days as integer) as period_days,
  cast(@churn_days as integer) as churn_days
from customers
group by grouping sets ((segment_id), ())
