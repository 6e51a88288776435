import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import type { SweepPoints } from '../segmentation/sweep-workspace.ts';

/** Every customer of a sweep as an Arrow IPC stream: x, y and a cluster for each k. */
export function sweepPointsStream({ x, y, labels }: SweepPoints): Uint8Array {
  const clusters = [...labels].map(([k, column]) => [`k${k}`, column] as const);
  const table = tableFromArrays({ x, y, ...Object.fromEntries(clusters) });
  const bytes = tableToIPC(table, { format: 'stream' });
  if (bytes === null) throw new TypeError('The points could not be written as Arrow.');
  return bytes;
}
