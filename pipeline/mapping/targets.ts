/** How a target column is read from text, and what is refused. */
export type TargetType = 'id' | 'text' | 'money' | 'time' | 'date' | 'whole' | 'flag' | 'gender';

export interface Target {
  readonly name: string;
  readonly type: TargetType;
}

export type MappingKind = 'transactions' | 'engagement' | 'customers';

const identity: readonly Target[] = [{ name: 'customer_id', type: 'id' }];

const purchase: readonly Target[] = [
  { name: 'occurred_at', type: 'time' },
  { name: 'order_id', type: 'id' },
  { name: 'amount', type: 'money' },
  { name: 'category', type: 'text' },
  { name: 'currency', type: 'text' },
  { name: 'payment_method', type: 'text' },
  { name: 'coupon_used', type: 'flag' },
  { name: 'discount_amount', type: 'money' },
  { name: 'product', type: 'text' },
  { name: 'quantity', type: 'money' },
];

/** What is known of a person, whichever record brings it. */
export const attributes: readonly Target[] = [
  { name: 'name', type: 'text' },
  { name: 'age', type: 'whole' },
  { name: 'income', type: 'money' },
  { name: 'gender', type: 'gender' },
  { name: 'mobile', type: 'text' },
  { name: 'region', type: 'text' },
  { name: 'signup_date', type: 'date' },
];

const engagement: readonly Target[] = [
  { name: 'event', type: 'text' },
  { name: 'channel', type: 'text' },
];

/** Every column of a staged record, in order: the same for all kinds, so that one table holds them. */
export const targets: readonly Target[] = [...identity, ...purchase, ...attributes, ...engagement];

export const required: Readonly<Record<MappingKind, readonly string[]>> = {
  transactions: ['customer_id', 'occurred_at', 'amount'],
  engagement: ['customer_id', 'occurred_at', 'event'],
  customers: ['customer_id'],
};

export const sqlType: Readonly<Record<TargetType, string>> = {
  id: 'varchar',
  text: 'varchar',
  money: 'decimal(18,4)',
  time: 'timestamp',
  date: 'date',
  whole: 'integer',
  flag: 'boolean',
  gender: 'varchar',
};
