import type { GenerateOptions } from './options.ts';

const PURCHASES_PER_CUSTOMER = 12;
const EVENTS_PER_CUSTOMER = 24;

/** What `strata demo` ingests: purchases with a small share of everything that goes wrong in life. */
export function demoPlan(customers: number, seed: number): GenerateOptions[] {
  return [
    { preset: 'demographics', count: customers, customers, seed },
    {
      preset: 'bridgecart',
      count: customers * PURCHASES_PER_CUSTOMER,
      customers,
      seed,
      faults: {
        duplicate: 0.01,
        late: 0.012,
        malformed_json: 0.003,
        wrong_type: 0.003,
        refund: 0.02,
        unknown_category: 0.002,
        schema_drift: 0.008,
        tombstone: 0.002,
        conflict: 0.001,
        invalid_utf8: 0.001,
      },
    },
    {
      preset: 'engagement',
      count: customers * EVENTS_PER_CUSTOMER,
      customers,
      seed,
      faults: { late: 0.01, malformed_json: 0.002, schema_drift: 0.005 },
    },
  ];
}
