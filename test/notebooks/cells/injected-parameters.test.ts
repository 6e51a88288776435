import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readCell } from '../../../pipeline/notebooks/cells/cell-kind.ts';
import { withInjected } from '../../../pipeline/notebooks/cells/injected-parameters.ts';
import type { NotebookDocument } from '../../../pipeline/notebooks/document/notebook-document.ts';
import {
  readNotebook,
  readNotebookText,
} from '../../../pipeline/notebooks/document/read-notebook.ts';
import { writeNotebook } from '../../../pipeline/notebooks/document/write-notebook.ts';
import { openSession } from '../session/open-session.ts';

/** What papermill 2.7.0 made of three inputs with -p least 45 -p city ... -p active False -p lest 3 -y 'list: [1, {a: 2}]'. */
const fixture = new URL('../../fixtures/notebooks/papermill.ipynb', import.meta.url);

const inputsOf = ({ cells }: NotebookDocument): Record<string, unknown> =>
  Object.fromEntries(
    cells
      .map((cell) => readCell(cell))
      .flatMap((read) => (read.kind === 'input' ? [[read.name, read.value]] : [])),
  );

const injected = (source: string, inputs: readonly string[] = ['k = 3']) =>
  readNotebookText(
    JSON.stringify({
      cells: [
        ...inputs.map((input, at) => ({
          id: `input-${at}`,
          cell_type: 'code',
          execution_count: null,
          metadata: { tags: ['parameters'] },
          outputs: [],
          source: `${input}  # strata: {"kind": "slider", "min": 0, "max": 100}`,
        })),
        {
          id: 'injected',
          cell_type: 'code',
          execution_count: null,
          metadata: { tags: ['injected-parameters'] },
          outputs: [],
          source,
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );

describe('what papermill injected', () => {
  test('sets the inputs of the same names, and what sets none stays in its cell', async () => {
    const read = readNotebook(await readFile(fixture));
    const { papermill } = read.metadata as unknown as {
      papermill: { parameters: Record<string, unknown> };
    };
    const { least, city, active } = papermill.parameters;
    const document = withInjected(read);
    expect(inputsOf(document)).toEqual({ least, city, active });
    expect(document.cells.map(({ source }) => source)[2]).toBe(
      '# Parameters\nlist = [1, {"a": 2}]\nlest = 3\n',
    );
    expect(withInjected(document)).toEqual(document);
  });

  test('leaves nothing behind where all of it is set, and the file is then as papermill has never seen it', () => {
    const document = withInjected(injected('# Parameters\nk = 45\nm = 7.5\n', ['k = 3', 'm = 1']));
    expect(document.cells.map(({ source }) => source.split('  #')[0])).toEqual([
      'k = 45',
      'm = 7.5',
    ]);
    expect(inputsOf(readNotebookText(writeNotebook(document)))).toEqual({ k: 45, m: 7.5 });
  });

  test('is no business of a notebook without inputs, which is written back byte for byte', () => {
    const foreign = injected('# Parameters\nalpha = 0.6\n', []);
    expect(withInjected(foreign)).toBe(foreign);
    expect(writeNotebook(withInjected(foreign))).toBe(foreign.text);
  });

  test.each([
    ['K = 5', 'The notebook has no input "K". Did you mean "k"?'],
    ['other = 5', 'The notebook has no input "other". It has k.'],
    ['k = 101', '"k" cannot be 101: its value 101 is outside 0 to 100.'],
    ['k = "many"', '"k" takes a number, not "many".'],
    ['k = None', '"k = None" sets no input: a value is a number, a text in quotes, True or False.'],
    [
      'k = 5 + 1',
      '"k = 5 + 1" sets no input: a value is a number, a text in quotes, True or False.',
    ],
  ])('and cannot be set is told on its cell: %s', async (line, sentence) => {
    const document = withInjected(injected(`# Parameters\n${line}`));
    expect(inputsOf(document)).toEqual({ k: 3 });
    const { session } = openSession(document);
    await session.idle();
    const state = session.states().find(({ id }) => id === 'injected');
    expect(state?.error?.message).toBe(
      `The cell cannot be used: papermill's parameters: ${sentence}`,
    );
  });
});
