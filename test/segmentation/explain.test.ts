import { describe, expect, it } from 'vitest';
import { explain } from '../../pipeline/segmentation/explain.ts';
import { requireLatestModel } from '../../pipeline/segmentation/model-store.ts';
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
      expect(why.confidence).toBeCloseTo(1 - (own?.distance ?? 0) / (other?.distance ?? 1), 9);
      expect(why.sentence).toContain(`${segment_name} rather than ${other?.segmentName}`);
    }
    await expect(explain(context.connection, 'nobody')).rejects.toMatchObject({
      code: 'CUSTOMER_UNKNOWN',
    });
  });

  it('gives changes that really move the customer, with the arithmetic written out', async () => {
    const { context } = await trained(shoppers(0, 40));
    const { preprocessing, centroids, segments } = await requireLatestModel(context.connection);
    const segmentOf = (values: readonly number[]): number | undefined => {
      const scaled = values.map((value, i) => {
        const { center = 0, scale = 1 } = preprocessing.columns[i] ?? {};
        return (Math.sign(value) * Math.log(1 + Math.abs(value)) - center) / scale;
      });
      const distances = centroids.map((centroid) =>
        Math.hypot(...centroid.map((c, i) => c - (scaled[i] ?? 0))),
      );
      return segments[distances.indexOf(Math.min(...distances))]?.id;
    };
    let changes = 0;
    for (const customer of (await assigned(context.connection)).keys()) {
      const why = await explain(context.connection, customer);
      const before = why.features.map(({ value }) => value);
      expect(segmentOf(before)).toBe(why.segmentId);
      expect(new Set(why.changes.map(({ toId }) => toId)).has(why.segmentId)).toBe(false);
      for (const change of why.changes) {
        const after = why.features.map(
          ({ feature, value }) =>
            change.changes.find((one) => one.feature === feature)?.to ?? value,
        );
        expect(segmentOf(after)).toBe(change.toId);
        // Whole orders and days, cents, nothing below 0.
        for (const { feature, to } of change.changes) {
          expect(to).toBeGreaterThanOrEqual(feature === 'frequency' ? 1 : 0);
          const steps = feature === 'monetary' ? to * 100 : to;
          expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
        }
        changes += 1;
      }
    }
    expect(changes).toBeGreaterThan(60);
  });
});
