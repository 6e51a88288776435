/* model
name: gold.segment_kpis_monthly
grain: one row per month and segment, and one a month with segment_id NULL for the whole
description: >
  The KPIs as they stood at the end of each month (at as_of in the last one), by the segments of today. AOV, revenue,
  orders and contribution are the month's own; CLV growth looks back over the period from the month's end.
materialize: table
checks:
  - rows: select month from gold.segment_kpis_monthly where churn_rate < 0 or churn_rate > 1
*/
with segments as (
  select distinct segment_id, segment_name from gold.customer_segments
),
months as (
  select distinct cast(date_trunc('month', day) as date) as month from gold.segment_days
),
ends as (
  select month, least(cast(month + interval '1' month as date), cast(@as_of as date)) as month_end from months
),
money as (
  select
    e.month,
    d.segment_id,
    sum(case when d.day >= e.month then d.revenue else 0 end) as revenue,
    sum(case when d.day >= e.month then d.orders else 0 end) as orders,
    sum(d.revenue) as clv,
    sum(case when d.day < @days_before(e.month_end, @period_days) then d.revenue else 0 end) as clv_before
  from ends e
  join gold.segment_days d on d.day < e.month_end
  group by e.month, d.segment_id
),
gaps as (
  select s.segment_id, p.month, p.last_day, p.next_month
  from gold.purchase_gaps p
  join gold.customer_segments s on s.customer_id = p.customer_id
  -- Until the next run silver may hold earlier purchases than features: nobody leaves before the month they arrive in.
  join features.customer_features f on f.customer_id = p.customer_id and cast(f.first_purchase_at as date) <= p.last_day
),
churned as (
  select e.month, g.segment_id, count(*) as churned
  from ends e
  join gaps g
    on g.month <= e.month and (g.next_month is null or e.month < g.next_month)
   and @days_between(g.last_day, e.month_end) > @churn_days
  group by e.month, g.segment_id
),
arrivals as (
  select s.segment_id, cast(date_trunc('month', f.first_purchase_at) as date) as month, count(*) as customers
  from features.customer_features f
  join gold.customer_segments s on s.customer_id = f.customer_id
  group by s.segment_id, cast(date_trunc('month', f.first_purchase_at) as date)
),
known as (
  select e.month, a.segment_id, sum(a.customers) as customers
  from ends e join arrivals a on a.month <= e.month
  group by e.month, a.segment_id
),
parts as (
  select
    m.month, m.segment_id, m.revenue, m.orders, m.clv, m.clv_before,
    coalesce(k.customers, 0) as customers, coalesce(c.churned, 0) as churned
  from money m
  left join known k on k.month = m.month and k.segment_id = m.segment_id
  left join churned c on c.month = m.month and c.segment_id = m.segment_id
),
sums as (
  select
    month, segment_id, sum(revenue) as revenue, sum(orders) as orders, sum(clv) as clv,
    sum(clv_before) as clv_before, sum(customers) as customers, sum(churned) as churned
  from parts
  group by grouping sets ((month, segment_id), (month))
),
wholes as (
  select month, revenue from sums where segment_id is null
)
select
  s.month,
  s.segment_id,
  g.segment_name,
  cast(s.customers as bigint) as customers,
  cast(s.orders as bigint) as orders,
  s.revenue,
  cast(s.clv - s.clv_before as double) / nullif(cast(s.clv_before as double), 0) as clv_growth,
  cast(s.churned as double) / nullif(cast(s.customers as double), 0) as churn_rate,
  cast(s.revenue as double) / nullif(cast(s.orders as double), 0) as aov,
  cast(s.revenue as double) / nullif(cast(w.revenue as double), 0) as contribution
from sums s
join wholes w on w.month = s.month
left join segments g on g.segment_id = s.segment_id
