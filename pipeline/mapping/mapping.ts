import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { type Expression, fieldsOf, parseExpression } from './expression.ts';
import { toSql } from './expression-sql.ts';
import { required, targets } from './targets.ts';

const names = targets.map((target) => target.name) as [string, ...string[]];

/** Which field of a record is the customer, the amount, the time. Shipped as presets, or mappings/NAME.json in a workspace. */
export const mapping = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'use lower-case letters, digits and _'),
  description: z.string().default(''),
  kind: z.enum(['transactions', 'engagement', 'customers']),
  fields: z.partialRecord(z.enum(names), z.string().min(1)),
  /** What makes a transaction itself, with the customer: its order id, its time, or its position in the source. */
  identity: z.enum(['order', 'order-or-position', 'time', 'position']).default('order'),
  /** One record a line: lines with one customer and order id make an order. */
  lines: z.boolean().default(false),
  /** Well-formed records that are not wanted; they are quarantined under the reason. */
  reject: z
    .array(z.strictObject({ reason: z.string().regex(/^[a-z][a-z0-9_]*$/), when: z.string() }))
    .default([]),
  /** How times are written, as strptime wants it, where ISO 8601 or epoch numbers are not used. */
  timeFormat: z
    .string()
    .max(60)
    .regex(
      /^(?:[^%]|%(?:-?[dHIjmMSy]|[aAbBfpYzZ%]))+$/,
      'use %Y %m %d %H %M %S and the other specifiers of strptime, such as %d/%m/%Y %H:%M',
    )
    .optional(),
});

export type Mapping = z.infer<typeof mapping>;

export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly fields: ReadonlyMap<string, Expression>;
  readonly reject: readonly { readonly reason: string; readonly when: Expression }[];
  /** The record's own field names that are read, each once. */
  readonly reads: readonly string[];
  /** Those without which no record can be accepted. */
  readonly needs: readonly string[];
}

function invalid(name: string, problem: string): AppError {
  return new AppError('MAPPING_INVALID', { mapping: name, problem });
}

/** The columns without which no record of the mapping is accepted. */
export function requiredFields(value: Mapping): readonly string[] {
  return value.identity === 'order' && value.kind === 'transactions'
    ? [...required[value.kind], 'order_id']
    : required[value.kind];
}

/** The fields without which an expression has no value: of coalesce() any one will do. */
function alwaysRead(expression: Expression): string[] {
  if (expression.kind !== 'call') return fieldsOf(expression);
  const [first = [], ...others] = expression.args.map(alwaysRead);
  if (expression.name === 'if') return first;
  if (expression.name !== 'coalesce') return [first, ...others].flat();
  return first.filter((name) => others.every((names) => names.includes(name)));
}

/** Checks a mapping as a whole: every expression reads and compiles, and what the kind requires is mapped. */
export function compileMapping(value: Mapping): CompiledMapping {
  const needed = requiredFields(value);
  const missing = needed.filter((name) => !Object.hasOwn(value.fields, name));
  if (missing.length > 0) throw invalid(value.name, `${missing.join(', ')} must be mapped`);
  if (value.lines && value.identity !== 'order') {
    throw invalid(value.name, 'lines need the identity "order"');
  }
  const fields = new Map(
    Object.entries(value.fields).map(([name, text]) => [name, parseExpression(text ?? '')]),
  );
  const reject = value.reject.map(({ reason, when }) => ({ reason, when: parseExpression(when) }));
  for (const { name, type } of targets) {
    const expression = fields.get(name);
    const want = type === 'money' ? 'number' : 'text';
    if (expression !== undefined) toSql(expression, want, () => "''");
  }
  for (const { when } of reject) toSql(when, 'boolean', () => "''");
  const reads = new Set([
    ...[...fields.values()].flatMap(fieldsOf),
    ...reject.flatMap(({ when }) => fieldsOf(when)),
  ]);
  const needs = new Set(
    needed.flatMap((name) => {
      const expression = fields.get(name);
      return expression === undefined ? [] : alwaysRead(expression);
    }),
  );
  return { mapping: value, fields, reject, reads: [...reads], needs: [...needs] };
}

export function parseMapping(text: string, name: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(name, error instanceof Error ? error.message : String(error));
  }
  const parsed = mapping.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(name, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
