import { describe, expect, it } from 'vitest';
import { explain } from '../../pipeline/segmentation/explain.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { assigned, trained } from '../helpers/trained-workspace.ts';

describe('explain', () => {
  it('names the segment that the customer is in, by distances that add up feature by feature', async () => {
    const { context } = await trained(shoppers(0, 40));
    const segments = await assigned(context.connection);
    for (const [customer, { segment_id, segment_name }] of [...segments].slice(0, 8)) {
      const why = await explain(context.connection, customer);
      expect(why).toMatchObject({
        segmentId: segment_id,
        segmentName: segment_name,
        modelVersion: 1,
      });
      const [own, other] = why.distances;
      const sum = why.features.reduce((total, { inFavour }) => total + (inFavour ?? 0), 0);
      expect(sum).toBeCloseTo((other?.distance ?? 0) ** 2 - (own?.distance ?? 0) ** 2, 9);
      expect(why.nearestOther).toBe(other?.segmentName);
    }
    await expect(explain(context.connection, 'nobody')).rejects.toMatchObject({
      code: 'CUSTOMER_UNKNOWN',
    });
  });
});
