import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../pipeline/contract/errors.ts';
import type { InputControl, InputValue } from '../../../pipeline/contract/notebook.ts';
import { kindOf, type ReadCell, readCell } from '../../../pipeline/notebooks/cells/cell-kind.ts';
import { fillInParameters } from '../../../pipeline/notebooks/cells/fill-in-parameters.ts';
import {
  inputSource,
  panelSource,
  scriptSource,
  sqlSource,
  withInputValue,
} from '../../../pipeline/notebooks/cells/write-cell.ts';
import { newNotebook } from '../../../pipeline/notebooks/document/new-notebook.ts';
import type { JsonObject } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { readNotebook } from '../../../pipeline/notebooks/document/read-notebook.ts';
import { foreignNotebooks } from '../../helpers/foreign-notebooks.ts';

const read = (source: string, metadata: JsonObject = {}): ReadCell =>
  readCell({ type: 'code', source, metadata });
const problemOf = (source: string): string => {
  const cell = read(source);
  return cell.kind === 'faulty' ? `${cell.of}: ${cell.problem}` : cell.kind;
};

describe('what a cell is', () => {
  test('follows from its type, its tags and its first line', () => {
    expect(readCell({ type: 'markdown', source: '%%sql', metadata: {} })).toEqual({
      kind: 'markdown',
    });
    expect(readCell({ type: 'raw', source: '%%sql', metadata: {} })).toEqual({ kind: 'raw' });
    expect(newNotebook({ title: 'A' }).cells.map((cell) => kindOf(readCell(cell)))).toEqual([
      'markdown',
      'setup',
      'sql',
    ]);
    for (const source of [
      'print(1)',
      '',
      '%%time\nx',
      '%sql select 1',
      '%%sqlite\nx',
      'x = 1',
      '# %%sql',
      '%%',
      'alpha = 0.1\nbeta = 2',
      'a == 1  # strata: {}',
      'f(a=1)  # strata: {}',
    ])
      expect([source, read(source)]).toEqual([source, { kind: 'foreign' }]);
    for (const text of Object.values(foreignNotebooks)) {
      const { cells } = readNotebook(new TextEncoder().encode(text));
      expect(cells.map(readCell).filter(({ kind }) => kind === 'faulty')).toEqual([]);
    }
  });

  test('is SQL with a name in each of the spellings that JupySQL has', () => {
    const sql = (name: string | null, text: string): ReadCell => ({ kind: 'sql', name, sql: text });
    expect(read('%%sql\nselect 1')).toEqual(sql(null, 'select 1'));
    expect(read('%%sql --save top\r\nselect 1\r\n')).toEqual(sql('top', 'select 1\r\n'));
    expect(read('\n  %%sql -S top\nselect 1')).toEqual(sql('top', 'select 1'));
    expect(read('%%sql --save=top --with a -w b\nselect 1')).toEqual(sql('top', 'select 1'));
    expect(read('%%sql top <<\nselect 1')).toEqual(sql('top', 'select 1'));
    expect(read('%%sql top << select 1\nfrom a')).toEqual(sql('top', 'select 1\nfrom a'));
    expect(read('%%sql select 1 << 2')).toEqual(sql(null, 'select 1 << 2\n'));
    expect(read('%%sql --save Größe\n-- c\nselect 1')).toEqual(sql('Größe', '-- c\nselect 1'));
  });

  test('is a panel with its parameters as they are written', () => {
    expect(
      read('%%strata tuning --save clusters\n{"kMax": "{{ k }}", "__proto__": ["{{a}} {{k}}"]}'),
    ).toEqual({
      kind: 'tuning',
      name: 'clusters',
      parameters: JSON.parse('{"kMax": "{{ k }}", "__proto__": ["{{a}} {{k}}"]}'),
      references: ['k', 'a'],
    });
    expect(read('%%strata kpis')).toEqual({
      kind: 'kpis',
      name: null,
      parameters: {},
      references: [],
    });
    expect(read('%%strata javascript --save a\nreturn 1')).toEqual({
      kind: 'javascript',
      name: 'a',
      code: 'return 1',
    });
  });

  test('is an input with the value that Python has, whatever its tags', () => {
    const input = (name: string, value: InputValue, control: InputControl): ReadCell => ({
      kind: 'input',
      name,
      value,
      control,
    });
    const slider: InputControl = { kind: 'slider', min: 2, max: 10, step: 1 };
    expect(read('k = 5  # strata: {"kind": "slider", "min": 2, "max": 10}')).toEqual(
      input('k', 5, slider),
    );
    expect(read('# a\nk = 5 # strata: {}')).toEqual({ kind: 'foreign' });
    expect(read('k: int=0x5#strata:{"kind":"slider","min":2,"max":10}\n# more\n')).toEqual(
      input('k', 5, slider),
    );
    expect(
      read(`place = 'it\\'s # strata: {'  # strata: {"kind": "text", "label": "Ort"}`),
    ).toEqual(input('place', "it's # strata: {", { kind: 'text', label: 'Ort' }));
    expect(read('d = "2024-02-29"  # strata: {"kind": "date"}')).toEqual(
      input('d', '2024-02-29', { kind: 'date' }),
    );
    expect(read('b = True  # strata: {"kind": "checkbox"}')).toEqual(
      input('b', true, { kind: 'checkbox' }),
    );
    expect(read('s = "a"  # strata: {"kind": "select", "options": ["a", 2]}')).toEqual(
      input('s', 'a', { kind: 'select', options: ['a', 2] }),
    );
  });
});

