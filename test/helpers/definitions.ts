import { DAY, dayNumber, dayStart, dayText, type Transaction } from './transactions.ts';

/**
 * The definitions of the design, written once more without SQL: plain loops over all transactions, money in whole
 * ten-thousandths. The tests compare the models against it.
 */
export interface TwinFeatures {
  readonly recency_days: number;
  readonly frequency: number;
  readonly monetary: bigint;
  readonly tenure_days: number;
  readonly interpurchase_days: number | null;
  readonly discount_share: number;
  readonly refunds: number;
  readonly spent: bigint;
  readonly spentOn: ReadonlyMap<string, bigint>;
}

const total = (of: readonly Transaction[]): bigint => of.reduce((sum, t) => sum + t.amount, 0n);

function byCustomer(transactions: readonly Transaction[], end: bigint): Map<string, Transaction[]> {
  const groups = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    if (transaction.at >= end) continue;
    const group = groups.get(transaction.customer);
    if (group === undefined) groups.set(transaction.customer, [transaction]);
    else group.push(transaction);
  }
  return groups;
}

const purchasesOf = (all: readonly Transaction[]): Transaction[] =>
  all.filter(({ amount }) => amount >= 0n).toSorted((a, b) => (a.at < b.at ? -1 : 1));

function featuresOf(all: readonly Transaction[], end: bigint): TwinFeatures | null {
  const purchases = purchasesOf(all);
  const [first] = purchases;
  const last = purchases.at(-1);
  if (first === undefined || last === undefined) return null;
  const spentOn = new Map<string, bigint>();
  for (const { category, amount } of purchases) {
    if (category !== null) spentOn.set(category, (spentOn.get(category) ?? 0n) + amount);
  }
  const gaps = purchases.length - 1;
  return {
    recency_days: dayNumber(end) - dayNumber(last.at),
    frequency: purchases.length,
    monetary: total(all),
    tenure_days: dayNumber(end) - dayNumber(first.at),
    interpurchase_days: gaps === 0 ? null : Number(last.at - first.at) / Number(DAY) / gaps,
    discount_share:
      purchases.filter(({ discount }) => discount !== null && discount > 0n).length /
      purchases.length,
    refunds: all.length - purchases.length,
    spent: total(purchases),
    spentOn,
  };
}

/** Every customer with at least one purchase before the day. */
export function twinFeatures(
  transactions: readonly Transaction[],
  asOf: string,
): Map<string, TwinFeatures> {
  const end = dayStart(asOf);
  const result = new Map<string, TwinFeatures>();
  for (const [customer, all] of byCustomer(transactions, end)) {
    const features = featuresOf(all, end);
    if (features !== null) result.set(customer, features);
  }
  return result;
}

export interface TwinKpis {
  readonly customers: number;
  readonly orders: number;
  /** In ten-thousandths. */
  readonly revenue: bigint;
  readonly clv_growth: number | null;
  readonly churn_rate: number | null;
  readonly aov: number | null;
}

const ratio = (a: bigint | number, b: bigint | number): number | null =>
  Number(b) === 0 ? null : Number(a) / Number(b);

/** The KPIs of these transactions as of a day; `since` counts money and orders from that day only, as a month does. */
export function twinKpis(
  transactions: readonly Transaction[],
  options: { asOf: string; periodDays: number; churnDays: number; since?: string },
): TwinKpis {
  const { asOf, periodDays, churnDays, since } = options;
  const end = dayStart(asOf);
  const earlier = end - BigInt(periodDays) * DAY;
  const until = transactions.filter(({ at }) => at < end);
  const counted = since === undefined ? until : until.filter(({ at }) => at >= dayStart(since));
  const features = [...twinFeatures(transactions, asOf).values()];
  const churned = features.filter((customer) => customer.recency_days > churnDays).length;
  const clv = total(until);
  const before = total(until.filter(({ at }) => at < earlier));
  const orders = purchasesOf(counted).length;
  const revenue = total(counted);
  return {
    customers: features.length,
    orders,
    revenue,
    clv_growth: ratio(clv - before, before),
    churn_rate: ratio(churned, features.length),
    aov: ratio(Number(revenue) / 10_000, orders),
  };
}

/** Every month in which something happened, with the day on which it is looked at: its end, or `asOf` in the last. */
export function twinMonths(
  transactions: readonly Transaction[],
  asOf: string,
): { month: string; end: string }[] {
  const seen = new Set(
    transactions.filter(({ at }) => at < dayStart(asOf)).map(({ at }) => dayText(at).slice(0, 7)),
  );
  return [...seen].sort().map((month) => {
    const [year = 0, number = 0] = month.split('-').map(Number);
    const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
    return { month: `${month}-01`, end: next < asOf ? next : asOf };
  });
}
