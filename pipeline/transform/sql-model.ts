import { load } from 'js-yaml';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';

const check = z.union([
  z.strictObject({ not_null: z.array(z.string()).min(1) }),
  z.strictObject({ unique: z.array(z.string()).min(1) }),
  z.strictObject({ accepted: z.strictObject({ column: z.string(), values: z.array(z.string()) }) }),
  z.strictObject({ relationships: z.strictObject({ column: z.string(), to: z.string() }) }),
  /** A query that returns the bad rows. */
  z.strictObject({ rows: z.string() }),
]);

const header = z
  .strictObject({
    name: z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/),
    grain: z.string(),
    description: z.string(),
    /**
     * `table`: made anew from the whole; `append`: only what the new batches bring; `view`: computed when it is read;
     * `grown`: made anew from itself, which it reads as `@known`, and what is new, or from the whole and an empty `@known`.
     */
    materialize: z.enum(['table', 'append', 'view', 'grown']),
    /** For `grown`: a query of the columns that `@known` has where there is none. */
    empty: z.string().optional(),
    /** For `append`: rows of these keys are taken out first; the model reads them as `replaced`. */
    replaces: z.strictObject({ key: z.array(z.string()).min(1), rows: z.string() }).optional(),
    checks: z.array(check).default([]),
  })
  .refine(({ materialize, empty }) => (materialize === 'grown') === (empty !== undefined), {
    path: ['empty'],
    message: 'what is grown says what it is before, and nothing else does',
  });

export type ModelCheck = z.infer<typeof check>;

export interface SqlModel extends z.infer<typeof header> {
  readonly sql: string;
}

/** Reads a model file: a header in YAML between `/* model` and its end, then one SELECT. */
export function parseModel(text: string, file: string): SqlModel {
  const match = /^\/\* model\n(.*?)\n\*\/\n(.*)$/s.exec(text.replaceAll('\r\n', '\n'));
  if (match === null) {
    throw new AppError('MODEL_SQL_INVALID', {
      model: file,
      problem: 'it must start with a header: /* model ... */',
    });
  }
  const [, yaml = '', sql = ''] = match;
  let raw: unknown;
  try {
    raw = load(yaml);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('MODEL_SQL_INVALID', { model: file, problem }, { cause: error });
  }
  const parsed = header.safeParse(raw);
  if (parsed.success) return { ...parsed.data, sql: sql.trim() };
  const [issue] = parsed.error.issues;
  throw new AppError('MODEL_SQL_INVALID', {
    model: file,
    problem: `header: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  });
}
