import type { DocumentCell, JsonObject, NotebookDocument } from './notebook-document.ts';
import { setupSource } from './setup-source.ts';

const query = `%%sql --save customers_by_value
select customer_id, frequency, monetary, recency_days
from features.customer_features
order by monetary desc
limit 100`;

const newNotebookMetadata: JsonObject = {
  kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
  language_info: { file_extension: '.py', mimetype: 'text/x-python', name: 'python' },
};

function cell(
  id: string,
  type: DocumentCell['type'],
  { source, metadata = {} }: { readonly source: string; readonly metadata?: JsonObject },
): DocumentCell {
  return { id, type, source, metadata, outputs: [], executionCount: null };
}

/** The cell that a Jupyter user needs; it is known by its tag. */
export function setupCell(): DocumentCell {
  return cell('setup', 'code', {
    source: setupSource,
    metadata: { jupyter: { source_hidden: true }, tags: ['strata-setup'] },
  });
}

/** A notebook with a title, the cell that Jupyter needs, and a first query. */
export function newNotebook({ title }: { readonly title: string }): NotebookDocument {
  // A title is one line of Markdown, whatever was typed.
  const heading = title
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/([\\`*_[\]<>#])/g, '\\$1');
  return {
    cells: [
      cell('title', 'markdown', { source: `# ${heading}` }),
      setupCell(),
      cell('first-query', 'code', { source: query }),
    ],
    metadata: newNotebookMetadata,
    mode: 'reactive',
    text: null,
  };
}
