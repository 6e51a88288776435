/* model
name: silver.customers
grain: one row per customer that some record described
description: >
  Each attribute as it was last observed; `observed` says when. The order in which records arrive does not matter.
materialize: append
replaces:
  key: [customer_id]
  rows: select customer_id from staged_records where outcome = 'accepted' and describes
checks:
  - not_null: [customer_id, observed_at]
  - unique: [customer_id]
*/
with seen as (
  select *, coalesce(occurred_at, event_time, landed_at) as seen_at
  from staged_records
  where outcome = 'accepted' and describes
),
-- Records that say no time were seen in the order in which they stand.
staged as (
  select *, row_number() over (order by seen_at, batch_id, partition, position) as nth
  from seen
),
news as (
  select
    customer_id,
    max_by(name, nth) filter (where name is not null) as name,
    max(seen_at) filter (where name is not null) as name_at,
    max_by(age, nth) filter (where age is not null) as age,
    max(seen_at) filter (where age is not null) as age_at,
    max_by(income, nth) filter (where income is not null) as income,
    max(seen_at) filter (where income is not null) as income_at,
    max_by(gender, nth) filter (where gender is not null) as gender,
    max(seen_at) filter (where gender is not null) as gender_at,
    max_by(mobile, nth) filter (where mobile is not null) as mobile,
    max(seen_at) filter (where mobile is not null) as mobile_at,
    max_by(region, nth) filter (where region is not null) as region,
    max(seen_at) filter (where region is not null) as region_at,
    max_by(signup_date, nth) filter (where signup_date is not null) as signup_date,
    max(seen_at) filter (where signup_date is not null) as signup_date_at,
    max(seen_at) as observed_at,
    max_by(batch_id, nth) as batch_id,
    max_by(source_id, nth) as source_id,
    max_by(partition, nth) as partition,
    max_by(position, nth) as position
  from staged
  group by customer_id
)
select
  n.customer_id,
  case when n.name is not null and (k.observed.name is null or n.name_at >= k.observed.name) then n.name else k.name end as name,
  case when n.age is not null and (k.observed.age is null or n.age_at >= k.observed.age) then n.age else k.age end as age,
  case when n.income is not null and (k.observed.income is null or n.income_at >= k.observed.income) then n.income else k.income end as income,
  case when n.gender is not null and (k.observed.gender is null or n.gender_at >= k.observed.gender) then n.gender else k.gender end as gender,
  case when n.mobile is not null and (k.observed.mobile is null or n.mobile_at >= k.observed.mobile) then n.mobile else k.mobile end as mobile,
  case when n.region is not null and (k.observed.region is null or n.region_at >= k.observed.region) then n.region else k.region end as region,
  case when n.signup_date is not null and (k.observed.signup_date is null or n.signup_date_at >= k.observed.signup_date) then n.signup_date else k.signup_date end as signup_date,
  greatest(n.observed_at, k.observed_at) as observed_at,
  struct_pack(
    name := greatest(n.name_at, k.observed.name),
    age := greatest(n.age_at, k.observed.age),
    income := greatest(n.income_at, k.observed.income),
    gender := greatest(n.gender_at, k.observed.gender),
    mobile := greatest(n.mobile_at, k.observed.mobile),
    region := greatest(n.region_at, k.observed.region),
    signup_date := greatest(n.signup_date_at, k.observed.signup_date)
  ) as observed,
  n.batch_id,
  n.source_id,
  n.partition,
  n.position
from news n
left join replaced k on k.customer_id = n.customer_id
