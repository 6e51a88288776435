/* model
name: gold.segment_kpis
grain: one row per segment, and one with segment_id NULL for the whole
description: >
  CLV growth over the period, churn rate, average order value and contribution as of the day. A ratio whose
  denominator is 0 has no value.
materialize: table
checks:
  - rows: select segment_id from gold.segment_kpis where churn_rate < 0 or churn_rate > 1 or customers < 0
  - rows: >
      select w.revenue from gold.segment_kpis w
      where w.segment_id is null
        and w.revenue <> (select sum(p.revenue) from gold.segment_kpis p where p.segment_id is not null)
*/
with sums as (
  select * from gold.segment_kpi_sums
),
names as (
  select distinct segment_id, segment_name from gold.customer_segments
),
whole as (
  select revenue from sums where segment_id is null
)
select
  s.segment_id,
  n.segment_name,
  s.customers,
  s.frequency as orders,
  s.revenue,
  cast(s.revenue - s.revenue_before_period as double) / nullif(cast(s.revenue_before_period as double), 0) as clv_growth,
  cast(s.churned as double) / nullif(s.customers, 0) as churn_rate,
  cast(s.revenue as double) / nullif(cast(s.frequency as double), 0) as aov,
  cast(s.revenue as double) / nullif(cast(w.revenue as double), 0) as contribution,
  cast(@as_of as date) as as_of
from sums s
cross join whole w
left join names n on n.segment_id = s.segment_id
where s.customers > 0
