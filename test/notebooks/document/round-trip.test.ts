import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { toNotebookCell } from '../../../pipeline/notebooks/document/cell-view.ts';
import { applyUpdate, withOutputs } from '../../../pipeline/notebooks/document/edit-document.ts';
import { readNotebook } from '../../../pipeline/notebooks/document/read-notebook.ts';
import { writeNotebook } from '../../../pipeline/notebooks/document/write-notebook.ts';
import type {
  DocumentCell,
  NotebookDocument,
} from '../../../pipeline/notebooks/document/notebook-document.ts';
import { foreignNotebooks } from '../../helpers/foreign-notebooks.ts';
import { oddNotebook } from '../../helpers/odd-notebooks.ts';

const read = (text: string): NotebookDocument => readNotebook(new TextEncoder().encode(text));
const shown = (document: NotebookDocument, id: string): NotebookCell =>
  toNotebookCell(document.cells.find((cell) => cell.id === id) as DocumentCell);
const foreign = Object.entries(foreignNotebooks);
const ids = (document: NotebookDocument): string[] => document.cells.map(({ id }) => id);
/** What a document says, without the text that it was read from. */
const said = (document: NotebookDocument): unknown => ({ ...document, text: null });

describe('a notebook that somebody else wrote', () => {
  test.each(foreign)('%s is written back byte for byte where nothing changed', (_, text) => {
    const document = read(text);
    expect(writeNotebook(document)).toBe(text);
    const again = applyUpdate(document, {
      changed: document.cells.map(toNotebookCell),
      order: ids(document),
      mode: 'reactive',
    });
    expect(writeNotebook(again)).toBe(text);
  });

  test.each(foreign)('%s keeps all but the source that changed', (_, text) => {
    const document = read(text);
    const last = document.cells.at(-1)?.id ?? '';
    const cell = { ...shown(document, last), source: 'one\nZWEI' };
    const written = writeNotebook(applyUpdate(document, { changed: [cell] }));
    const after = read(written);
    expect(after.cells.map((one) => one.source)).toEqual([
      ...document.cells.slice(0, -1).map((one) => one.source),
      'one\nZWEI',
    ]);
    // What is before the source, and what is after it, stands as it stood.
    let head = 0;
    while (written[head] === text[head]) head++;
    let foot = 0;
    while (written.at(-1 - foot) === text.at(-1 - foot)) foot++;
    expect(written.slice(head, -foot)).toMatch(/^[^{}]*$/);
  });

  test('gets only the lines of a source that changed written anew', () => {
    const text = foreignNotebooks['colab'] ?? '';
    const document = read(text);
    const [first = ''] = ids(document);
    const cell = { ...shown(document, first), source: 'x\u00e9\n'.repeat(2) + 'text' };
    const kept = { ...shown(document, first), source: 'Caf\n# Caf\u00e9 \u{1F680}\ntext' };
    expect(writeNotebook(applyUpdate(document, { changed: [cell] }))).toBe(
      text.replace(
        '["# Caf\\u00e9 \\ud83d\\ude80\\n", "text"]',
        '["x\\u00e9\\n", "x\\u00e9\\n", "text"]',
      ),
    );
    expect(writeNotebook(applyUpdate(document, { changed: [kept] }))).toBe(
      text.replace('["# Caf', '["Caf\\n", "# Caf'),
    );
  });

  test('keeps attachments, widgets and names such as __proto__ as data', () => {
    const document = read(foreignNotebooks['rKernel'] ?? '');
    const metadata = document.cells[1]?.metadata ?? {};
    expect(Object.keys(metadata)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const pinned = applyUpdate(document, {
      changed: [{ ...shown(document, 'cell-2'), pinned: true }],
    });
    expect(writeNotebook(pinned)).toBe(
      document.text?.replace(
        '"constructor": 1}',
        '"constructor": 1, "strata": {\r\n          "pinned": true\r\n        }}',
      ),
    );
    const lab = read(foreignNotebooks['jupyterLab'] ?? '');
    expect(lab.cells[0]?.others).toMatchObject({ attachments: { 'image.png': {} } });
    expect(writeNotebook({ ...lab, text: null })).toBe(
      lab.text?.replace('"max": 1e2', '"max": 100'),
    );
  });
});

test('ids that lack or are there twice are mended in the file, and nothing else is', () => {
  const made = (first: string, second: string): string =>
    `{"cells": [{${first}"cell_type": "raw", "metadata": {}, "source": ""}, {${second}"cell_type": "raw", "metadata": {}, "source": "b"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`;
  expect(writeNotebook(read(made('"id": "a", ', '"id": "a", ')))).toBe(
    made('"id": "a", ', '"id": "cell-2", '),
  );
  const lacking = writeNotebook(read(made('', '"id": "a", ')));
  expect(read(lacking).cells.map(({ id }) => id)).toEqual(['cell-1', 'a']);
  expect(lacking).toBe(made('', '"id": "a", ').replace('"raw", ', '"raw", "id": "cell-1", '));
});

describe('moving, removing and adding cells', () => {
  const document = read(foreignNotebooks['jupyterLab'] ?? '');
  const fresh: NotebookCell = {
    id: 'fresh',
    type: 'code',
    source: 'k = 5  # strata: {"kind": "slider", "min": 2, "max": 10}',
    pinned: false,
    folded: { source: true, outputs: false },
  };

  test('keeps the bytes of every cell that did not change', () => {
    const text = document.text ?? '';
    const raw = /"cells": \[\n(.*?\n {2}\}),\n(.*?\n {2}\})\n \]/s.exec(text) ?? [];
    const moved = applyUpdate(document, { changed: [fresh], order: ['d7c3', 'fresh', 'd7c2'] });
    const written = writeNotebook(moved);
    expect(written).toBe(
      text.replace(
        raw[0] ?? '',
        () =>
          `"cells": [\n${raw[2]},\n  {
   "cell_type": "code",
   "execution_count": null,
   "id": "fresh",
   "metadata": {
    "jupyter": {
     "source_hidden": true
    },
    "tags": [
     "parameters"
    ]
   },
   "outputs": [],
   "source": [
    "k = 5  # strata: {\\"kind\\": \\"slider\\", \\"min\\": 2, \\"max\\": 10}"
   ]
  },\n${raw[1]}\n ]`,
      ),
    );
  });

  test('gives a cell that was removed and comes back its outputs and attachments again', () => {
    const [first = '', second = ''] = ids(document);
    const [a, b] = [shown(document, first), shown(document, second)];
    const without = applyUpdate(document, { changed: [], order: [second] });
    expect(ids(without)).toEqual([second]);
    const back = applyUpdate(without, { changed: [a], order: [first, second] });
    expect(writeNotebook(back)).toBe(document.text);
    const none = applyUpdate(document, { changed: [], order: [] });
    expect(read(writeNotebook(none)).cells).toEqual([]);
    const all = applyUpdate(none, { changed: [b, a], order: [first, second] });
    expect(writeNotebook(all)).toBe(document.text);
  });

  test('writes outputs into their cell and nowhere else', () => {
    const [, second = ''] = ids(document);
    const run = withOutputs(
      document,
      second,
      [{ output_type: 'stream', name: 'stdout', text: 'a\nb' }],
      2,
    );
    const written = writeNotebook(run);
    expect(written).toBe(
      (document.text ?? '')
        .replace(
          /"outputs": \[\n {4}\{.*?\n {3}\]/s,
          () =>
            '"outputs": [\n    {\n     "name": "stdout",\n     "output_type": "stream",\n     "text": [\n      "a\\n",\n      "b"\n     ]\n    }\n   ]',
        )
        .replace('"execution_count": 1', '"execution_count": 2'),
    );
  });
});

