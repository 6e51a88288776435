import fc from 'fast-check';
import { expect, test } from 'vitest';
import { risingOrder } from '../../pipeline/statistics/rising-order.ts';

test('positions are in the order that comparing values gives, equal ones as they stand', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constant(-0),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 50 }), (values) => {
      const compared = [...values.keys()].sort((a, b) => {
        const [first = 0, second = 0] = [values[a], values[b]];
        return first < second ? -1 : first > second ? 1 : a - b;
      });
      expect([...risingOrder(Float64Array.from(values))]).toEqual(compared);
    }),
  );
});
