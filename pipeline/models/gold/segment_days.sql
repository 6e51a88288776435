/* model
name: gold.segment_days
grain: one row per segment and day with transactions
description: >
  Money and orders of each day, by the segments of today. What a run finds new is added to what was there, and who moved
  takes along what came before.
materialize: grown
empty: select * from news
*/
with news as (
  select
    s.segment_id,
    cast(t.occurred_at as date) as day,
    sum(t.amount) as revenue,
    count(case when t.amount >= 0 then 1 end) as orders,
    count(*) as transactions
  from silver.transactions t
  join gold.customer_segments s on s.customer_id = t.customer_id
  where t.occurred_at < @as_of and @is_new
  group by s.segment_id, cast(t.occurred_at as date)
),
moved as (
  select
    m.from_segment_id,
    m.to_segment_id,
    cast(t.occurred_at as date) as day,
    sum(t.amount) as revenue,
    count(case when t.amount >= 0 then 1 end) as orders,
    count(*) as transactions
  from silver.transactions t
  join @movers m on m.customer_id = t.customer_id
  where not (@is_new)
  group by m.from_segment_id, m.to_segment_id, cast(t.occurred_at as date)
),
together as (
  select segment_id, day, revenue, orders, transactions from @known
  union all
  select segment_id, day, revenue, orders, transactions from news
  union all
  select to_segment_id, day, revenue, orders, transactions from moved where to_segment_id is not null
  union all
  select from_segment_id, day, -revenue, -orders, -transactions from moved where from_segment_id is not null
)
select
  t.segment_id,
  t.day,
  sum(t.revenue) as revenue,
  cast(sum(t.orders) as bigint) as orders,
  cast(sum(t.transactions) as bigint) as transactions
from together t
group by t.segment_id, t.day
having sum(t.transactions) > 0
