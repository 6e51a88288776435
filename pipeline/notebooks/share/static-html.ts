import { kindOf, readCell, type ReadCell } from '../cells/cell-kind.ts';
import { toNotebookCell } from '../document/cell-view.ts';
import type { DocumentCell, NotebookDocument } from '../document/notebook-document.ts';
import { escapeHtml } from '../outputs/html-table.ts';
import { safeMarkdown } from './safe-markdown.ts';
import { staticOutput } from './static-output.ts';
import { staticStyle } from './static-style.ts';

/** No script, and nothing from anywhere: pictures stand in the page. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const titles: Readonly<Record<ReturnType<typeof kindOf>, string>> = {
  markdown: 'Text',
  raw: 'Raw text',
  sql: 'SQL',
  input: 'Input',
  chart: 'Chart',
  features: 'Features',
  tuning: 'K-Means',
  kpis: 'KPIs',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  setup: 'Setup for Jupyter',
  foreign: 'Code',
};

function code(cell: DocumentCell, read: ReadCell): string {
  const name = 'name' in read && read.name !== null ? ` · ${read.name}` : '';
  const summary = escapeHtml(`${titles[kindOf(read)]}${name}`);
  return `<details><summary>${summary}</summary><pre><code>${escapeHtml(cell.source)}</code></pre></details>`;
}

function section(cell: DocumentCell): string {
  const read = readCell(cell);
  const { folded } = toNotebookCell(cell);
  if (cell.type === 'markdown') return `<section>${safeMarkdown(cell)}</section>`;
  if (cell.type === 'raw' || read.kind === 'setup') return '';
  if (read.kind === 'input') {
    const label = read.control.label ?? read.name;
    return `<section><span class="input">${escapeHtml(label)} <b>${escapeHtml(String(read.value))}</b></span></section>`;
  }
  const outputs = folded.outputs ? '' : cell.outputs.map(staticOutput).join('\n');
  return `<section>${code(cell, read)}${outputs}</section>`;
}

/**
 * A notebook as one page that needs no script, no network and no Strata. Whatever its cells and outputs hold, the page
 * runs and fetches nothing.
 */
export function staticHtml(
  document: NotebookDocument,
  { title }: { readonly title: string },
): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="generator" content="Strata">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${staticStyle}</style>`,
  ].join('\n');
  const sections = document.cells.map(section).filter((html) => html !== '');
  return `<!doctype html>\n<html lang="en">\n<head>\n${head}\n</head>\n<body>\n<main>\n${sections.join('\n')}\n</main>\n</body>\n</html>\n`;
}
