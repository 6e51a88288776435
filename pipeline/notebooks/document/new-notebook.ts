import type { DocumentCell, JsonObject, NotebookDocument } from './notebook-document.ts';

/** What a Jupyter user runs first. Strata itself skips it. */
const setup = `# Strata runs this notebook as it is. In Jupyter, run this cell first:
#   pip install jupysql duckdb duckdb-engine
# and start Jupyter in the workspace's folder, where "strata publish" put the tables into lake/.
from pathlib import Path

from IPython import get_ipython
from IPython.core.magic import register_cell_magic


@register_cell_magic
def strata(line, cell):
    print(f"This cell ({line}) runs in Strata only; its last result is shown below it there.")


get_ipython().run_line_magic("load_ext", "sql")
get_ipython().run_line_magic("sql", "duckdb://")
for file in sorted(Path("lake").glob("*/*.parquet")):
    schema = file.parent.name
    get_ipython().run_line_magic("sql", f"create schema if not exists {schema}")
    get_ipython().run_line_magic(
        "sql", f"create or replace view {schema}.{file.stem} as from '{file.as_posix()}'"
    )
`;

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
    source: setup.trimEnd(),
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
