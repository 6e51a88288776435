import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Succession, SweptCluster } from '../../pipeline/contract/segmentation.ts';
import { ClusterList } from '../../renderer/panels/tuning/cluster-list.tsx';
import { recipeLink } from '../../renderer/panels/tuning/recipe-link.ts';
import {
  dissolvedWords,
  stabilityGrade,
  stabilityText,
} from '../../renderer/panels/tuning/stability-words.ts';
import {
  streamWords,
  successionRows,
  successionWords,
} from '../../renderer/panels/tuning/succession-rows.ts';

const flow = (
  fromId: number | null,
  fromName: string | null,
  to: readonly [number, string],
  customers: number,
) => ({ fromId, fromName, toId: to[0], toName: to[1], customers });

const gold = [2, 'Gold'] as const;
const fifth = [5, 'Segment 5'] as const;
const succession: Succession = {
  k: 2,
  // The first cluster goes on from the second segment.
  clusters: [
    { segmentId: 2, segmentName: 'Gold', isNew: false },
    { segmentId: 5, segmentName: 'Segment 5', isNew: true },
  ],
  ended: [{ segmentId: 3, segmentName: 'Silver', customers: 700 }],
  stay: 1200,
  move: 750,
  arrive: 50,
  flows: [
    flow(2, 'Gold', gold, 1200),
    flow(3, 'Silver', fifth, 650),
    flow(2, 'Gold', fifth, 50),
    flow(3, 'Silver', gold, 50),
    flow(null, null, gold, 50),
  ],
};

test('each cluster tells whose customers it would have: those who stay and those who come', () => {
  expect(successionRows(succession)).toEqual([
    {
      segmentId: 2,
      segmentName: 'Gold',
      isNew: false,
      customers: 1300,
      stay: 1200,
      from: [
        { name: 'Silver', customers: 50 },
        { name: 'no segment yet', customers: 50 },
      ],
    },
    {
      segmentId: 5,
      segmentName: 'Segment 5',
      isNew: true,
      customers: 700,
      stay: 0,
      from: [
        { name: 'Silver', customers: 650 },
        { name: 'Gold', customers: 50 },
      ],
    },
  ]);
});

test('what using a k would do is told in words: who stays and moves, what is new, what ends', () => {
  expect(successionWords(succession)).toBe(
    'Of 2,000 customers 1,200 (60.0%) stay in their segment, 750 (37.5%) move to another, 50 get their first. 1 segment would be new: id 5. No cluster goes on from Silver (id 3).',
  );
  const same = { ...succession, clusters: succession.clusters.slice(0, 1), ended: [], arrive: 0 };
  expect(successionWords({ ...same, stay: 10, move: 0 })).toBe(
    'Of 10 customers 10 (100.0%) stay in their segment, 0 (0.0%) move to another. No id is new.',
  );
  const streams = ['A', 'B', 'C'].map((name, at) => ({ name, customers: 1000 - at }));
  expect(streamWords(streams, 1)).toBe('1,000 from A, 1,997 from others');
});

test('a cluster is graded by the bounds that Hennig gives, and not shown as beyond one that it misses', () => {
  const graded = [0.598, 0.6, 0.7499, 0.75, 1].map((jaccard) => {
    const value = { jaccard, dissolved: 0 };
    return [stabilityText(value), stabilityGrade(value)];
  });
  expect(graded).toEqual([
    ['0.59', 'doubtful'],
    ['0.60', 'unsure'],
    ['0.74', 'unsure'],
    ['0.75', 'stable'],
    ['1.00', 'stable'],
  ]);
  expect(dissolvedWords(null)).toBe('None of it was drawn');
  expect([0, 0.001, 0.35].map((dissolved) => dissolvedWords({ jaccard: 1, dissolved }))).toEqual([
    'Something like it in every draw',
    'In 1% of the draws no cluster shares more than half with it',
    'In 35% of the draws no cluster shares more than half with it',
  ]);
});

test('how often a cluster dissolved stands in the table to be read, not only where a pointer rests', () => {
  const cluster = (stability: SweptCluster['stability']): SweptCluster => ({
    customers: 10,
    share: 0.5,
    centre: [],
    silhouette: 0.4,
    effects: [],
    sentence: 'Like the others.',
    stability,
  });
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <ClusterList
        id="list"
        clusters={[cluster({ jaccard: 0.7, dissolved: 0.15 }), cluster(null)]}
        name={(label) => `Cluster ${label + 1}`}
        pinned={null}
        onPin={() => undefined}
        onPoint={() => undefined}
      />
    </MantineProvider>,
  );
  const sentences = [...markup.matchAll(/colSpan="5"[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(sentences).toEqual([
    'Like the others. In 15% of the draws no cluster shares more than half with it.',
    'Like the others. None of it was drawn.',
  ]);
});

test('what is refused for the recipe leads to the features, where there is such a place', () => {
  const link = { href: '#features', label: 'Change the features' };
  expect(recipeLink({ code: 'FEATURE_UNUSABLE' }, '#features')).toEqual(link);
  expect(recipeLink({ code: 'FEATURE_UNKNOWN' }, '#features')).toEqual(link);
  expect(recipeLink({ code: 'JOB_CONFLICT' }, '#features')).toBeUndefined();
  expect(recipeLink({ code: 'FEATURE_UNKNOWN' }, undefined)).toBeUndefined();
});
