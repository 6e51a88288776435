import type { Connection } from '../engine/engine.ts';
import { quotedText } from '../engine/sql-quoting.ts';

/** What CLV models know of customers, a place each in the order of their ids; times in days. */
export interface PurchaseHistories {
  readonly customerIds: readonly string[];
  /** Repeat purchase days: days with a purchase after the first. */
  readonly frequency: Float64Array;
  /** From the first to the last of them. */
  readonly recency: Float64Array;
  /** From the first to the day from which everything is seen. */
  readonly age: Float64Array;
  /** Of a repeat purchase day; 0 where there is none. */
  readonly meanValue: Float64Array;
  /** Purchase days from `asOf` to before `until`; all 0 without it. */
  readonly later: Float64Array;
}

/** Purchase days of customers who bought before `asOf`, and what came after it until another day. */
function historiesSql(asOf: string, until: string): string {
  const day = `date ${quotedText(asOf)}`;
  return `
    with days as (
      select customer_id, cast(occurred_at as date) as day, cast(sum(amount) as double) as value
      from silver.transactions
      where amount >= 0 and occurred_at < cast(date ${quotedText(until)} as timestamp)
      group by customer_id, cast(occurred_at as date)
    ),
    firsts as (
      select customer_id, min(day) as first_day from days group by customer_id
    )
    select d.customer_id as id,
      count(case when d.day < ${day} then 1 end) - 1 as frequency,
      date_diff('day', min(d.day), max(case when d.day < ${day} then d.day end)) as recency,
      date_diff('day', min(d.day), ${day}) as age,
      coalesce(avg(case when d.day < ${day} and d.day > f.first_day then d.value end), 0) as mean_value,
      count(case when d.day >= ${day} then 1 end) as later
    from days d
    join firsts f on f.customer_id = d.customer_id
    where f.first_day < ${day}
    group by d.customer_id`;
}

/** Reads the history of every customer as of a day; with `until`, also how often they bought from then on. */
export async function purchaseHistories(
  connection: Connection,
  asOf: string,
  until: string = asOf,
): Promise<PurchaseHistories> {
  await connection.run(
    `create or replace temp table purchase_histories as ${historiesSql(asOf, until)}`,
  );
  const ids = await connection.strings('select id from purchase_histories order by id');
  const { columns } = await connection.numbers(
    `select cast(frequency as double) as frequency, cast(recency as double) as recency,
       cast(age as double) as age, mean_value, cast(later as double) as later
     from purchase_histories order by id`,
  );
  await connection.run('drop table purchase_histories');
  const column = (name: string): Float64Array => columns[name] ?? new Float64Array();
  return {
    customerIds: ids.map((id) => id ?? ''),
    frequency: column('frequency'),
    recency: column('recency'),
    age: column('age'),
    meanValue: column('mean_value'),
    later: column('later'),
  };
}
