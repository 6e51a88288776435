import { AppError, asAppError } from '../../contract/errors.ts';
import type { ChartParameters, InputValue } from '../../contract/notebook.ts';
import type { ReadCell, ScriptKind } from '../cells/cell-kind.ts';
import { fillInParameters } from '../cells/fill-in-parameters.ts';
import { fillInSql, type InputValues, references, valueOf } from '../cells/fill-in.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { scriptNames } from '../graph/script-names.ts';
import type { PanelRunner } from './ports.ts';

type RunPanel = Parameters<PanelRunner['run']>[0]['kind'];

/** What running a cell does, with the values of inputs filled in; cells of one `text` do the same. */
export type CellWork =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'input'; readonly value: InputValue }
  | {
      readonly kind: 'sql';
      readonly text: string;
      readonly usesData: boolean;
      readonly sql: string;
    }
  | {
      readonly kind: 'chart';
      readonly text: string;
      readonly usesData: boolean;
      readonly parameters: ChartParameters;
    }
  | {
      readonly kind: 'panel';
      readonly text: string;
      readonly usesData: true;
      readonly panel: RunPanel;
      readonly parameters: JsonObject;
    }
  | {
      readonly kind: 'script';
      readonly text: string;
      readonly usesData: false;
      readonly language: ScriptKind;
      readonly code: string;
    };

interface PlannedCell {
  readonly work: CellWork;
  /** Names that it uses, as they are written. */
  readonly reads: readonly string[];
  readonly fault: AppError | null;
  /** A query whose tables nobody has asked for yet. */
  readonly unread: string | null;
}

interface Known {
  readonly values: InputValues;
  /** What the cells of the notebook define, in small letters. */
  readonly names: ReadonlySet<string>;
  /** Tables that a query reads, undefined where that is not known yet; null where nobody must ask. */
  readonly tablesOf: ((sql: string) => readonly string[] | undefined) | null;
}

const none: PlannedCell = { work: { kind: 'nothing' }, reads: [], fault: null, unread: null };

const isOutside =
  (names: ReadonlySet<string>) =>
  (table: string): boolean =>
    !names.has(table.toLowerCase());

/** What a source says of itself, worked out once: a slider moves sixty times a second. */
const namesOfScripts = new WeakMap<ReadCell, readonly string[]>();
const inputsOfQueries = new WeakMap<ReadCell, readonly string[]>();

function once(
  known: WeakMap<ReadCell, readonly string[]>,
  read: ReadCell,
  find: () => readonly string[],
): readonly string[] {
  const found = known.get(read) ?? find();
  known.set(read, found);
  return found;
}

/** Tables of queries for whatever values: known once a value has been seen that is no part of a table's name. */
const tablesOfQueries = new WeakMap<ReadCell, readonly string[]>();

function namesTable(values: InputValues, input: string, tables: readonly string[]): boolean {
  const text = String(valueOf(values, input)).toLowerCase();
  return tables.some((table) => table.toLowerCase().includes(text));
}

function planSql(
  read: Extract<ReadCell, { kind: 'sql' }>,
  before: readonly string[],
  { values, names, tablesOf }: Known,
): PlannedCell {
  const { name, sql } = read;
  const inputs = once(inputsOfQueries, read, () => references(sql));
  let filled: string;
  try {
    filled = sql.includes('{{') ? fillInSql(sql, values) : sql;
  } catch (error) {
    return { ...none, reads: inputs, fault: asAppError(error) };
  }
  const found = tablesOfQueries.get(read) ?? tablesOf?.(filled);
  if (found !== undefined && !inputs.some((input) => namesTable(values, input, found))) {
    tablesOfQueries.set(read, found);
  }
  const tables = found ?? before;
  return {
    work: {
      kind: 'sql',
      text: `sql ${name ?? ''}\n${filled}`,
      usesData: tables.some(isOutside(names)),
      sql: filled,
    },
    reads: [...new Set([...inputs, ...tables])],
    fault: null,
    unread: found === undefined && tablesOf !== null ? filled : null,
  };
}

function planPanel(
  { kind, name, parameters, references: inputs }: Extract<ReadCell, { references: unknown }>,
  { values, names }: Known,
): PlannedCell {
  try {
    if (kind === 'chart') {
      const chart = fillInParameters('chart', parameters, values);
      const text = `chart\n${JSON.stringify(chart)}`;
      const usesData = isOutside(names)(chart.data);
      const reads = [...new Set([...inputs, chart.data])];
      return { ...none, work: { kind: 'chart', text, usesData, parameters: chart }, reads };
    }
    const filled = fillInParameters(kind, parameters, values) as unknown as JsonObject;
    const text = `${kind} ${name ?? ''}\n${JSON.stringify(filled)}`;
    const work = { kind: 'panel', text, usesData: true, panel: kind, parameters: filled } as const;
    return { ...none, work, reads: inputs };
  } catch (error) {
    return { ...none, reads: inputs, fault: asAppError(error) };
  }
}

function planScript(read: Extract<ReadCell, { code: string }>, { names }: Known): PlannedCell {
  const { kind, name, code } = read;
  const free = once(namesOfScripts, read, () => scriptNames(code, kind));
  const reads = free.filter((one) => names.has(one.toLowerCase()));
  const text = `${kind} ${name ?? ''}\n${code}`;
  return { ...none, work: { kind: 'script', text, usesData: false, language: kind, code }, reads };
}

/** What a cell does, or why it can do nothing; `before` is what it read when that was last known. */
export function planCell(read: ReadCell, before: readonly string[], known: Known): PlannedCell {
  switch (read.kind) {
    case 'sql':
      return planSql(read, before, known);
    case 'input':
      return { ...none, work: { kind: 'input', value: read.value } };
    case 'chart':
    case 'features':
    case 'tuning':
    case 'kpis':
      return planPanel(read, known);
    case 'javascript':
    case 'typescript':
      return planScript(read, known);
    case 'faulty':
      return { ...none, fault: new AppError('CELL_INVALID', { problem: read.problem }) };
    case 'markdown':
    case 'raw':
    case 'setup':
    case 'foreign':
      return none;
  }
}
