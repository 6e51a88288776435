import { pageBlocks, type PageTable } from '../../pipeline/contract/shared-page.ts';
import { blockText } from './page-parts.ts';
import { readShareRecord, type ShareRecord } from './share-record.ts';

export interface PageContent {
  readonly title: string;
  /** What a saved copy is called. */
  readonly path: string;
  readonly notebook: string;
  readonly tables: readonly PageTable[];
  readonly record: ShareRecord;
}

function parsed(id: string): unknown {
  const text = blockText(id);
  return text === '' ? null : JSON.parse(text);
}

/** A name for a file on any system. */
function fileName(title: string): string {
  const plain = title.replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, ' ').trim();
  return `${plain === '' ? 'notebook' : plain.slice(0, 80)}.ipynb`;
}

/** What the page was made with. */
export function pageContent(): PageContent {
  const tables = parsed(pageBlocks.tables);
  return {
    title: document.title,
    path: fileName(document.title),
    notebook: blockText(pageBlocks.notebook),
    tables: Array.isArray(tables) ? (tables as PageTable[]) : [],
    record: readShareRecord(parsed(pageBlocks.shared)),
  };
}
