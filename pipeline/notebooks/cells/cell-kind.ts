import type { CellKind } from '../../contract/notebook.ts';
import { isJsonObject, isListOfTexts, kindOfValue, member } from '../document/json-object.ts';
import { maximumDepth, tooDeepAt } from '../document/json-depth.ts';
import type { DocumentCell, JsonObject } from '../document/notebook-document.ts';
import { type FirstLine, readFirstLine, readOptions } from './first-line.ts';
import { didYouMean, quoted } from './nearest.ts';
import { parameterReferences } from './parameter-references.ts';
import { type InputCell, locateInput } from './read-input.ts';

export type PanelKind = Extract<CellKind, 'chart' | 'features' | 'tuning' | 'kpis'>;
export type ScriptKind = Extract<CellKind, 'javascript' | 'typescript'>;

/** What a cell is and says, read from its type, its tags and its source. */
export type ReadCell =
  | { readonly kind: 'markdown' | 'raw' | 'setup' | 'foreign' }
  | { readonly kind: 'sql'; readonly name: string | null; readonly sql: string }
  | InputCell
  | {
      readonly kind: PanelKind;
      readonly name: string | null;
      /** As written, with `{{names}}` where values go. */
      readonly parameters: JsonObject;
      /** Inputs that the parameters name. */
      readonly references: readonly string[];
    }
  | { readonly kind: ScriptKind; readonly name: string | null; readonly code: string }
  /** The first line says that it is ours, and the rest cannot be read: a sentence for CELL_INVALID. */
  | { readonly kind: 'faulty'; readonly of: CellKind; readonly problem: string };

const panelKinds: readonly PanelKind[] = ['chart', 'features', 'tuning', 'kpis'];
const scriptKinds: readonly ScriptKind[] = ['javascript', 'typescript'];
const kinds: readonly string[] = [...panelKinds, ...scriptKinds];

const faulty = (of: CellKind, problem: string): ReadCell => ({ kind: 'faulty', of, problem });

function readSql({ rest, body }: FirstLine): ReadCell {
  const options = readOptions(rest);
  if ('problem' in options) return faulty('sql', options.problem);
  if (/^[\w+]+:\/\//.test(options.rest) || /^@\w/.test(options.rest))
    return faulty(
      'sql',
      'it names a connection, and SQL runs on the workspace here; take out what follows %%sql.',
    );
  const sql = options.rest === '' ? body : `${options.rest}\n${body}`;
  if (sql.trim() === '')
    return faulty('sql', 'it has no query; write a SELECT below its first line.');
  return { kind: 'sql', name: options.name, sql };
}

function readPanel(kind: PanelKind, name: string | null, body: string): ReadCell {
  if (tooDeepAt(body) !== null)
    return faulty(kind, `its parameters nest deeper than ${maximumDepth} levels.`);
  let parameters: unknown;
  try {
    parameters = body.trim() === '' ? {} : JSON.parse(body);
  } catch (error) {
    const why =
      error instanceof Error ? ` (${error.message.replaceAll(/\s+/g, ' ').slice(0, 120)})` : '';
    return faulty(
      kind,
      `its parameters are not JSON${why}; names and texts stand in double quotes.`,
    );
  }
  if (!isJsonObject(parameters))
    return faulty(
      kind,
      `its parameters are ${kindOfValue(parameters)}; write them as {"name": value}.`,
    );
  return { kind, name, parameters, references: parameterReferences(parameters) };
}

function readStrata({ rest, body }: FirstLine): ReadCell {
  const [word = ''] = rest.split(/\s/, 1);
  const kind = [...panelKinds, ...scriptKinds].find((one) => one === word);
  if (kind === undefined) {
    const known = `Write "%%strata" and one of ${kinds.join(', ')}.`;
    const meant = didYouMean(word, kinds);
    return faulty(
      'foreign',
      word === ''
        ? `it does not say what it is. ${known}`
        : `there is no cell of kind ${quoted(word)}.${meant === '' ? ` ${known}` : meant}`,
    );
  }
  const options = readOptions(rest.slice(word.length).trimStart());
  if ('problem' in options) return faulty(kind, options.problem);
  const { name } = options;
  const script = scriptKinds.find((one) => one === kind);
  if (script === undefined) {
    return readPanel(
      kind as PanelKind,
      name,
      options.rest === '' ? body : `${options.rest}\n${body}`,
    );
  }
  if (options.rest !== '')
    return faulty(
      kind,
      `${quoted(options.rest)} stands in its first line; code begins in the second.`,
    );
  return { kind: script, name, code: body };
}

function hasTag(cell: Pick<DocumentCell, 'metadata'>, tag: string): boolean {
  const tags = member(cell.metadata, 'tags');
  return isListOfTexts(tags) && tags.includes(tag);
}

/** Never throws: what cannot be read is `foreign`, or `faulty` where its first line says that it is ours. */
export function readCell(cell: Pick<DocumentCell, 'type' | 'source' | 'metadata'>): ReadCell {
  if (cell.type !== 'code') return { kind: cell.type };
  if (hasTag(cell, 'strata-setup')) return { kind: 'setup' };
  const first = readFirstLine(cell.source);
  if (first?.magic === 'sql') return readSql(first);
  if (first?.magic === 'strata') return readStrata(first);
  if (first !== null) return { kind: 'foreign' };
  const input = locateInput(cell.source);
  if (input === null) return { kind: 'foreign' };
  if (input.kind === 'problem') return faulty('input', input.problem);
  const { name, value, control } = input;
  return { kind: 'input', name, value, control };
}

/** The kind to show: a faulty cell is of the kind that its first line says. */
export function kindOf(read: ReadCell): CellKind {
  return read.kind === 'faulty' ? read.of : read.kind;
}
