import { z } from 'zod';

/** By the number of repeat purchases before the cut: what was predicted for the time after it and what came. */
export const calibrationGroup = z.object({
  repeats: z.string(),
  customers: z.number(),
  predicted: z.number(),
  actual: z.number(),
});

/** Predicted customer lifetime value; none before it was fitted. Data that give none are told by the job that tried. */
export const clvReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('fitted'),
    version: z.number().int(),
    fittedAt: z.string(),
    asOf: z.string(),
    customers: z.number(),
    /** Times are in days. */
    purchases: z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() }),
    value: z.object({ p: z.number(), q: z.number(), v: z.number() }),
    logLikelihood: z.number(),
    warnings: z.array(z.string()),
    months: z.number().int(),
    monthlyDiscount: z.number(),
    total: z.number(),
    mean: z.number(),
    /** The share of customers who are more likely than not still buying. */
    alive: z.number(),
    bySegment: z.array(
      z.object({
        segmentId: z.number().nullable(),
        segmentName: z.string().nullable(),
        customers: z.number(),
        alive: z.number(),
        expectedPurchases: z.number(),
        clv: z.number(),
      }),
    ),
    calibration: z
      .object({
        cut: z.string(),
        days: z.number(),
        bias: z.number(),
        groups: z.array(calibrationGroup),
      })
      .nullable(),
    /** Why there is no calibration. */
    notCalibrated: z.string().nullable(),
  }),
]);

export type ClvReport = z.infer<typeof clvReport>;
