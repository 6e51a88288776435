import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { tier, trainOptions } from '../contract/recipe.ts';

const size = z
  .string()
  .regex(/^\d+(\.\d+)?\s?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/, 'write a size as "2GB" or "512MB"');

/** strata.json: what a workspace lets its owner choose. No secrets. */
export const workspaceConfig = z.strictObject({
  name: z.string().min(1).max(200).default('Workspace'),
  engine: z
    .strictObject({
      memoryLimit: size.optional(),
      threads: z.number().int().min(1).max(256).optional(),
    })
    .default({}),
  kpis: z
    .strictObject({
      periodDays: z.number().int().min(1).max(3650).default(90),
      churnDays: z.number().int().min(1).max(3650).default(90),
    })
    .default({ periodDays: 90, churnDays: 90 }),
  segmentation: trainOptions.default(trainOptions.parse({})),
  /** The first whose condition holds is a customer's tier; see gold.customer_tiers. */
  tiers: z.array(tier).max(50).default([]),
});

export type WorkspaceConfig = z.infer<typeof workspaceConfig>;

/** Reads the text of a strata.json; the error names the field and what is wrong with it. */
export function parseConfig(text: string, path: string): WorkspaceConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('CONFIG_INVALID', { path, problem }, { cause: error });
  }
  const parsed = workspaceConfig.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new AppError('CONFIG_INVALID', {
    path,
    problem: `${at}${issue?.message ?? 'not a configuration'}`,
  });
}
