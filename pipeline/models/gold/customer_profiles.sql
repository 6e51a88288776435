/* model
name: gold.customer_profiles
grain: one row per customer with at least one purchase
description: Who the customer is, what the features say, and the segment; what a marketer reads.
materialize: table
checks:
  - unique: [customer_id]
  - relationships: { column: customer_id, to: features.customer_features }
*/
with engagement as (
  select customer_id, count(*) as engagement_events, max(occurred_at) as last_engaged_at
  from silver.engagement
  where occurred_at < @as_of
  group by customer_id
)
select
  f.customer_id,
  c.name,
  c.age,
  c.income,
  c.gender,
  c.mobile,
  c.region,
  c.signup_date,
  s.segment_id,
  s.segment_name,
  f.recency_days,
  f.frequency,
  f.monetary,
  f.aov,
  f.tenure_days,
  f.interpurchase_days,
  f.discount_share,
  f.historical_clv,
  coalesce(e.engagement_events, 0) as engagement_events,
  e.last_engaged_at,
  f.as_of
from features.customer_features f
left join silver.customers c on c.customer_id = f.customer_id
left join gold.customer_segments s on s.customer_id = f.customer_id
left join engagement e on e.customer_id = f.customer_id
