/** A kind of customer. Rates and levels are relative to each other; within a kind both vary widely. */
export interface Archetype {
  readonly name: string;
  /** Share of all customers. */
  readonly share: number;
  /** Purchases while active. */
  readonly rate: number;
  /** Price level. */
  readonly level: number;
  /** Mean days until the customer leaves for good. */
  readonly lifetimeDays: number;
  /** Share of new customers who never come back after the first days. */
  readonly oneOff: number;
  /** Share of purchases with a coupon, outside flash sales. */
  readonly coupons: number;
  /** Engagement events while active. */
  readonly attention: number;
}

/** From the most to the least valuable. */
export const archetypes: readonly Archetype[] = [
  {
    name: 'devoted',
    share: 0.12,
    rate: 4.2,
    level: 1.85,
    lifetimeDays: 3600,
    oneOff: 0,
    coupons: 0.08,
    attention: 3,
  },
  {
    name: 'steady',
    share: 0.33,
    rate: 1.7,
    level: 1.25,
    lifetimeDays: 1500,
    oneOff: 0.04,
    coupons: 0.14,
    attention: 1.4,
  },
  {
    name: 'occasional',
    share: 0.35,
    rate: 0.8,
    level: 0.9,
    lifetimeDays: 900,
    oneOff: 0.12,
    coupons: 0.2,
    attention: 0.8,
  },
  {
    name: 'bargain',
    share: 0.2,
    rate: 0.75,
    level: 0.6,
    lifetimeDays: 420,
    oneOff: 0.18,
    coupons: 0.5,
    attention: 1,
  },
];
