import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstIdentities,
  matchIdentities,
  segmentNames,
} from '../../pipeline/segmentation/segment-identity.ts';
import { clusterRadii } from '../../pipeline/statistics/clustering/cluster-radii.ts';
import { matrixFromRows } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';

const previous = [
  { id: 1, centroid: [5, 5] },
  { id: 2, centroid: [0, 5] },
  { id: 4, centroid: [5, 0] },
];

const clusters = (...centroids: number[][]) =>
  centroids.map((centroid) => ({ centroid, radius: 0.5 }));

describe('segment ids', () => {
  test('of a first model follow falling mean monetary, ties the cluster index', () => {
    expect(firstIdentities([10, 500, -3, 70])).toEqual([3, 1, 4, 2]);
    expect(firstIdentities([7, 9, 7, 9])).toEqual([3, 1, 4, 2]);
    expect(firstIdentities([])).toEqual([]);
    expect(() => firstIdentities([1, Number.NaN])).toThrow('Cluster 1 has no mean monetary.');
  });

  test('stay with the clusters when a retrained model numbers and moves them differently', () => {
    const next = clusters([4.6, 0.3], [5.2, 4.9], [-0.4, 5.5]);
    expect(matchIdentities({ previous, next })).toEqual([4, 1, 2]);
  });

  test('are matched as a whole, not each cluster to its nearest', () => {
    const line = [
      { id: 1, centroid: [0] },
      { id: 2, centroid: [10] },
    ];
    const wide = (...places: number[]) => places.map((at) => ({ centroid: [at], radius: 4 }));
    // Both new clusters are nearest to segment 2; only one can be it, and the cheaper pairing decides.
    expect(matchIdentities({ previous: line, next: wide(11, 6) })).toEqual([2, 1]);
    expect(matchIdentities({ previous: line, next: wide(6, 11) })).toEqual([1, 2]);
  });

  test('of additional clusters go on after the highest ever given; of lost ones they are not reused', () => {
    const next = clusters([5, 5], [20, 20], [0, 5], [5, 0], [-20, -20]);
    expect(matchIdentities({ previous, next })).toEqual([1, 5, 2, 4, 6]);
    expect(matchIdentities({ previous, next, highestId: 9 })).toEqual([1, 10, 2, 4, 11]);
    expect(matchIdentities({ previous, next: clusters([0.2, 5]) })).toEqual([2]);
    const first = { previous: [], next: clusters([1], [2]), highestId: 3 };
    expect(matchIdentities(first)).toEqual([4, 5]);
    expect(() => matchIdentities({ previous, next: clusters([1]) })).toThrow('of 2 and of 1');
  });

  test('of a cluster that has not moved stay, whatever comes in place of another', () => {
    const two = previous.slice(0, 2);
    expect(matchIdentities({ previous: two, next: clusters([5, 5], [-1000, 900]) })).toEqual([
      1, 3,
    ]);
    // Passing ids along the line would save more than keeping the middle one costs.
    const line = [
      { id: 1, centroid: [0] },
      { id: 2, centroid: [1.3] },
    ];
    const next = [0, -1.3].map((at) => ({ centroid: [at], radius: 1 }));
    expect(matchIdentities({ previous: line, next })).toEqual([1, 3]);
  });

  test('are all new where the clusters have nothing to do with those before', () => {
    const next = clusters([105, 5], [100, 5], [105, 0]);
    expect(matchIdentities({ previous, next })).toEqual([5, 6, 7]);
  });

  test('go with a tight segment as far as the old model would have followed it', () => {
    expect(matchIdentities({ previous, next: clusters([5, 2.4], [0, 2.6]) })).toEqual([4, 2]);
    const lone = [{ id: 1, centroid: [3] }];
    expect(matchIdentities({ previous: lone, next: [{ centroid: [9], radius: 0 }] })).toEqual([1]);
  });

  const coordinate = fc.integer({ min: -90, max: 90 }).map((tenths) => tenths / 10);
  const place = fc.tuple(coordinate, coordinate);
  const places = fc.uniqueArray(place, { minLength: 1, maxLength: 6, selector: String });
  const radius = fc.double({ min: 0, max: 3, noNaN: true });

  test('are the same for the same model, in whatever order, and one far cluster more changes none', () => {
    fc.assert(
      fc.property(places, radius, fc.infiniteStream(fc.nat()), (known, spread, keys) => {
        const before = known.map((centroid, i) => ({ id: 3 * i + 2, centroid }));
        const order = before
          .map((segment) => ({ ...segment, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key);
        const next = order.map(({ centroid }) => ({ centroid, radius: spread }));
        const ids = order.map(({ id }) => id);
        expect(matchIdentities({ previous: before, next })).toEqual(ids);
        const more = [{ centroid: [1e4, -1e4], radius: spread }, ...next];
        const highest = Math.max(...ids);
        expect(matchIdentities({ previous: before, next: more })).toEqual([highest + 1, ...ids]);
      }),
    );
  });

  test('move with the clusters when these are numbered otherwise', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 6 }), (seed, count) => {
        const random = createRandom(seed);
        const at = () => [9 * random.float(), 9 * random.float()];
        const known = Array.from({ length: 4 }, (_, i) => ({ id: i + 1, centroid: at() }));
        const next = Array.from({ length: count }, () => ({
          centroid: at(),
          radius: random.float(),
        }));
        const kept = (ids: readonly number[]) => ids.map((id) => (id > 4 ? null : id));
        const ids = matchIdentities({ previous: known, next });
        const reversed = matchIdentities({ previous: known, next: next.toReversed() });
        expect(kept(reversed)).toEqual(kept(ids).toReversed());
        expect(new Set(ids).size).toBe(count);
      }),
    );
  });
});

test('the radius of a cluster is the root mean square distance of its rows', () => {
  const rows = matrixFromRows([
    [0, 0],
    [6, 8],
    [1, 1],
  ]);
  const centroids = matrixFromRows([
    [3, 4],
    [1, 1],
  ]);
  const labels = Int32Array.of(0, 0, 1);
  expect(clusterRadii(rows, { labels, centroids })).toEqual([5, 0]);
});

describe('segment names', () => {
  test('are the four tiers and then numbers, and known names are kept', () => {
    const fresh = segmentNames([1, 2, 3, 4, 5, 12], new Map());
    expect([...fresh.values()]).toEqual([
      'Platinum',
      'Gold',
      'Silver',
      'Bronze',
      'Segment 5',
      'Segment 12',
    ]);
    const known = new Map([
      [2, 'Regulars'],
      [5, 'Silver'],
    ]);
    expect([...segmentNames([5, 1, 2, 3], known)]).toEqual([
      [5, 'Silver'],
      [1, 'Platinum'],
      [2, 'Regulars'],
      [3, 'Segment 3'],
    ]);
  });
});
