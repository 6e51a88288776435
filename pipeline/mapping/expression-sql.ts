import { AppError } from '../contract/errors.ts';
import type { Expression } from './expression.ts';
import { quotedText } from '../engine/sql-quoting.ts';

/** Where a record's field stands in SQL: its text without surrounding space, or NULL where nothing is left. */
export type FieldSql = (name: string) => string;

type Type = 'text' | 'number' | 'boolean';

/**
 * Text without surrounding space; nothing but space is no value. Most fields have none, and trimming is dear. Left to
 * itself trim() would take away every space of Unicode, and a number could be made of what is none.
 */
export const trimmed = (sql: string): string =>
  `case when contains(${sql}, ' ') then nullif(trim(${sql}, ' '), '') else ${sql} end`;

/** Strict: plain decimal notation only. DuckDB's own cast would also take 1_000. */
export const numberFromText = (sql: string): string =>
  `case when not contains(${sql}, '_') then try_cast(${sql} as decimal(18,4)) end`;

interface FunctionRule {
  readonly args: readonly Type[] | { readonly each: Type };
  readonly result: Type;
  readonly sql: (args: readonly string[]) => string;
}

export const functions: Readonly<Record<string, FunctionRule>> = {
  lower: { args: ['text'], result: 'text', sql: ([a]) => `lower(${a})` },
  upper: { args: ['text'], result: 'text', sql: ([a]) => `upper(${a})` },
  // Not concat(): that leaves out what is missing, and half a name is another name.
  concat: { args: { each: 'text' }, result: 'text', sql: (args) => `(${args.join(' || ')})` },
  coalesce: {
    args: { each: 'text' },
    result: 'text',
    sql: (args) => `coalesce(${args.join(', ')})`,
  },
  starts_with: {
    args: ['text', 'text'],
    result: 'boolean',
    sql: ([a, b]) => `coalesce(starts_with(${a}, ${b}), false)`,
  },
  contains: {
    args: ['text', 'text'],
    result: 'boolean',
    sql: ([a, b]) => `coalesce(contains(${a}, ${b}), false)`,
  },
  abs: { args: ['number'], result: 'number', sql: ([a]) => `abs(${a})` },
  if: {
    args: ['boolean', 'text', 'text'],
    result: 'text',
    sql: ([a, b, c]) => `case when ${a} then ${b} else ${c} end`,
  },
};

const comparisons = new Set(['=', '<>', '<', '<=', '>', '>=']);

function typeOf(node: Expression): Type {
  switch (node.kind) {
    case 'number':
    case 'negate':
      return 'number';
    case 'text':
    case 'field':
      return 'text';
    case 'not':
    case 'is-null':
      return 'boolean';
    case 'binary':
      return ['+', '-', '*', '/'].includes(node.operator) ? 'number' : 'boolean';
    case 'call':
      return functions[node.name]?.result ?? 'text';
  }
}

function call(node: Extract<Expression, { kind: 'call' }>, field: FieldSql): string {
  const rule = Object.hasOwn(functions, node.name) ? functions[node.name] : undefined;
  if (rule === undefined) {
    throw new AppError('EXPRESSION_INVALID', {
      expression: `${node.name}(...)`,
      problem: `there is no such function; known are ${Object.keys(functions).join(', ')}`,
    });
  }
  const { args } = rule;
  const wanted = 'each' in args ? node.args.map(() => args.each) : args;
  if (wanted.length !== node.args.length || node.args.length === 0) {
    throw new AppError('EXPRESSION_INVALID', {
      expression: `${node.name}(...)`,
      problem: `it takes ${'each' in args ? 'one or more' : wanted.length} values`,
    });
  }
  return rule.sql(node.args.map((arg, i) => toSql(arg, wanted[i] ?? 'text', field)));
}

function natural(node: Expression, field: FieldSql): string {
  switch (node.kind) {
    case 'number':
      return literal(node.text);
    case 'text':
      return quotedText(node.text);
    case 'field':
      return field(node.name);
    case 'negate':
      return `(-${toSql(node.operand, 'number', field)})`;
    case 'not':
      return `(not ${toSql(node.operand, 'boolean', field)})`;
    case 'is-null':
      return `((${toSql(node.operand, 'text', field)}) is ${node.negated ? 'not ' : ''}null)`;
    case 'call':
      return call(node, field);
    case 'binary':
      return binary(node, field);
  }
}

