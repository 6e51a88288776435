import type {
  Comparison,
  CustomerExplanation,
  ModelInfo,
  ModelReport,
  SweepReport,
} from '../../contract/segmentation.ts';
import { count, formatTable, percent } from '../print.ts';

const score = (value: number | null): string => (value === null ? '-' : value.toFixed(4));

export function formatSweep(report: SweepReport): string {
  const { sweep, elbow, recommended, reason, customers } = report;
  const withGap = sweep.some(({ gap }) => gap !== null);
  const withStability = sweep.some(({ stability }) => stability !== null);
  const rows = sweep.map((row) => [
    row.k === elbow ? `${row.k} elbow` : String(row.k),
    row.inertia.toFixed(1),
    score(row.silhouette),
    score(row.calinski_harabasz),
    score(row.davies_bouldin),
    ...(withGap ? [score(row.gap)] : []),
    ...(withStability ? [score(row.stability)] : []),
    percent(row.smallest_share),
  ]);
  const header = [
    'k',
    'inertia',
    'silhouette',
    'Calinski-Harabasz',
    'Davies-Bouldin',
    ...(withGap ? ['gap'] : []),
    ...(withStability ? ['stability'] : []),
    'smallest',
  ];
  const looked = Math.max(...sweep.map((row) => row.silhouette_rows));
  const parts = [
    ['silhouettes', looked],
    ['the gap statistic', report.gapRows],
    ['stability', report.stabilityRows],
  ] as const;
  const told = parts.flatMap(([what, of]) =>
    of !== null && of < customers ? [`${what} ${count(of)}`] : [],
  );
  const sampled =
    told.length === 0
      ? ''
      : `\nFrom a sample of the ${count(customers)} customers: ${told.join(', ')}.`;
  const advice = recommended === null ? reason : `Recommended: k = ${recommended}. ${reason}`;
  return `${formatTable(header, rows)}\n${advice}${sampled}`;
}

export function formatExplanation(why: CustomerExplanation): string {
  const distances = why.distances.map((one) => [one.segmentName, one.distance.toFixed(3)]);
  const features = why.features.map((one) => [
    one.imputed ? `${one.feature} (missing)` : one.feature,
    one.value.toFixed(2),
    one.segmentCentre.toFixed(2),
    score(one.inFavour),
  ]);
  const against = `for it, against ${why.nearestOther ?? '-'}`;
  return [
    `${why.customerId} is in ${why.segmentName} (segment ${why.segmentId}, model ${why.modelVersion})`,
    why.sentence,
    formatTable(['segment', 'distance'], distances),
    formatTable(['feature', 'value', 'segment centre', against], features),
    ...(why.changes.length === 0 ? [] : ['What would move them:']),
    ...why.changes.map(({ sentence }) => `  ${sentence}`),
  ].join('\n');
}

export function formatModel(report: ModelReport): string {
  const segments = report.segments.map((one) => [
    String(one.segmentId),
    one.segmentName,
    count(one.customers),
    percent(one.share),
    score(one.silhouette),
    one.sentence,
  ]);
  const rules = report.rules.map(
    ({ when, segmentName, customers, precision }) =>
      `  ${when} -> ${segmentName} (${count(customers)} customers, right for ${percent(precision)})`,
  );
  const drift = report.drift.map(({ feature, index }) => [feature, index.toFixed(3)]);
  return [
    `Model ${report.version} of ${report.asOf}, k = ${report.k}, silhouette ${score(report.silhouette)}`,
    formatTable(['id', 'segment', 'customers', 'share', 'silhouette', 'profile'], segments),
    ...(rules.length === 0
      ? []
      : [`In rules, right for ${percent(report.fidelity)} of all customers:`, ...rules]),
    ...(drift.length === 0
      ? []
      : [formatTable(['feature', 'drift (0.1 stable, 0.25 shifted)'], drift)]),
  ].join('\n');
}

export function formatModels(models: readonly ModelInfo[]): string {
  const rows = models.map((model) => [
    model.current ? `${model.version} current` : String(model.version),
    model.asOf,
    String(model.k),
    count(model.customers),
    score(model.silhouette),
    model.features.join(', '),
  ]);
  return formatTable(['model', 'as of', 'k', 'customers', 'silhouette', 'features'], rows);
}

export function formatComparison({ from, to, agreement, moved, flows }: Comparison): string {
  const rows = flows.map((flow) => [
    flow.fromName ?? '-',
    flow.toName ?? '-',
    count(flow.customers),
  ]);
  return [
    `Models ${from.version} and ${to.version}: adjusted Rand index ${agreement.toFixed(4)}, ${count(moved)} customers in another segment`,
    formatTable([`model ${from.version}`, `model ${to.version}`, 'customers'], rows),
  ].join('\n');
}
