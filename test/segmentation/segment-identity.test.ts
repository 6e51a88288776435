import { describe, expect, test } from 'vitest';
import {
  firstIdentities,
  matchIdentities,
  segmentNames,
} from '../../pipeline/segmentation/segment-identity.ts';

const previous = [
  { id: 1, centroid: [5, 5] },
  { id: 2, centroid: [0, 5] },
  { id: 4, centroid: [5, 0] },
];

describe('segment ids', () => {
  test('of a first model follow falling mean monetary, ties the cluster index', () => {
    expect(firstIdentities([10, 500, -3, 70])).toEqual([3, 1, 4, 2]);
    expect(firstIdentities([7, 9, 7, 9])).toEqual([3, 1, 4, 2]);
    expect(firstIdentities([])).toEqual([]);
    expect(() => firstIdentities([1, Number.NaN])).toThrow('Cluster 1 has no mean monetary.');
  });

  test('stay with the clusters when a retrained model numbers and moves them differently', () => {
    expect(
      matchIdentities({
        previous,
        next: [
          [4.6, 0.3],
          [5.2, 4.9],
          [-0.4, 5.5],
        ],
      }),
    ).toEqual([4, 1, 2]);
  });

  test('are matched as a whole, not each cluster to its nearest', () => {
    const line = [
      { id: 1, centroid: [0] },
      { id: 2, centroid: [10] },
    ];
    // Both new clusters are nearest to segment 2; only one can be it, and the cheaper pairing decides.
    expect(matchIdentities({ previous: line, next: [[11], [6]] })).toEqual([2, 1]);
    expect(matchIdentities({ previous: line, next: [[6], [11]] })).toEqual([1, 2]);
  });

  test('of additional clusters go on after the highest ever given; of lost ones they are not reused', () => {
    const next = [
      [5, 5],
      [20, 20],
      [0, 5],
      [5, 0],
      [-20, -20],
    ];
    expect(matchIdentities({ previous, next })).toEqual([1, 5, 2, 4, 6]);
    expect(matchIdentities({ previous, next, highestId: 9 })).toEqual([1, 10, 2, 4, 11]);
    expect(matchIdentities({ previous, next: [[0.2, 5]] })).toEqual([2]);
    expect(matchIdentities({ previous: [], next: [[1], [2]], highestId: 3 })).toEqual([4, 5]);
    expect(() => matchIdentities({ previous, next: [[1]] })).toThrow('of 2 and of 1 features');
  });
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
