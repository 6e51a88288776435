import { gzipSync } from 'fflate';
import { AppError } from '../../contract/errors.ts';
import { pageBlocks, type PageTable } from '../../contract/shared-page.ts';
import type { JsonObject, NotebookDocument } from '../document/notebook-document.ts';
import { writeNotebook } from '../document/write-notebook.ts';
import { escapeHtml } from '../outputs/html-table.ts';
import { base64 } from './base64.ts';
import type { SharedData } from './read-shared.ts';

/** What stands in the reader's page, once each, in the place of what is put in. */
export const livePlaceholders = {
  title: '<!--strata-title-->',
  payload: '<!--strata-payload-->',
} as const;

const megabyte = 1e6;
const mostData = 200 * megabyte;

/**
 * JSON that no HTML parser and no old script parser takes for anything else, whatever its texts hold: no `<`, so neither
 * `</script>` nor `<!--`.
 */
function safeJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

const block = (id: string, type: string, text: string): string =>
  `<script type="${type}" id="${id}">${text}</script>\n`;

/** Blocks of data that nothing runs: the page's own script reads them by their ids. */
function payload(
  document: NotebookDocument,
  record: JsonObject,
  tables: readonly SharedData[],
): string {
  const list = tables.map(({ name, kind, rows }, at): PageTable => ({
    id: `strata-table-${at}`,
    name,
    kind,
    rows,
  }));
  const blocks = tables.map(({ ipc }, at) =>
    block(
      `strata-table-${at}`,
      'application/octet-stream',
      base64(gzipSync(ipc, { level: 6, mtime: 0 })),
    ),
  );
  const text = writeNotebook({ ...document, text: null });
  return [
    block(pageBlocks.notebook, 'application/json', safeJson(JSON.parse(text))),
    block(pageBlocks.shared, 'application/json', safeJson(record)),
    block(pageBlocks.tables, 'application/json', safeJson(list)),
    ...blocks,
  ].join('');
}

function filled(template: string, texts: ReadonlyMap<string, string>): string {
  let page = template;
  const places = [...texts].map(([placeholder, text]) => {
    const at = template.indexOf(placeholder);
    if (at < 0 || template.includes(placeholder, at + 1)) {
      throw new AppError('INTERNAL', { problem: `the reader's page has not one ${placeholder}` });
    }
    return { at, placeholder, text };
  });
  // From the end, so that nothing is looked for in what was put in.
  for (const { at, placeholder, text } of places.toSorted((a, b) => b.at - a.at)) {
    page = page.slice(0, at) + text + page.slice(at + placeholder.length);
  }
  return page;
}

export interface LivePage {
  readonly template: string;
  readonly title: string;
  readonly document: NotebookDocument;
  /** What was chosen. */
  readonly record: JsonObject;
  readonly tables: readonly SharedData[];
}

/**
 * One page with a notebook and its data: the reader's page with its placeholders filled. Throws
 * NOTEBOOK_EXPORT_TOO_LARGE for data over 200 MB.
 */
export function liveHtml({ template, title, document, record, tables }: LivePage): string {
  const size = tables.reduce((sum, { ipc }) => sum + ipc.byteLength, 0);
  if (size > mostData) {
    throw new AppError('NOTEBOOK_EXPORT_TOO_LARGE', {
      size: Math.ceil(size / megabyte),
      limit: mostData / megabyte,
    });
  }
  return filled(
    template,
    new Map([
      [livePlaceholders.title, escapeHtml(title)],
      [livePlaceholders.payload, payload(document, record, tables)],
    ]),
  );
}
