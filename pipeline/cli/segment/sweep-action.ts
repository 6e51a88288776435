import { randomUUID } from 'node:crypto';
import { sweepWorkspace } from '../../segmentation/sweep-workspace.ts';
import { toJson } from '../print.ts';
import type { SegmentAction } from './action.ts';
import { formatSweep } from './print-sweep.ts';
import { chosenOptions, rangeOfK, silhouetteRows } from './segment-options.ts';

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