describe('what cannot be read', () => {
  test.each([
    ['%%sql --sav top\nselect 1', 'sql: it has no option "--sav". Did you mean "--save"?'],
    [
      '%%sql --persist top\nselect 1',
      'sql: it has no option "--persist". Write "--save name", or nothing.',
    ],
    ['%%sql --save\nselect 1', 'sql: --save wants a name after it.'],
    ['%%sql --save a --save b\nselect 1', 'sql: it has two names, "a" and "b".'],
    [
      '%%sql --save 1st\nselect 1',
      'sql: "1st" is no name: letters, digits and _, not beginning with a digit.',
    ],
    [
      '%%sql --save a;drop\nselect 1',
      'sql: "a;drop" is no name: letters, digits and _, not beginning with a digit.',
    ],
    ['%%sql --save Select\nselect 1', 'sql: "Select" is a word of SQL; give it another name.'],
    [
      '%%sql --save GOLD\nselect 1',
      'sql: "GOLD" is a schema of the workspace; give it another name.',
    ],
    [
      `%%sql --save ${'a'.repeat(64)}\nselect 1`,
      `sql: "${'a'.repeat(60)}..." is longer than 63 letters.`,
    ],
    ['%%sql --save a', 'sql: it has no query; write a SELECT below its first line.'],
    [
      '%%sql postgresql://me:secret@host/db\nselect 1',
      'sql: it names a connection, and SQL runs on the workspace here; take out what follows %%sql.',
    ],
    [
      '%%strata',
      'foreign: it does not say what it is. Write "%%strata" and one of chart, features, tuning, kpis, javascript, typescript.',
    ],
    ['%%strata chrat\n{}', 'foreign: there is no cell of kind "chrat". Did you mean "chart"?'],
    [
      '%%strata constructor\n{}',
      'foreign: there is no cell of kind "constructor". Write "%%strata" and one of chart, features, tuning, kpis, javascript, typescript.',
    ],
    ['%%strata chart\n[]', 'chart: its parameters are a list; write them as {"name": value}.'],
    [
      '%%strata javascript x\n1',
      'javascript: "x" stands in its first line; code begins in the second.',
    ],
    [
      'k = 11  # strata: {"kind": "slider", "min": 2, "max": 10}',
      'input: its value 11 is outside 2 to 10.',
    ],
    [
      'k = 1  # strata: {"kind": "slider", "min": 9, "max": 2}',
      'input: its control ends (2) before it begins (9).',
    ],
    [
      'k = "5"  # strata: {"kind": "slider", "min": 2, "max": 10}',
      "input: a slider's value is a number.",
    ],
    [
      'k = 5  # strata: {"kind": "slider", "min": 2}',
      'input: its control: "max" is wrong: expected number, received undefined.',
    ],
    [
      'k = 5  # strata: {"kind": "slider", "min": 2, "max": 9, "stepp": 1}',
      'input: its control: there is no "stepp"; did you mean "step"?',
    ],
    [
      'k = 5  # strata: {"kind": "slidr"}',
      'input: an input\'s "kind" is one of slider, select, date, text, checkbox. Did you mean "slider"?',
    ],
    [
      'k = 5  # strata: slider',
      'input: what follows "# strata:" is not JSON; write, say, # strata: {"kind": "slider", "min": 2, "max": 10}.',
    ],
    [
      'k = j  # strata: {"kind": "text"}',
      'input: "j" is no number, text in quotes, True or False.',
    ],
    [
      'k = 5 + 1  # strata: {"kind": "text"}',
      'input: "+ 1" stands after its value; an input is one literal.',
    ],
    [
      'k = 5  # strata: {"kind": "slider", "min": 2, "max": 9}\nj = 6',
      'input: "j = 6" stands below it; an input cell holds one assignment.',
    ],
    [
      'lambda = 5  # strata: {"kind": "text"}',
      'input: "lambda" is a word of SQL; give it another name.',
    ],
    [
      'import = 5  # strata: {"kind": "text"}',
      'input: "import" is a word of Python; give it another name.',
    ],
    [
      'd = "2023-02-29"  # strata: {"kind": "date"}',
      "input: a date's value is a text such as '2026-01-31'.",
    ],
    [
      'd = "2020-01-01"  # strata: {"kind": "date", "min": "2021-01-01"}',
      'input: its value 2020-01-01 is outside 2021-01-01 to ....',
    ],
    [
      's = "c"  # strata: {"kind": "select", "options": ["a"]}',
      'input: its value "c" is none of its options.',
    ],
    [
      'k = 9007199254740993  # strata: {"kind": "text"}',
      'input: "9007199254740993" is too large to be held exactly.',
    ],
    ['k = 1e999  # strata: {"kind": "text"}', 'input: "1e999" is too large for a number.'],
  ])('is told in a sentence: %s', (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });

  test('is told for broken and bottomless parameters', () => {
    expect(problemOf('%%strata chart\n{a: 1}')).toMatch(
      /^chart: its parameters are not JSON \(.*\); names and texts stand in double quotes\.$/,
    );
    expect(problemOf(`%%strata chart\n${'['.repeat(100_000)}`)).toBe(
      'chart: its parameters nest deeper than 500 levels.',
    );
  });

  test('is never thrown, whatever a source holds', () => {
    const pieces = fc.constantFrom(
      '%%sql',
      '%%strata',
      ' chart',
      ' --save',
      ' a',
      '<<',
      '\n',
      '{',
      '}',
      '"',
      "'",
      'k = ',
      '5',
      '# strata:',
      '{"kind": "text"}',
      '\\',
      '{{',
      '\0',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 }),
        (parts) => {
          expect(typeof kindOf(read(parts.join('')))).toBe('string');
        },
      ),
      { numRuns: 1000 },
    );
    const long = 'x'.repeat(20_000_000);
    for (const source of [
      long,
      `%%sql ${long}`,
      `k = '${long}'  # strata: {}`,
      `%%strata chart\n"${long}`,
    ])
      expect(typeof kindOf(read(source))).toBe('string');
  });
});

