import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../pipeline/contract/errors.ts';
import { readNotebook } from '../../../pipeline/notebooks/document/read-notebook.ts';

const good = `{
 "cells": [
  {"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [], "source": ["x"]}
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;
const cell = (json: string): string => good.replace(/\{"cell_type".*\}/, () => json);
const output = (json: string): string =>
  good.replace('"outputs": []', () => `"outputs": [${json}]`);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const code = '"cell_type": "code", "execution_count": null, "metadata": {}';

/** What is wrong with a file, and what is told of it. */
const damaged: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['an empty file', '', 'the file is empty.'],
  ['blank space', ' \n\t\n', 'the file holds nothing but blank space.'],
  [
    'a file that was cut off',
    good.slice(0, 60),
    'it ends at line 3, column 47, in the middle; the file was cut off.',
  ],
  [
    'a file cut off between cells',
    good.slice(0, good.indexOf(' ],')),
    'it ends at line 3, column 108, in the middle; the file was cut off.',
  ],
  [
    'a file cut off in a word',
    good.slice(0, good.indexOf('null') + 2),
    'it ends at line 3, column 46, in the middle; the file was cut off.',
  ],
  [
    'a web page',
    '\n<!DOCTYPE html><html></html>',
    'it is a web page (HTML or XML), such as an error or a sign-in page saved in the place of the notebook.',
  ],
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n',
    'it is a pointer of Git LFS, not the notebook; run "git lfs pull" to fetch it.',
  ],
  [
    'an unsettled merge',
    good.replace(
      ' "metadata": {},\n',
      '<<<<<<< HEAD\n "metadata": {},\n=======\n "metadata": {"a": 1},\n>>>>>>> b\n',
    ),
    'line 5, column 1 has a conflict marker of Git; settle the merge first.',
  ],
  ['gzip', new Uint8Array(gzipSync(good)), 'it is compressed with gzip; unpack it first.'],
  ['a ZIP archive', 'PK\u0003\u0004....', 'it is a ZIP archive; unpack it first.'],
  ['a PDF', '%PDF-1.7 ...', 'it is a PDF, not a notebook.'],
  [
    'UTF-16 with a mark',
    new Uint8Array(Buffer.from(`\uFEFF${good}`, 'utf16le')),
    'it is written in UTF-16; save it as UTF-8.',
  ],
  [
    'UTF-16 without one',
    new Uint8Array(Buffer.from(good, 'utf16le')),
    'it is written in UTF-16; save it as UTF-8.',
  ],
  [
    'binary data',
    new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0]),
    'it is a binary file, not a notebook.',
  ],
  [
    'Latin-1',
    new Uint8Array(Buffer.from(good.replace('"x"', '"é"'), 'latin1')),
    'line 3, column 105 holds a byte that is not UTF-8; save the file as UTF-8.',
  ],
  [
    'deep nesting',
    `{"a":${'['.repeat(1_000_000)}`,
    'line 1, column 505 nests deeper than 500 levels, which no notebook does.',
  ],
  [
    'a comma too many',
    good.replace('{},', '{},,'),
    'it is not JSON: line 3, column 76 has no name of a property where one must be.',
  ],
  [
    'a comma at the end',
    good.replace('5\n}', '5,\n}'),
    'it is not JSON: line 8, column 1 has no name of a property where one must be.',
  ],
  [
    'a missing comma',
    good.replace('4,', '4'),
    'it is not JSON: line 7, column 2 has no comma where one must be.',
  ],
  [
    'a comment',
    good.replace('"metadata"', '/* mine */ "metadata"'),
    'it is not JSON: line 3, column 61 has a comment, which JSON does not have.',
  ],
  [
    'NaN',
    output('{"output_type": "display_data", "metadata": {}, "data": {"application/json": NaN}}'),
    'line 3, column 166 has NaN, a number that JSON does not have.',
  ],
  [
    'Infinity',
    output(
      '{"output_type": "display_data", "metadata": {}, "data": {"application/json": -Infinity}}',
    ),
    'line 3, column 166 has -Infinity, a number that JSON does not have.',
  ],
  [
    'a control character',
    good.replace('"x"', '"\u0001"'),
    'it is not JSON: line 3, column 103 has a control character that JSON wants escaped.',
  ],
  [
    'a broken escape',
    good.replace('"x"', String.raw`"\x"`),
    'it is not JSON: line 3, column 103 has an escape that JSON does not have.',
  ],
  [
    'text after the end',
    `${good}{}`,
    'it is not JSON: line 9, column 1 has more text after the end of the notebook.',
  ],
  [
    'a Python dictionary',
    "{'cells': []}",
    'it is not JSON: line 1, column 2 has a word that JSON does not have.',
  ],
  ['a list', '[]', 'it is JSON, but not a notebook: it is a list.'],
  ['null', 'null', 'it is JSON, but not a notebook: it is null.'],
  [
    'other JSON',
    '{"name": "strata"}',
    'it is JSON, but not a notebook: it has neither nbformat nor cells.',
  ],
  ['nbformat as text', good.replace(': 4', ': "4"'), 'nbformat is a text.'],
  ['nbformat in parts', good.replace(': 4', ': 4.5'), 'nbformat is 4.5, no version.'],
  ['no minor version', good.replace(',\n "nbformat_minor": 5', ''), 'nbformat_minor is missing.'],
  ['a negative minor version', good.replace(': 5', ': -1'), 'nbformat_minor is -1, no version.'],
  ['no metadata', good.replace(' "metadata": {},\n', ''), 'metadata is missing.'],
  [
    'metadata as a list',
    good.replace(' "metadata": {},\n', ' "metadata": [],\n'),
    'metadata is a list.',
  ],
  ['no cells', '{"metadata": {}, "nbformat": 4, "nbformat_minor": 5}', 'cells is missing.'],
  [
    'cells as an object',
    '{"cells": {}, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    'cells is an object.',
  ],
  [
    'a key twice',
    good.replace(' "nbformat": 4', ' "nbformat": 4, "nbformat": 4'),
    'the notebook has "nbformat" twice.',
  ],
  [
    'a key of a cell twice',
    cell(`{${code}, "source": "a", "source": "b"}`),
    'cell 1 has "source" twice.',
  ],
  ['a cell that is a text', cell('"x"'), 'cell 1 is a text.'],
  ['a cell that is null', cell('null'), 'cell 1 is null.'],
  [
    'a cell without a type',
    cell('{"metadata": {}, "source": ""}'),
    'cell 1: cell_type is missing.',
  ],
  [
    'a type from another time',
    cell('{"cell_type": "heading", "metadata": {}, "source": ""}'),
    'cell 1: cell_type "heading" is not code, markdown or raw.',
  ],
  [
    'a type that every object inherits',
    cell('{"cell_type": "constructor", "metadata": {}, "source": ""}'),
    'cell 1: cell_type "constructor" is not code, markdown or raw.',
  ],
  [
    'a source that is a number',
    cell(`{${code}, "outputs": [], "source": 7}`),
    'cell 1: source is a number.',
  ],
  [
    'a line that is a number',
    cell(`{${code}, "outputs": [], "source": ["a", 7]}`),
    'cell 1: line 2 of its source is a number.',
  ],
  ['no source', cell(`{${code}, "outputs": []}`), 'cell 1: source is missing.'],
  [
    'a cell without metadata',
    cell('{"cell_type": "raw", "source": ""}'),
    'cell 1: metadata is missing.',
  ],
  ['an id that is a number', cell(`{${code}, "id": 1, "source": ""}`), 'cell 1: id is a number.'],
  [
    'a count in parts',
    cell('{"cell_type": "code", "execution_count": 1.5, "metadata": {}, "source": ""}'),
    'cell 1: execution_count is 1.5, no count.',
  ],
  [
    'a count that is a text',
    cell('{"cell_type": "code", "execution_count": "1", "metadata": {}, "source": ""}'),
    'cell 1: execution_count is a text.',
  ],
  [
    'outputs as an object',
    cell(`{${code}, "outputs": {}, "source": ""}`),
    'cell 1: outputs is an object.',
  ],
  ['an output that is null', output('null'), 'cell 1, output 1 is null.'],
  ['an output without a type', output('{}'), 'cell 1, output 1: output_type is missing.'],
  [
    'an output of nbformat 3',
    output('{"output_type": "pyout"}'),
    'cell 1, output 1: output_type "pyout" is none that nbformat 4 has.',
  ],
  [
    'a stream of numbers',
    output('{"output_type": "stream", "text": [1]}'),
    'cell 1, output 1: text is a list.',
  ],
  [
    'data that is a list',
    output('{"output_type": "display_data", "data": []}'),
    'cell 1, output 1: data is a list.',
  ],
  [
    'an image that is a number',
    output('{"output_type": "display_data", "data": {"image/png": 1}}'),
    'cell 1, output 1: data: image/png is a number.',
  ],
  [
    'a traceback that is a text',
    output('{"output_type": "error", "traceback": "x"}'),
    'cell 1, output 1: traceback is not a list of texts.',
  ],
  [
    'attachments as a list',
    cell('{"cell_type": "markdown", "metadata": {}, "source": "", "attachments": []}'),
    'cell 1: attachments is a list.',
  ],
  [
    'an attachment that is a number',
    cell('{"cell_type": "markdown", "metadata": {}, "source": "", "attachments": {"a.png": 1}}'),
    'cell 1: the attachment "a.png" is a number.',
  ],
];

function fault(file: string | Uint8Array): AppError {
  try {
    readNotebook(typeof file === 'string' ? bytes(file) : file);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a damaged file', () => {
  test('is one of at least thirty that are told apart', () => {
    expect(readNotebook(bytes(good)).cells).toHaveLength(1);
    expect(damaged.length).toBeGreaterThan(30);
  });

  test.each(damaged)('is told in a sentence: %s', (_, file, problem) => {
    const error = fault(file);
    expect([error.code, error.details['problem']]).toEqual(['NOTEBOOK_INVALID', problem]);
  });

  test('of another version of nbformat is told by its version', () => {
    expect(
      fault('{"nbformat": 3, "nbformat_minor": 0, "worksheets": [], "metadata": {}}').toJSON(),
    ).toEqual({
      code: 'NOTEBOOK_TOO_OLD',
      message: 'The notebook is written in nbformat 3.0; Strata reads nbformat 4.',
      details: { version: '3.0' },
    });
    expect(fault(good.replace(': 4', ': 5')).toJSON()).toEqual({
      code: 'NOTEBOOK_TOO_NEW',
      message: 'The notebook is written in nbformat 5.5; Strata reads nbformat 4.',
      details: { version: '5.5' },
    });
  });

  test('larger than the limit is told by its size, before anything of it is read', () => {
    expect(fault(new Uint8Array(200_000_001)).toJSON()).toMatchObject({
      code: 'NOTEBOOK_TOO_LARGE',
      details: { size: 201, limit: 200 },
    });
  });

  test('never crashes, wherever a good one is cut or a byte of it turns', () => {
    const whole = bytes(good);
    for (let i = 0; i < whole.length; i++) {
      const turned = whole.slice();
      turned[i] = (turned[i] ?? 0) ^ 0x11;
      for (const file of [whole.slice(0, i), turned]) {
        try {
          readNotebook(file);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).message).toMatch(/^The notebook .*\.$/s);
        }
      }
    }
  });
});

describe('ids of cells', () => {
  const ids = (minor: number, ...given: readonly (string | null)[]): string[] =>
    readNotebook(
      bytes(
        JSON.stringify({
          cells: given.map((id) => ({
            ...(id === null ? {} : { id }),
            cell_type: 'raw',
            metadata: {},
            source: '',
          })),
          metadata: {},
          nbformat: 4,
          nbformat_minor: minor,
        }),
      ),
    ).cells.map(({ id }) => id);

  test('are made of the position where they lack, are there twice or are none, and never taken from another', () => {
    expect(ids(4, null, null)).toEqual(['cell-1', 'cell-2']);
    expect(ids(5, 'a', 'a', 'cell-2', '', 'ä', 'x'.repeat(65))).toEqual([
      'a',
      'cell-2-2',
      'cell-2',
      'cell-4',
      'cell-5',
      'cell-6',
    ]);
    expect(ids(5, null, 'cell-1', 'cell-1')).toEqual(['cell-1-2', 'cell-1', 'cell-3']);
  });
});
