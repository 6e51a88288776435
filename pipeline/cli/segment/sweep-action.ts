import { randomUUID } from 'node:crypto';
import { sweepWorkspace } from '../../segmentation/sweep-workspace.ts';
import { wholeNumber } from '../command.ts';
import { toJson } from '../print.ts';
import type { SegmentAction } from './action.ts';
import { formatSweep } from './print-segments.ts';
import { chosenOptions, rangeOfK } from './segment-options.ts';

/** Customers from whom the silhouette is computed unless something else is asked for; the report says how many. */
const SILHOUETTE_ROWS = 20_000;

function silhouetteRows(text: string | undefined): number | null {
  if (text === undefined) return SILHOUETTE_ROWS;
  return text === 'all' ? null : wholeNumber(text, 'silhouette', { least: 100, most: 100_000_000 });
}

export const sweepAction: SegmentAction = async ({ values, workspace, context, io }) => {
  const { writer, config } = workspace;
  const { report } = await sweepWorkspace(writer, await chosenOptions(values, config, writer), {
    id: randomUUID(),
    ks: rangeOfK(values.k ?? '2..10'),
    gap: values.gap === true,
    stability: values.stability === true,
    silhouetteRows: silhouetteRows(values.silhouette),
    pool: context.pool,
    signal: io.signal,
    onProgress: (done, total) => io.progress(`sweep: ${done} of ${total}`),
  });
  io.out(values.json === true ? toJson(report) : formatSweep(report));
};