describe('any notebook, however it is laid out', () => {
  test('is written back byte for byte, and says the same when written anew', () => {
    fc.assert(
      fc.property(oddNotebook, ({ text }) => {
        const document = read(text);
        expect(writeNotebook(document)).toBe(text);
        const anew = read(writeNotebook({ ...document, text: null }));
        expect(said(anew)).toEqual(said(document));
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the text of all cells but the one that is edited', () => {
    fc.assert(
      fc.property(oddNotebook, fc.nat(), fc.string({ unit: 'binary' }), (made, at, source) => {
        const document = read(made.text);
        fc.pre(document.cells.length > 0);
        const place = at % document.cells.length;
        const id = ids(document)[place] ?? '';
        const update = { changed: [{ ...shown(document, id), source }] };
        const written = writeNotebook(applyUpdate(document, update));
        for (const [i, cell] of made.cells.entries()) {
          if (i !== place) expect(written).toContain(cell);
        }
        const after = read(written);
        expect(after.cells.map((cell) => cell.source)).toEqual(
          document.cells.map((cell, i) => (i === place ? source : cell.source)),
        );
        expect(after.cells.map((cell) => cell.outputs)).toEqual(
          document.cells.map((cell) => cell.outputs),
        );
        const back = { changed: [shown(document, id)] };
        expect(said(applyUpdate(read(written), back))).toMatchObject({
          cells: document.cells.map(({ source: one }) => ({ source: one })),
        });
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the text of all cells that are left when they are shuffled and some go', () => {
    fc.assert(
      fc.property(oddNotebook, fc.infiniteStream(fc.nat()), (made, draws) => {
        const document = read(made.text);
        const keyed = ids(document).map((id, i) => ({ id, i, key: draws.next().value as number }));
        const order = keyed.filter(({ key }) => key % 4 !== 0).toSorted((a, b) => a.key - b.key);
        const written = writeNotebook(
          applyUpdate(document, { changed: [], order: order.map(({ id }) => id) }),
        );
        for (const { i } of order) expect(written).toContain(made.cells[i]);
        expect(read(written).cells.map(({ source }) => source)).toEqual(
          order.map(({ i }) => document.cells[i]?.source),
        );
      }),
      { numRuns: 200 },
    );
  });
});
