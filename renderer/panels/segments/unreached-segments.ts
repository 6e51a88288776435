import type { CustomerExplanation } from '../../../pipeline/contract/segmentation.ts';

/** The names of the other segments to which no change was found, the nearest first. */
export function unreachedSegments(
  explanation: Pick<CustomerExplanation, 'segmentId' | 'distances' | 'changes'>,
): string[] {
  const { segmentId, distances, changes } = explanation;
  const reached = new Set([segmentId, ...changes.map(({ toId }) => toId)]);
  return distances.filter((one) => !reached.has(one.segmentId)).map((one) => one.segmentName);
}
