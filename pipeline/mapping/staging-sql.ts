import { type Expression, fieldsOf } from './expression.ts';
import { absentSql, type FieldSql, numberFromText, toSql, trimmed } from './expression-sql.ts';
import { type CompiledMapping, requiredFields } from './mapping.ts';
import { type RecordFormat, recordSql } from './record-sql.ts';
import { attributes, sqlType, type Target, targets, type TargetType } from './targets.ts';
import { quotedText } from '../engine/sql-quoting.ts';

/** No business event lies outside; it also refuses years that the cast takes as text, such as "44-03-15 (BC)". */
const TIME_RANGE = "between timestamp '1900-01-01' and timestamp '2200-01-01'";

/** ISO 8601 with or without offset, or an epoch number whose size tells seconds, milliseconds or microseconds. */
function timeFromText(text: string, format: string | undefined): string {
  if (format !== undefined) return `try_strptime(${text}, ${quotedText(format)})`;
  const epoch = `try_cast(${text} as bigint)`;
  // By far the most common shape comes first: 2025-06-30T12:00:00Z, whose 20 characters leave no room for an offset.
  // The cast to TIMESTAMP drops an offset without a word, so a sign after the day goes by TIMESTAMPTZ.
  // What starts with a letter is a word that the cast knows: epoch, infinity.
  return `case
    when strlen(${text}) = 20 and ends_with(${text}, 'Z') and ascii(${text}) between 48 and 57
      then try_cast(${text} as timestamp)
    when regexp_matches(${text}, '^\\d{9,17}$') then case
      when length(${text}) <= 11 then make_timestamp(${epoch} * 1000000)
      when length(${text}) <= 14 then make_timestamp(${epoch} * 1000)
      else make_timestamp(${epoch}) end
    when left(${text}, 1) not between '0' and '9' then null
    when regexp_matches(substr(${text}, 11), '[+-]') then try_cast(${text} as timestamptz) at time zone 'UTC'
    else try_cast(${text} as timestamp) end`;
}

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;

function typed(type: TargetType, expression: Expression, context: Context): string {
  const text = toSql(expression, 'text', context.field);
  switch (type) {
    case 'id':
      // An object or a list is no identity, however it is written.
      return `case when ascii(${text}) not in (${OPEN_BRACE}, ${OPEN_BRACKET}) then ${text} end`;
    case 'text':
      return text;
    case 'money':
      return `try_cast(${toSql(expression, 'number', context.field)} as decimal(18,4))`;
    case 'time':
      return timeFromText(text, context.timeFormat);
    case 'date':
      return `try_cast(${timeFromText(text, context.timeFormat)} as date)`;
    case 'whole':
      return `case when ${numberFromText(text)} = trunc(${numberFromText(text)})
        and ${numberFromText(text)} between 0 and 150 then try_cast(${numberFromText(text)} as integer) end`;
    case 'flag':
      return `case lower(${text}) when 'true' then true when 'yes' then true when 'y' then true when '1' then true
        when 'false' then false when 'no' then false when 'n' then false when '0' then false end`;
    case 'gender':
      return `case lower(${text}) when 'm' then 'M' when 'male' then 'M' when 'f' then 'F' when 'female' then 'F'
        when 'x' then 'X' when 'other' then 'X' end`;
  }
}

interface Context {
  readonly field: FieldSql;
  readonly timeFormat: string | undefined;
}

/** The first reason that holds, or NULL; `missing` where a field that is read has no value, `invalid` where it has one. */
function reasonSql(compiled: CompiledMapping, context: Context, format: RecordFormat): string {
  const { mapping } = compiled;
  const mandatory = new Set(requiredFields(mapping));
  const cases: string[] = [];
  for (const target of targets) {
    const expression = compiled.fields.get(target.name);
    if (expression === undefined) continue;
    // Few values are NULL, so only of those is it asked whether the record said nothing or something else.
    const isAbsent = absentSql(expression, context.field);
    const isNull = `when "${target.name}" is null`;
    if (mandatory.has(target.name)) {
      cases.push(
        `${isNull} then case when ${isAbsent} then 'missing_${target.name}' else 'invalid_${target.name}' end`,
      );
    } else {
      cases.push(`${isNull} and not ${isAbsent} then 'invalid_${target.name}'`);
    }
    cases.push(...furtherCases(target, expression, context, format));
  }
  for (const { reason, when } of compiled.reject) {
    cases.push(`when ${toSql(when, 'boolean', context.field)} then ${quotedText(reason)}`);
  }
  return cases.join('\n      ');
}

function furtherCases(
  target: Target,
  expression: Expression,
  context: Context,
  format: RecordFormat,
): string[] {
  if (target.type === 'time' || target.type === 'date') {
    return [
      `when "${target.name}" is not null and "${target.name}" not ${TIME_RANGE} then '${target.name}_out_of_range'`,
    ];
  }
  if (target.name === 'order_id') {
    // A real id that looks like a position would be taken for one.
    return [
      `when case when starts_with("order_id", '@') then regexp_matches("order_id", '^@\\d+:\\d+:\\d+$') else false end
        then 'invalid_order_id'`,
    ];
  }
  if (target.type !== 'money') return [];
  const vanishes = vanishing(target, expression, context);
  if (format.kind !== 'json') return vanishes;
  // A JSON number passes through a double on its way, where from 1e11 on not every fourth decimal place is kept.
  const changes = fieldsOf(expression).map((name) => {
    const text = context.field(name);
    return `when case when abs("${target.name}") >= 100000000000
        then not (${standsIn(text)}) else false end then 'inexact_${target.name}'`;
  });
  return [...vanishes, ...changes];
}

