import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { cli, type CliResult } from './cli.ts';

export interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly {
    readonly data?: Readonly<Record<string, string | readonly string[]>>;
    readonly ename?: string;
    readonly evalue?: string;
  }[];
}

export interface Notebook {
  readonly cells: readonly Cell[];
}

export const shippedFolder = fileURLToPath(new URL('../../notebooks', import.meta.url));

/** A text as nbformat writes it: whole, or line by line. */
function textOf(text: string | readonly string[] | undefined): string {
  return text === undefined ? '' : typeof text === 'string' ? text : text.join('');
}

/** What a cell shows, as text. */
export function shown({ cells }: Notebook, id: string): string {
  const outputs = cells.find((cell) => cell.id === id)?.outputs ?? [];
  return outputs.map(({ data }) => textOf(data?.['text/plain'])).join('\n');
}

/** The rows of the table that a cell shows last, by column. */
export function rowsOf(notebook: Notebook, id: string): Record<string, string>[] {
  const outputs = notebook.cells.find((cell) => cell.id === id)?.outputs ?? [];
  const html = textOf(outputs.at(-1)?.data?.['text/html']);
  const cellsOf = (row: string): string[] =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, text = '']) => text);
  const [names = [], ...rows] = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    cellsOf(row),
  );
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
}

/** A folder with a workspace in which notebooks are run from the command line. */
export class NotebookRuns {
  readonly folder: string;
  readonly workspace: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.workspace = join(folder, 'workspace');
  }

  static async make(): Promise<NotebookRuns> {
    return new NotebookRuns(await mkdtemp(join(tmpdir(), 'strata-test-')));
  }

  /** Runs a command on the workspace, which must succeed. */
  async do(...args: readonly string[]): Promise<void> {
    const { code, err } = await cli([...args, '--workspace', this.workspace]);
    if (code !== 0) throw new Error(`strata ${args.join(' ')} ended with ${code}: ${err}`);
  }

  /** Runs a notebook file; gives what the command said and the text that it wrote, if any. */
  async run(
    file: string,
    ...more: readonly string[]
  ): Promise<CliResult & { text: string | null }> {
    const out = join(this.folder, `out-${basename(file)}`);
    await rm(out, { force: true });
    const result = await cli([
      'notebook',
      'run',
      file,
      '--workspace',
      this.workspace,
      '--out',
      out,
      ...more,
    ]);
    return { ...result, text: await readFile(out, 'utf8').catch(() => null) };
  }

  async write(name: string, notebook: string | object): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, typeof notebook === 'string' ? notebook : JSON.stringify(notebook));
    return path;
  }

  /** Asks the warehouse itself, without any notebook. */
  async rows<Row extends Record<string, string | number | null>>(sql: string): Promise<Row[]> {
    const workspace = await openWorkspace(this.workspace, { create: false });
    try {
      return await workspace.writer.rows<Row>(sql);
    } finally {
      await workspace.close();
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** A notebook of code cells by id. */
export function notebookOf(cells: Readonly<Record<string, string>>): object {
  return {
    cells: Object.entries(cells).map(([id, source]) => ({
      cell_type: 'code',
      execution_count: null,
      id,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}