describe('a source that we write', () => {
  test('changes the literal of an input and not a letter else', () => {
    const source = '\n name : str =  \'a\'   #strata: {"kind": "text"}\r\n# kept';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const written = withInputValue(source, value);
        expect(read(written)).toMatchObject({ kind: 'input', name: 'name', value });
        expect(withInputValue(written, 'a')).toBe(source);
      }),
    );
    expect(withInputValue('k = 5  # strata: {"kind": "slider", "min": -9, "max": 10}', -0.5)).toBe(
      'k = -0.5  # strata: {"kind": "slider", "min": -9, "max": 10}',
    );
    expect(() =>
      withInputValue('k = 5  # strata: {"kind": "slider", "min": 2, "max": 10}', 11),
    ).toThrow(new AppError('CELL_INVALID', { problem: 'its value 11 is outside 2 to 10.' }));
    expect(() => withInputValue('k = 5', 11)).toThrow('it is no input');
  });

  test('is read as what was to be written', () => {
    const slider: InputControl = {
      kind: 'slider',
      min: 2,
      max: 10,
      step: 1,
      label: 'a: {#} \u00e9',
    };
    expect(read(inputSource('k', 5, slider))).toEqual({
      kind: 'input',
      name: 'k',
      value: 5,
      control: slider,
    });
    expect(inputSource('t', "a'b", { kind: 'text' })).toBe(
      't = "a\'b"  # strata: {"kind": "text"}',
    );
    expect(read(sqlSource('a', 'select 1'))).toEqual({ kind: 'sql', name: 'a', sql: 'select 1' });
    const parameters = { data: 'a', y: ['b', '{{c}}'] };
    expect(read(panelSource('chart', null, parameters))).toEqual({
      kind: 'chart',
      name: null,
      parameters,
      references: ['c'],
    });
    expect(read(scriptSource('typescript', 'a', 'x'))).toEqual({
      kind: 'typescript',
      name: 'a',
      code: 'x',
    });
  });
});

