import { z } from 'zod';
import { calibrationGroup } from '../contract/clv.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';

/** A fitted CLV model as it is kept: enough to predict for customers of any later day. */
const clvArtifact = z.object({
  version: z.number().int(),
  asOf: z.string(),
  customers: z.number(),
  purchases: z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() }),
  value: z.object({ p: z.number(), q: z.number(), v: z.number() }),
  logLikelihood: z.number(),
  warnings: z.array(z.string()),
  calibration: z
    .object({
      cut: z.string(),
      days: z.number(),
      bias: z.number(),
      groups: z.array(calibrationGroup),
    })
    .nullable(),
  /** Models fitted before it was told have none. */
  notCalibrated: z.string().nullable().default(null),
});

export type ClvArtifact = z.infer<typeof clvArtifact>;

export interface KeptClv {
  readonly model: ClvArtifact;
  readonly fittedAt: string;
}

export async function latestClv(connection: Connection): Promise<KeptClv | null> {
  const [row] = await connection.rows<{ artifact: string; fitted_at: string }>(
    `select artifact, cast(fitted_at as varchar) as fitted_at from ops.clv_models
     order by model_version desc limit 1`,
  );
  if (row === undefined) return null;
  return { model: clvArtifact.parse(JSON.parse(row.artifact)), fittedAt: row.fitted_at };
}

export async function saveClv(
  connection: Connection,
  model: ClvArtifact,
  fittedAt: Date,
): Promise<void> {
  await connection.run(
    'insert into ops.clv_models values ($version::integer, $fitted::timestamp, $as_of::date, $artifact)',
    {
      version: model.version,
      fitted: sqlTimestamp(fittedAt),
      as_of: model.asOf,
      artifact: JSON.stringify(model),
    },
  );
}
