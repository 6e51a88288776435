import type { CellKind, NotebookCell } from '../../../pipeline/contract/notebook.ts';

/** A cell's source cut where the page edits it: `lead` is the first line of one of our kinds with its line break. */
export interface CellSource {
  readonly kind: CellKind;
  readonly lead: string;
  readonly body: string;
  /** What `--save` says. */
  readonly name: string | null;
}

const magics: Readonly<Record<string, CellKind>> = {
  chart: 'chart',
  features: 'features',
  tuning: 'tuning',
  kpis: 'kpis',
  javascript: 'javascript',
  typescript: 'typescript',
};

const saved = /(?:^|\s)(?:--save|-s)[ \t=]+(\S+)/;
const inputLine = /^[ \t]*[A-Za-z_]\w*[ \t]*=[^\n]*#[ \t]*strata:[ \t]*\{/m;

function kindOfLead(first: string): CellKind | null {
  if (/^%%sql(\s|$)/.test(first)) return 'sql';
  const panel = /^%%strata[ \t]+([a-z]+)/.exec(first)?.[1];
  return panel === undefined
    ? null
    : (Object.entries(magics).find(([word]) => word === panel)?.[1] ?? null);
}

/** Reads a source as the host will; `told` is what the host last said, which alone knows a set-up cell by its tag. */
export function readSource(
  cell: Pick<NotebookCell, 'type' | 'source'>,
  told?: CellKind,
): CellSource {
  const { type, source } = cell;
  const whole = { lead: '', body: source, name: null };
  if (type !== 'code') return { kind: type, ...whole };
  if (told === 'setup') return { kind: 'setup', ...whole };
  const end = source.indexOf('\n');
  const first = end === -1 ? source : source.slice(0, end);
  const kind = kindOfLead(first);
  if (kind === null) return { kind: inputLine.test(source) ? 'input' : 'foreign', ...whole };
  const lead = end === -1 ? source : source.slice(0, end + 1);
  return { kind, lead, body: source.slice(lead.length), name: saved.exec(first)?.[1] ?? null };
}

/** The source with another body; the first line stays to the byte. */
export function withBody({ lead, body: _body }: CellSource, body: string): string {
  return lead === '' || lead.endsWith('\n') ? lead + body : `${lead}\n${body}`;
}

/** The source under another name, or none; other options of the first line stay. */
export function withName(source: CellSource, name: string): string {
  const line = source.lead.replace(/\r?\n$/, '');
  const bare = line.replace(saved, '').trimEnd();
  const end = source.lead.slice(line.length) || (source.body === '' ? '' : '\n');
  return `${name === '' ? bare : `${bare} --save ${name}`}${end}${source.body}`;
}

/** What SQL and Python both take as a name without quotes. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w{0,62}$/.test(text);
}

/** The words for a kind, as menus and listeners have them. */
export const kindWords: Readonly<Record<CellKind, string>> = {
  markdown: 'Markdown',
  raw: 'Raw text',
  sql: 'SQL',
  input: 'Input',
  chart: 'Chart',
  features: 'Features',
  tuning: 'Tuning',
  kpis: 'KPIs',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  setup: 'Set-up for Jupyter',
  foreign: 'Other code',
};

/** Kinds whose source nobody edits here. */
export function isKept(kind: CellKind): boolean {
  return kind === 'foreign' || kind === 'setup';
}
