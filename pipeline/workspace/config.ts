import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { tier, trainOptions } from '../contract/recipe.ts';
import { nearestName } from './nearest-name.ts';

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
  segmentation: trainOptions.strict().default(trainOptions.parse({})),
  /** The first whose condition holds is a customer's tier; see gold.customer_tiers. */
  tiers: z.array(tier).max(50).default([]),
});

export type WorkspaceConfig = z.infer<typeof workspaceConfig>;

/** A misspelt key would be as good as not written: it is told with the one that was probably meant. */
const strangerWords: z.core.$ZodErrorMap = ({ code, ...issue }) => {
  if (code !== 'unrecognized_keys') return undefined;
  const { inst } = issue;
  const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
  const [stranger = ''] = Array.isArray(issue['keys']) ? issue['keys'].map(String) : [];
  const nearest = nearestName(stranger, known);
  const meant = nearest === null ? '' : `; the nearest is "${nearest}" of ${known.join(', ')}`;
  return `there is no key "${stranger}"${meant}`;
};

/** Reads the text of a strata.json; the error names the field and what is wrong with it. */
export function parseConfig(text: string, path: string): WorkspaceConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('CONFIG_INVALID', { path, problem }, { cause: error });
  }
  const parsed = workspaceConfig.safeParse(json, { error: strangerWords });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // Where a key is missing, another one may be it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const at = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new AppError('CONFIG_INVALID', {
    path,
    problem: `${at}${issue?.message ?? 'not a configuration'}`,
  });
}