describe("a panel's parameters", () => {
  const fault = (...given: Parameters<typeof fillInParameters>): string => {
    try {
      return JSON.stringify(fillInParameters(...given));
    } catch (error) {
      return error instanceof AppError
        ? `${error.code} ${error.details['problem']}`
        : String(error);
    }
  };

  test('get values with their types, and texts within longer texts', () => {
    expect(
      fillInParameters('tuning', { recipe: {}, kMax: '{{k}}', k: '{{ K }}', seed: 1 }, { k: 7 }),
    ).toMatchObject({ kMax: 7, k: 7, kMin: 2, seed: 1 });
    expect(
      fillInParameters(
        'chart',
        { data: 'a', type: 'bar', x: 'b', title: 'Top {{k}} of {{w}}' },
        { k: 7, w: '{{k}}' },
      ),
    ).toMatchObject({ title: 'Top 7 of {{k}}', y: [] });
  });

  test('are told in a sentence where they cannot be', () => {
    expect(fault('tuning', { recipe: {}, kMax: '{{kk}}' }, { k: 7 })).toBe(
      'CELL_INVALID {{kk}} is no input of this notebook. Did you mean "k"?',
    );
    expect(fault('tuning', { recipe: {}, kMax: '{{k}}' }, { k: '7' })).toBe(
      'CELL_INVALID "kMax" is wrong: expected number, received string.',
    );
    expect(fault('tuning', { recipe: {}, kMin: 9, kMax: 3 }, {})).toBe(
      'CELL_INVALID "kMin" (9) is above "kMax" (3).',
    );
    expect(fault('tuning', { recipe: {}, k: 20 }, {})).toBe(
      'CELL_INVALID "k" (20) is outside "kMin" to "kMax" (2 to 10).',
    );
    expect(fault('features', { recipe: { feature: [] } }, {})).toBe(
      'CELL_INVALID its recipe has no "feature". Did you mean "features"?',
    );
    expect(fault('chart', { data: 'a', type: 'pie', x: 'b' }, {})).toBe(
      'CELL_INVALID "type" must be one of "bar", "line", "area", "scatter", "histogram", "box", "heatmap".',
    );
    expect(fault('chart', { data: 'a', type: 'bar', x: 'b', color: 'c' }, {})).toBe(
      'CELL_INVALID there is no "color"; did you mean "colour"?',
    );
    expect(
      fault('kpis', JSON.parse('{"__proto__": {"asOf": "2020-01-01"}}') as JsonObject, {}),
    ).toMatch(/^CELL_INVALID there is no "__proto__"/);
    expect(fault('kpis', { asOf: '{{constructor}}' }, {})).toBe(
      'CELL_INVALID {{constructor}} is no input of this notebook.',
    );
  });
});
