import { describe, expect, test } from 'vitest';
import { AppError } from '../../../pipeline/contract/errors.ts';
import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { toNotebookCell } from '../../../pipeline/notebooks/document/cell-view.ts';
import {
  applyUpdate,
  withOutputs,
  withoutOutputs,
} from '../../../pipeline/notebooks/document/edit-document.ts';
import { newNotebook } from '../../../pipeline/notebooks/document/new-notebook.ts';
import type {
  JsonObject,
  NotebookDocument,
} from '../../../pipeline/notebooks/document/notebook-document.ts';

const document = newNotebook({ title: 'A' });
const plain = { pinned: false, folded: { source: false, outputs: false } };
const fresh = (id: string): NotebookCell => ({ id, type: 'code', source: 'x', ...plain });
const ids = ({ cells }: NotebookDocument): string[] => cells.map(({ id }) => id);

describe('an update of a notebook', () => {
  test('puts cells in by id, orders them, and takes away those that the order leaves out', () => {
    const updated = applyUpdate(document, {
      changed: [fresh('n1'), fresh('title'), fresh('n2')],
      order: ['n2', 'title', 'n1'],
      mode: 'manual',
    });
    expect(ids(updated)).toEqual(['n2', 'title', 'n1']);
    expect(updated.mode).toBe('manual');
    expect(updated.cells[1]).toMatchObject({ type: 'code', source: 'x', outputs: [] });
    expect(ids(applyUpdate(document, { changed: [fresh('n1')] }))).toEqual([
      ...ids(document),
      'n1',
    ]);
    expect(ids(document)).toEqual(['title', 'setup', 'first-query']);
  });

  test('is refused where its order names cells that nobody has, or one twice, or an id that is none', () => {
    const refused = (update: Parameters<typeof applyUpdate>[1]): unknown => {
      try {
        return applyUpdate(document, update);
      } catch (error) {
        return error instanceof AppError ? error.toJSON() : error;
      }
    };
    expect(refused({ changed: [], order: ['title', 'nobody'] })).toEqual({
      code: 'CELL_UNKNOWN',
      message: 'The notebook has no cell "nobody".',
      details: { cell: 'nobody' },
    });
    expect(refused({ changed: [], order: ['title', 'title'] })).toMatchObject({
      code: 'CELL_INVALID',
      details: { problem: '"title" stands twice in the order.' },
    });
    for (const id of ['', 'a b', '__proto__\0', 'x'.repeat(65)])
      expect(refused({ changed: [fresh(id)] })).toMatchObject({ code: 'CELL_INVALID' });
    expect(ids(applyUpdate(document, { changed: [fresh('__proto__')] }))).toContain('__proto__');
  });

  test('of somebody who did not know of a cell keeps it behind its left neighbour, and brings back what was written in', () => {
    const known = ids(document);
    const theirs = applyUpdate(document, {
      changed: [fresh('x'), fresh('y'), fresh('top')],
      order: ['top', 'title', 'x', 'y', 'first-query'],
      known,
    });
    expect(ids(theirs)).toEqual(['top', 'title', 'x', 'y', 'first-query']);
    const both = applyUpdate(theirs, {
      changed: [fresh('new'), fresh('setup')],
      order: ['setup', 'first-query', 'new', 'title'],
      known,
    });
    expect(ids(both)).toEqual(['top', 'setup', 'first-query', 'new', 'title', 'x', 'y']);
    // Its left neighbour is gone, too.
    const without = applyUpdate(both, { changed: [], order: ['first-query', 'new'], known });
    expect(ids(without)).toEqual(['top', 'first-query', 'new', 'x', 'y']);
    const typed = applyUpdate(without, { changed: [fresh('title')], known: ['title'] });
    expect(ids(typed)).toEqual(['top', 'first-query', 'new', 'title', 'x', 'y']);
    // The one that it stood behind is gone, too; and another that was only moved stays gone.
    const alone = applyUpdate(without, {
      changed: [],
      order: ['first-query'],
      known: ['new', 'first-query'],
    });
    const behind = applyUpdate(alone, { changed: [fresh('title')], known: ['title'] });
    expect(ids(behind)).toEqual(['top', 'first-query', 'title', 'x', 'y']);
    const moved = applyUpdate(alone, { changed: [], order: ['title', 'first-query'], known });
    expect(ids(moved)).toEqual(['top', 'first-query', 'x', 'y']);
    const undone = applyUpdate(without, {
      changed: [fresh('title')],
      order: ['title', 'first-query', 'new'],
      known: ['first-query', 'new'],
    });
    expect(ids(undone)).toEqual(['top', 'title', 'first-query', 'new', 'x', 'y']);
  });

  test('brings cells back in their order, whichever went first and whichever was written in first', () => {
    const [a = '', b = '', c = ''] = ids(document);
    const goneOne = applyUpdate(document, {
      changed: [],
      order: ids(document).filter((id) => id !== b),
    });
    const goneBoth = applyUpdate(goneOne, {
      changed: [],
      order: ids(goneOne).filter((id) => id !== c),
    });
    for (const back of [
      [b, c],
      [c, b],
    ]) {
      const { cells } = applyUpdate(goneBoth, {
        changed: back.map((id) => fresh(id)),
        known: back,
      });
      expect(cells.slice(0, 3).map(({ id }) => id)).toEqual([a, b, c]);
    }
  });

  test('keeps pinned and folded where Jupyter and Strata look for them, and touches no other metadata', () => {
    const setup = document.cells[1];
    if (setup === undefined) throw new Error('there is a setup cell');
    expect(toNotebookCell(setup).folded).toEqual({ source: true, outputs: false });
    const { cells } = applyUpdate(document, {
      changed: [
        { ...toNotebookCell(setup), pinned: true, folded: { source: false, outputs: true } },
      ],
    });
    expect(cells[1]?.metadata).toEqual({
      jupyter: { outputs_hidden: true },
      strata: { pinned: true },
      tags: ['strata-setup'],
    });
    const back = applyUpdate({ ...document, cells }, { changed: [toNotebookCell(setup)] });
    expect(back.cells[1]).toEqual(setup);
  });

  test('tags an input for papermill, and takes the tag away with the input', () => {
    const input = { ...fresh('k'), source: 'k = 5  # strata: {"kind": "text"}' };
    const tagged = applyUpdate(document, { changed: [input] });
    expect(tagged.cells.at(-1)?.metadata).toEqual({ tags: ['parameters'] });
    expect(applyUpdate(tagged, { changed: [fresh('k')] }).cells.at(-1)?.metadata).toEqual({});
  });
});

describe('outputs', () => {
  const outputs: JsonObject[] = [{ output_type: 'stream', name: 'stdout', text: 'a' }];

  test('go into code, stay while its source changes, and go when it is no code any more', () => {
    const run = withOutputs(document, 'first-query', outputs, 1);
    expect(run.cells[2]).toMatchObject({ outputs, executionCount: 1 });
    expect(withOutputs(document, 'title', outputs, 1)).toEqual(document);
    expect(withOutputs(document, 'gone', outputs, 1)).toEqual(document);
    const edited = applyUpdate(run, { changed: [fresh('first-query')] });
    expect(edited.cells[2]).toMatchObject({ outputs, executionCount: 1 });
    const raw = applyUpdate(run, { changed: [{ ...fresh('first-query'), type: 'raw' }] });
    expect(raw.cells[2]).toMatchObject({ outputs: [], executionCount: null });
    expect(withoutOutputs(run)).toEqual(document);
  });

  test('that nest deeper than a notebook may are refused before they are in it', () => {
    let deep: JsonObject = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(() => withOutputs(document, 'first-query', [deep], 1)).toThrow('nests deeper');
  });
});
