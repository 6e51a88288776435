import type { Flow, Succession } from '../../../pipeline/contract/segmentation.ts';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';

/** Customers of one segment who go to another, or who have none yet. */
export interface Stream {
  readonly name: string;
  readonly customers: number;
}

/** What a cluster would be, and whose customers. */
export interface SuccessionRow {
  readonly segmentId: number;
  readonly segmentName: string;
  readonly isNew: boolean;
  readonly customers: number;
  readonly stay: number;
  /** Those who come from elsewhere, the most first. */
  readonly from: readonly Stream[];
}

function sum(flows: readonly Flow[]): number {
  return flows.reduce((total, { customers }) => total + customers, 0);
}

/** A row for each cluster, in the order of labels. */
export function successionRows({ clusters, flows }: Succession): SuccessionRow[] {
  return clusters.map((cluster) => {
    const inward = flows.filter(({ toId }) => toId === cluster.segmentId);
    const others = inward.filter(({ fromId }) => fromId !== cluster.segmentId);
    return {
      ...cluster,
      customers: sum(inward),
      stay: sum(inward) - sum(others),
      from: others.map(({ fromName, customers }) => ({
        name: fromName ?? 'no segment yet',
        customers,
      })),
    };
  });
}

/** `1,200 from Gold, 40 from Silver, 3 others`. */
export function streamWords(streams: readonly Stream[], most: number): string {
  const told = streams
    .slice(0, most)
    .map(({ name, customers }) => `${formatCount(customers)} from ${name}`);
  const rest = streams.slice(most).reduce((total, { customers }) => total + customers, 0);
  return [...told, ...(rest === 0 ? [] : [`${formatCount(rest)} from others`])].join(', ');
}

function idsWords(ids: readonly number[]): string {
  return ids.length === 1 ? `id ${ids[0] ?? 0}` : `ids ${ids.join(', ')}`;
}

/** What using these segments would do, in a sentence or two. */
export function successionWords({ clusters, ended, stay, move, arrive }: Succession): string {
  const all = stay + move + arrive;
  const share = (customers: number): string =>
    `${formatCount(customers)} (${formatNumber(all === 0 ? 0 : customers / all, 'percent')})`;
  const fresh = clusters.filter(({ isNew }) => isNew).map(({ segmentId }) => segmentId);
  const first = arrive === 0 ? '' : `, ${formatCount(arrive)} get their first`;
  return [
    `Of ${plural(all, 'customer')} ${share(stay)} stay in their segment, ${share(move)} move to another${first}.`,
    fresh.length === 0
      ? 'No id is new.'
      : `${plural(fresh.length, 'segment')} would be new: ${idsWords(fresh)}.`,
    ended.length === 0
      ? ''
      : `No cluster goes on from ${ended.map(({ segmentName, segmentId }) => `${segmentName} (id ${segmentId})`).join(', ')}.`,
  ]
    .filter((words) => words !== '')
    .join(' ');
}
