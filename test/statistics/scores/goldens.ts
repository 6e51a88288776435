import { readFileSync } from 'node:fs';
import type { InertiaPoint } from '../../../pipeline/statistics/scores/elbow.ts';
import type { ClusterWidth } from '../../../pipeline/statistics/scores/silhouette.ts';

interface Goldens {
  widths: { points: number[][]; labels: number[]; widths: number[]; clusters: ClusterWidth[] }[];
  randIndices: { first: number[]; second: number[]; index: number }[];
  elbows: { name: string; curve: InertiaPoint[]; elbow: number | null }[];
  gaps: {
    name: string;
    points: number[][];
    axes: number[][];
    references: number;
    gaps: number[];
    spreads: number[];
  }[];
  stability: {
    points: number[][];
    labels: number[];
    mean: number;
    spread: number;
    jaccard: number[];
    jaccardSpread: number[];
    dissolved: number[];
  };
}

const fixture = new URL('../../fixtures/clustering/score-goldens.json', import.meta.url);
export const goldens = JSON.parse(readFileSync(fixture, 'utf8')) as Goldens;
