import { AppError } from '../contract/errors.ts';
import type { TrainOptions } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { countDistinctRows } from './fill-empty-clusters.ts';
import { mlKmeansClusterer } from './ml-kmeans-clusterer.ts';
import { readFeatures } from './read-features.ts';
import { recommendK } from './recommend-k.ts';
import { sweep, type SweepRow } from './sweep.ts';
import { MAX_ITERATIONS, scaleFeatures, TOLERANCE } from './train.ts';

export interface SweepReport {
  readonly asOf: string;
  readonly customers: number;
  readonly features: readonly string[];
  readonly sweep: readonly SweepRow[];
  readonly recommended: number | null;
  readonly reason: string;
}

/** Tries numbers of segments on the customers there are; nothing is kept. */
export async function sweepWorkspace(
  connection: Connection,
  options: TrainOptions,
  context: {
    ks: readonly number[];
    signal?: AbortSignal;
    onProgress?: (done: number, total: number) => void;
  },
): Promise<SweepReport> {
  const read = await readFeatures(connection, options.features);
  const { scaled } = scaleFeatures(read, options);
  const largest = Math.max(...context.ks);
  const distinct = countDistinctRows(scaled, largest);
  const ks = context.ks.filter((k) => k <= distinct);
  if (ks.length === 0)
    throw new AppError('TOO_FEW_CUSTOMERS', { k: Math.min(...context.ks), distinct });
  const rows = await sweep(scaled, {
    clusterer: mlKmeansClusterer,
    seed: options.seed,
    restarts: options.restarts,
    maxIterations: MAX_ITERATIONS,
    tolerance: TOLERANCE,
    ...context,
    ks,
  });
  const { k, reason } = recommendK(rows);
  return {
    asOf: read.asOf,
    customers: read.customerIds.length,
    features: options.features,
    sweep: rows,
    recommended: k,
    reason,
  };
}
