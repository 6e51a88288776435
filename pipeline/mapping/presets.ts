import { type Mapping, mapping } from './mapping.ts';

const onlineRetail = {
  kind: 'transactions',
  lines: true,
  fields: {
    customer_id: 'CustomerID',
    order_id: 'InvoiceNo',
    occurred_at: 'InvoiceDate',
    amount: 'Quantity * UnitPrice',
    currency: "'GBP'",
    product: 'StockCode',
    quantity: 'Quantity',
    region: 'Country',
  },
} as const;

/** The shipped mappings, by name. */
export const presets: ReadonlyMap<string, Mapping> = new Map(
  [
    {
      name: 'bank',
      description:
        'Bank transactions: customer_id, amount, category, timestamp, perhaps transaction_id',
      kind: 'transactions',
      identity: 'order-or-position',
      fields: {
        customer_id: 'customer_id',
        occurred_at: 'timestamp',
        order_id: 'transaction_id',
        amount: 'amount',
        category: 'category',
        currency: 'currency',
      },
    },
    {
      name: 'bridgecart',
      description:
        'Shop purchases with the customer in the same record; a purchase is customer and purchase_date',
      kind: 'transactions',
      identity: 'time',
      fields: {
        customer_id: 'customer_id',
        occurred_at: 'purchase_date',
        amount: 'purchase_amount',
        category: 'product_category',
        payment_method: 'payment_method',
        coupon_used: 'coupon_used',
        discount_amount: 'discount_amount',
        name: 'name',
        age: 'age',
        income: 'income',
        gender: 'gender',
        mobile: 'mobile',
      },
    },
    {
      name: 'orders',
      description: 'Orders: order_id, customer_id, order_ts, amount, category, currency',
      kind: 'transactions',
      fields: {
        customer_id: 'customer_id',
        order_id: 'order_id',
        occurred_at: 'order_ts',
        amount: 'amount',
        category: 'category',
        currency: 'currency',
      },
    },
    {
      name: 'engagement',
      description: 'What customers did: customer_id, event, channel, timestamp',
      kind: 'engagement',
      identity: 'position',
      fields: {
        customer_id: 'customer_id',
        occurred_at: 'timestamp',
        event: 'event',
        channel: 'channel',
      },
    },
    {
      name: 'demographics',
      description: 'Who customers are: customer_id, name, age, income, gender, region, signup_date',
      kind: 'customers',
      identity: 'position',
      fields: {
        customer_id: 'customer_id',
        name: 'name',
        age: 'age',
        income: 'income',
        gender: 'gender',
        region: 'region',
        signup_date: 'signup_date',
      },
    },
    {
      name: 'online_retail',
      description: 'UCI Online Retail, one record an invoice line; cancellations become refunds',
      ...onlineRetail,
      reject: [{ reason: 'price_not_positive', when: 'UnitPrice <= 0' }],
    },
    {
      name: 'online_retail_purchases',
      description: 'UCI Online Retail, purchases only: no cancellation, quantity and price above 0',
      ...onlineRetail,
      reject: [
        { reason: 'cancellation', when: "starts_with(InvoiceNo, 'C')" },
        { reason: 'quantity_not_positive', when: 'Quantity <= 0' },
        { reason: 'price_not_positive', when: 'UnitPrice <= 0' },
      ],
    },
  ].map((preset) => [preset.name, mapping.parse(preset)]),
);