/** What four decimal places round to nothing would turn a small refund into a purchase. */
function vanishing(target: Target, expression: Expression, context: Context): string[] {
  if (expression.kind !== 'field') return [];
  const text = context.field(expression.name);
  return [
    `when case when "${target.name}" = 0 then regexp_matches(${text}, '^\\s*[-+]?[0.]*[1-9]') else false end
        then 'inexact_${target.name}'`,
  ];
}

const orderColumns = (order: string, identified: string): string =>
  `, ${order} as order_id, ${identified} as identified`;

/** Whether a number's text stands in the record as a whole, but for zeros at its end, and not as the start of a longer one. */
const standsIn = (text: string): string =>
  `case when regexp_full_match(${text}, '[-+0-9.eE]+')
     then regexp_matches(record, concat('(^|[^0-9.eE+-])', replace(replace(${text}, '.', '[.]'), '+', '[+]'), '0*($|[^0-9.eE])'))
     else true end`;

/** The order id, and whether it can occur again: a position cannot. */
function identitySql(compiled: CompiledMapping): string {
  const position = "concat('@', source_id, ':', partition, ':', position)";
  if (compiled.mapping.kind !== 'transactions') return '';
  switch (compiled.mapping.identity) {
    case 'order':
      return orderColumns('typed.order_id', 'true');
    case 'order-or-position':
      return compiled.fields.has('order_id')
        ? orderColumns(`coalesce(typed.order_id, ${position})`, 'typed.order_id is not null')
        : orderColumns(position, 'false');
    case 'time':
      return orderColumns('cast(occurred_at as varchar)', 'true');
    case 'position':
      return orderColumns(position, 'false');
  }
}

function describesSql(compiled: CompiledMapping): string {
  if (compiled.mapping.kind === 'customers') return 'true';
  const known = attributes.filter(({ name }) => compiled.fields.has(name));
  return known.length === 0
    ? 'false'
    : `(${known.map(({ name }) => `"${name}" is not null`).join(' or ')})`;
}

function kindSql({ mapping }: CompiledMapping): string {
  if (mapping.kind !== 'transactions') return quotedText(mapping.kind);
  return mapping.lines ? "'lines'" : "'transactions'";
}

/** Where a record of raw.record_log `r` in its batch `b` stood in its source. */
export const positionSql = 'coalesce(r.position, r.rowid - b.first_row + b.first_position)';

/**
 * One row a raw record that meets `where` (of raw.record_log `r` and ops.batches `b`): where it came from, its typed columns, its outcome so far and, where it is
 * quarantined, the reason and the start of its text.
 * Nothing is coerced: a value that does not read as its type is a reason, not a NULL.
 */
export function stagingSql(compiled: CompiledMapping, format: RecordFormat, where: string): string {
  const record = recordSql(format, compiled.reads);
  // Every field that is read gets a column; one that the source lacks is no value.
  const named = compiled.reads.map((name, i) => {
    const index = record.index.get(name);
    return `${index === undefined ? 'cast(null as varchar)' : `nullif(fields[${index}], '')`} as f${i}`;
  });
  // Once for all that reads a field: what stands within a CASE is worked out each time that it is written.
  const spaceless = compiled.reads.map((_, i) => `${trimmed(`f${i}`)} as f${i}`);
  const context: Context = {
    field: (name) => `f${compiled.reads.indexOf(name)}`,
    timeFormat: compiled.mapping.timeFormat,
  };
  const mapped = targets.filter(({ name }) => compiled.fields.has(name));
  const columns = mapped.map((target) => {
    const expression = compiled.fields.get(target.name);
    const sql = expression === undefined ? 'null' : typed(target.type, expression, context);
    return `cast(${sql} as ${sqlType[target.type]}) as "${target.name}"`;
  });
  const others = mapped.filter(({ name }) => name !== 'order_id').map(({ name }) => `"${name}"`);
  return `
    with decoded as (
      select r.batch_id, r.source_id, r.partition,
        ${positionSql} as position,
        r.event_time, b.landed_at, r.value, try(decode(r.value)) as record
      from raw.record_log r join ops.batches b using (batch_id) where ${where}
    ), split as (
      select * exclude (value), ${record.fields} as fields, coalesce(${record.ignored}, false) as ignored,
        value is not null and record is null as undecodable
      from decoded
    ), named as (
      select * exclude (fields), fields is not null as formed${named.map((sql) => `, ${sql}`).join('')} from split
    ), trimmed as (
      select ${spaceless.length === 0 ? '*' : `* replace (${spaceless.join(', ')})`} from named
    ), typed as (
      select *, ${columns.join(',\n        ')}
      from trimmed
    )
    select batch_id, source_id, partition, position, event_time, landed_at,
      case when ignored then null
      when undecodable then 'invalid_utf8'
      when not formed then ${record.malformed}
      ${reasonSql(compiled, context, format)} end as reason,
      case when ignored then 'ignored' when reason is null then 'accepted' else 'quarantined' end as outcome,
      case when reason is not null then left(record, 300) end as detail,
      ${describesSql(compiled)} as describes${identitySql(compiled)},
      ${others.join(', ')}
    from typed`;
}

/**
 * A view over the staged rows with every column there is, those that the mapping lacks being NULL: the models read
 * one shape, and nothing is stored for what is not there.
 */
export function stagedViewSql(compiled: CompiledMapping, table: string): string {
  const stored = new Set([
    ...compiled.fields.keys(),
    ...(compiled.mapping.kind === 'transactions' ? ['order_id'] : []),
  ]);
  const absent = targets
    .filter(({ name }) => !stored.has(name))
    .map(({ name, type }) => `cast(null as ${sqlType[type]}) as "${name}"`);
  return `select *, ${kindSql(compiled)} as kind${absent.map((sql) => `, ${sql}`).join('')} from ${table}`;
}
