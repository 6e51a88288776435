import type {
  ClusterStability,
  Succession,
  Successions,
  SweepReport,
  SweptCluster,
} from '../../contract/segmentation.ts';
import { STABLE, UNSTABLE } from '../../segmentation/scored-k.ts';
import { count, formatTable, percent } from '../print.ts';
import { flowRows, score, sweepLimits } from './print-segments.ts';

type Column = readonly [string, (cluster: SweptCluster, label: number) => string];

/** `0.9312 stable`; cut off, not rounded, so that nothing is shown on a bound that it misses. */
function stabilityText(value: ClusterStability | null): string {
  if (value === null) return '-';
  const { jaccard } = value;
  const grade = jaccard < UNSTABLE ? 'doubtful' : jaccard < STABLE ? 'unsure' : 'stable';
  return `${(Math.floor(jaccard * 1e4 + 1e-9) / 1e4).toFixed(4)} ${grade}`;
}

const sizes: readonly Column[] = [
  ['cluster', (_, label) => String(label + 1)],
  ['customers', ({ customers }) => count(customers)],
  ['share', ({ share }) => percent(share)],
];

const stability: readonly Column[] = [
  ['stability', (cluster) => stabilityText(cluster.stability)],
  ['dissolved', (cluster) => percent(cluster.stability?.dissolved ?? null)],
];

const stabilityNote = `stability: of the customers in a cluster or in the one most like it of a bootstrap sample, the share in both (Jaccard), on average; below ${UNSTABLE} doubtful, from ${STABLE} stable (Hennig 2007)
dissolved: the share of samples in which nothing shares more than half with the cluster`;

function clusterTable(clusters: readonly SweptCluster[], columns: readonly Column[]): string {
  return formatTable(
    columns.map(([name]) => name),
    clusters.map((cluster, label) => columns.map(([, cell]) => cell(cluster, label))),
  );
}

const hasStability = (clusters: readonly SweptCluster[]): boolean =>
  clusters.some((cluster) => cluster.stability !== null);

/** How well the clusters come back, of the k that is recommended or is the only one; nothing where that was not asked for. */
export function stabilityLines({ recommended, clusterings }: SweepReport): string[] {
  const [only] = clusterings.length === 1 ? clusterings : [];
  const shown = clusterings.find(({ k }) => k === recommended) ?? only;
  if (shown === undefined || !hasStability(shown.clusters)) return [];
  return [
    `The clusters of k = ${shown.k}, by falling mean monetary value:`,
    clusterTable(shown.clusters, [...sizes, ...stability]),
    stabilityNote,
  ];
}

const named = ({ segmentName, segmentId }: { segmentName: string; segmentId: number }): string =>
  `${segmentName} (id ${segmentId})`;

/** What each cluster would be, and how many of its customers are that today. */
function successionColumns({ clusters, flows }: Succession): Column[] {
  return [
    [
      'becomes',
      (_, label) => {
        const to = clusters[label];
        return to === undefined ? '-' : `${named(to)}${to.isNew ? ', new' : ''}`;
      },
    ],
    [
      'stay',
      (_, label) => {
        const id = clusters[label]?.segmentId;
        const own = flows.find(({ fromId, toId }) => fromId === id && toId === id);
        return clusters[label]?.isNew === true ? '-' : count(own?.customers ?? 0);
      },
    ],
  ];
}

function successionLines(succession: Succession, version: number): string[] {
  const { stay, move, arrive, ended, flows } = succession;
  const first = arrive === 0 ? '' : `, ${count(arrive)} get their first`;
  const gone = ended.map((one) => `${named(one)}, ${count(one.customers)} customers`);
  return [
    `Against model ${version}: ${count(stay)} customers would stay in their segment, ${count(move)} move to another${first}`,
    ...(gone.length === 0 ? [] : [`No cluster goes on from ${gone.join('; ')}`]),
    formatTable(['from', 'to', 'customers'], flowRows(flows)),
  ];
}

function becoming(found: Successions, k: number): { columns: Column[]; lines: string[] } {
  switch (found.kind) {
    case 'first': {
      const line =
        'There is no model yet: every segment would be new, its id the place of its cluster.';
      return { columns: [], lines: [line] };
    }
    case 'outdated':
      return { columns: [], lines: ['The features were computed anew meanwhile: preview again.'] };
    case 'matched': {
      const succession = found.clusterings.find((one) => one.k === k);
      if (succession === undefined) return { columns: [], lines: [] };
      const columns = successionColumns(succession);
      return { columns, lines: successionLines(succession, found.version) };
    }
  }
}

/** The clusters of the one k of a sweep, and who would become whom if they were trained. */
export function formatPreview(report: SweepReport, found: Successions): string {
  const [{ k, clusters } = { k: 0, clusters: [] }] = report.clusterings;
  const { columns, lines } = becoming(found, k);
  const stable = hasStability(clusters);
  const profile: Column = ['profile', ({ sentence }) => sentence];
  const silhouette = score(report.sweep[0]?.silhouette ?? null);
  return [
    `k = ${k} of ${count(report.customers)} customers on ${report.asOf}, silhouette ${silhouette}; nothing is kept`,
    clusterTable(clusters, [...sizes, ...columns, ...(stable ? stability : []), profile]),
    ...(stable ? [stabilityNote] : []),
    ...lines,
    ...sweepLimits(report),
  ].join('\n');
}
