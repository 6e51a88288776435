import type { CellState } from '../../../pipeline/contract/notebook.ts';
import { formatCount, formatDuration } from '../../ui/format.ts';

/** How long a cell took, as finely as that says something: `12 ms`, `1.4 s`. */
export function tookWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : formatDuration(milliseconds);
}

/** How a cell stands, in words. */
export function statusWords({ status, rows, elapsedMs, outputs }: CellState): string {
  switch (status) {
    case 'idle':
      return outputs.length === 0 ? 'Not run' : 'As saved';
    case 'waiting':
      return 'Waiting';
    case 'running':
      return 'Running';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'stale':
      return 'Out of date';
    case 'done':
      return [
        rows === null ? '' : `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`,
        elapsedMs === null ? '' : tookWords(elapsedMs),
      ]
        .filter((words) => words !== '')
        .join(' · ');
  }
}