/** Decimal places of the widest DECIMAL that leave room for any amount before them. */
const LARGEST_SCALE = 20;

const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;

function literal(text: string): string {
  if (text.length > 20 || decimals(text) > 8) {
    throw new AppError('EXPRESSION_INVALID', {
      expression: text,
      problem: 'a number has at most 8 decimal places and 20 characters',
    });
  }
  return `cast(${text} as decimal(38,${decimals(text)}))`;
}

function scaleOf(node: Expression): number {
  if (node.kind === 'number') return decimals(node.text);
  if (node.kind === 'negate') return scaleOf(node.operand);
  if (node.kind === 'call' && node.name === 'abs') return Math.max(...node.args.map(scaleOf));
  if (node.kind !== 'binary') return 4;
  const left = scaleOf(node.left);
  if (node.operator === '/') return left + zeros(node.right);
  const right = scaleOf(node.right);
  return node.operator === '*' ? left + right : Math.max(left, right);
}

/** How many places a division moves the point: DECIMAL / DECIMAL is floating point, so nothing else can be exact. */
function zeros(divisor: Expression): number {
  if (divisor.kind === 'number' && /^10{0,6}$/.test(divisor.text)) return divisor.text.length - 1;
  throw new AppError('EXPRESSION_INVALID', {
    expression: '/',
    problem: 'money is divided by 1, 10, 100 and so on up to 1000000 only, which is exact',
  });
}

const shift = (divisor: Expression): string => (1 / 10 ** zeros(divisor)).toFixed(zeros(divisor));

/** Widened: the product of two DECIMAL(18,4) would have to fit into 18 digits too. */
function operand(node: Expression, field: FieldSql): string {
  const sql = toSql(node, 'number', field);
  const isWide = node.kind === 'number' || node.kind === 'negate' || node.kind === 'binary';
  return isWide ? sql : `cast(${sql} as decimal(38,${scaleOf(node)}))`;
}

function binary(node: Extract<Expression, { kind: 'binary' }>, field: FieldSql): string {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    return `(${toSql(left, 'boolean', field)} ${operator} ${toSql(right, 'boolean', field)})`;
  }
  if (comparisons.has(operator)) {
    const numeric = typeOf(left) === 'number' || typeOf(right) === 'number';
    const type: Type = numeric ? 'number' : 'text';
    return `coalesce(${toSql(left, type, field)} ${operator} ${toSql(right, type, field)}, false)`;
  }
  if (scaleOf(node) > LARGEST_SCALE) {
    throw new AppError('EXPRESSION_INVALID', {
      expression: operator,
      problem: 'so many factors have more decimal places than can be kept',
    });
  }
  const a = operand(left, field);
  if (operator === '/') return `try(${a} * cast(${shift(right)} as decimal(38,${zeros(right)})))`;
  const b = operand(right, field);
  // TRY: an overflow is a record's fault, not the run's.
  return `try(${a} ${operator} ${b})`;
}

/** Whether an expression has no value because the record lacks a field: SQL, true or false. */
export function absentSql(node: Expression, field: FieldSql): string {
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'is-null':
      return 'false';
    case 'field':
      return `${field(node.name)} is null`;
    case 'not':
    case 'negate':
      return absentSql(node.operand, field);
    case 'binary':
      return `(${absentSql(node.left, field)} or ${absentSql(node.right, field)})`;
    case 'call': {
      const args = node.args.map((arg) => absentSql(arg, field));
      const [condition = ''] = node.args.map((arg) => toSql(arg, typeOf(arg), field));
      if (node.name === 'if') return `(case when ${condition} then ${args[1]} else ${args[2]} end)`;
      return `(${args.join(node.name === 'coalesce' ? ' and ' : ' or ')})`;
    }
  }
}

/** Compiles to DuckDB SQL of the wanted type; text that is no number becomes NULL, never 0. */
export function toSql(node: Expression, want: Type, field: FieldSql): string {
  const type = typeOf(node);
  const sql = natural(node, field);
  if (type === want) return sql;
  if (want === 'number' && type === 'text') return numberFromText(sql);
  if (want === 'text') return `cast(${sql} as varchar)`;
  throw new AppError('EXPRESSION_INVALID', {
    expression: sql,
    problem: `a ${want} is wanted where a ${type} stands`,
  });
}
