import type { CohortCell } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';

const cells = `
  with purchases as (
    select customer_id, cast(date_trunc('month', occurred_at) as date) as month, sum(amount) as revenue
    from silver.transactions where amount >= 0
    group by customer_id, cast(date_trunc('month', occurred_at) as date)
  ),
  firsts as (
    select customer_id, min(month) as cohort from purchases group by customer_id
  ),
  sizes as (
    select cohort, count(*) as customers from firsts group by cohort
  )
  select strftime(f.cohort, '%Y-%m') as cohort,
    cast(date_diff('month', f.cohort, p.month) as integer) as age,
    any_value(s.customers) as customers, count(*) as active, cast(sum(p.revenue) as double) as revenue
  from purchases p
  join firsts f on f.customer_id = p.customer_id
  join sizes s on s.cohort = f.cohort
  group by f.cohort, p.month
  order by f.cohort, p.month`;

/**
 * Customers by the month (UTC) of their first purchase: how many of them bought, and for how much, in that month and each
 * after it. A month in which none of a cohort bought has no row. Refunds are left out.
 */
export function readCohorts(connection: Connection): Promise<CohortCell[]> {
  return connection.rows<CohortCell & Record<string, string | number>>(cells);
}
