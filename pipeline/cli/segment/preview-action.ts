import { randomUUID } from 'node:crypto';
import { successions } from '../../segmentation/successions.ts';
import { sweepWorkspace } from '../../segmentation/sweep-workspace.ts';
import { toJson } from '../print.ts';
import type { SegmentAction } from './action.ts';
import { formatPreview } from './print-clusters.ts';
import { chosenK, chosenOptions, silhouetteRows } from './segment-options.ts';

/** What a training would come to, before it: its clusters, and who would become whom. */
export const previewAction: SegmentAction = async ({ values, workspace, context, io }) => {
  const { writer, config } = workspace;
  const k = chosenK(values.k, config);
  const work = { pool: context.pool, signal: io.signal };
  io.progress(`preview: k = ${k}`);
  const options = { ...(await chosenOptions(values, config, writer)), k };
  const { report, points, candidates } = await sweepWorkspace(writer, options, {
    id: randomUUID(),
    ks: [k],
    gap: false,
    stability: values.stability === true,
    silhouetteRows: silhouetteRows(values.silhouette),
    ...work,
  });
  const found = await successions(writer, { candidates, labels: points.labels }, work);
  io.out(
    values.json === true
      ? toJson({ sweep: report, successions: found })
      : formatPreview(report, found),
  );
};
