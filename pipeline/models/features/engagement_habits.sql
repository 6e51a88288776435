/* model
name: features.engagement_habits
grain: one row per customer with at least one purchase, as of the day @as_of
description: >
  How much a customer has to do with us besides buying: events per 30 days since the first purchase (of 30 days at
  least), and days since the last event, which whoever never had one does not have. A view.
materialize: view
*/
with events as (
  select customer_id, event, occurred_at from silver.engagement where occurred_at < @as_of
),
totals as (
  select
    customer_id,
    count(*) as events,
    max(occurred_at) as last_engaged_at@event_counts
  from events
  group by customer_id
),
customers as (
  select customer_id, cast(greatest(tenure_days, 30) as double) / 30 as months from features.customer_features
)
select
  c.customer_id,
  @days_between(t.last_engaged_at, @as_of) as engagement_recency_days,
  coalesce(t.events, 0) / c.months as engagement_rate@event_rates
from customers c
left join totals t on t.customer_id = c.customer_id
