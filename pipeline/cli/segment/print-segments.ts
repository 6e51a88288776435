import type {
  Comparison,
  CustomerExplanation,
  Flow,
  ModelInfo,
  ModelReport,
  SweepReport,
} from '../../contract/segmentation.ts';
import { count, formatTable, percent } from '../print.ts';

export const score = (value: number | null): string => (value === null ? '-' : value.toFixed(4));

/** What was looked at by a sample, and what was not tried at all. */
export function sweepLimits({
  sweep,
  gapRows,
  stabilityRows,
  customers,
  dropped,
}: SweepReport): string[] {
  const looked = Math.max(...sweep.map((row) => row.silhouette_rows));
  const parts = [
    ['silhouettes', looked],
    ['the gap statistic', gapRows],
    ['stability', stabilityRows],
  ] as const;
  const told = parts.flatMap(([what, of]) =>
    of !== null && of > 0 && of < customers ? [`${what} ${count(of)}`] : [],
  );
  const [first, last] = [dropped[0], dropped.at(-1)];
  const left = first === last ? `k = ${first}` : `k = ${first} to ${last}`;
  return [
    ...(told.length === 0
      ? []
      : [`From a sample of the ${count(customers)} customers: ${told.join(', ')}.`]),
    ...(dropped.length === 0
      ? []
      : [`Not tried: ${left}; there are fewer different customers than that.`]),
  ];
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

export const flowRows = (flows: readonly Flow[]): string[][] =>
  flows.map((flow) => [flow.fromName ?? '-', flow.toName ?? '-', count(flow.customers)]);

export function formatMigration(flows: readonly Flow[], version: number): string {
  const sum = (those: (flow: Flow) => boolean): string =>
    count(flows.filter(those).reduce((total, { customers }) => total + customers, 0));
  const moved = sum(({ fromId, toId }) => fromId !== null && fromId !== toId);
  const stayed = sum(({ fromId, toId }) => fromId === toId);
  return [
    `By model ${version}, against what stood before: ${moved} customers moved, ${stayed} stayed, ${sum(({ fromId }) => fromId === null)} are new`,
    formatTable(['from', 'to', 'customers'], flowRows(flows)),
  ].join('\n');
}

export function formatComparison({ from, to, agreement, moved, flows }: Comparison): string {
  return [
    `Models ${from.version} and ${to.version}: adjusted Rand index ${agreement.toFixed(4)}, ${count(moved)} customers in another segment`,
    formatTable([`model ${from.version}`, `model ${to.version}`, 'customers'], flowRows(flows)),
  ].join('\n');
}
