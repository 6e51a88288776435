import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSource, withBody, withName } from '../../../renderer/notebook/source/cell-source.ts';
import { cellTemplates, freeName } from '../../../renderer/notebook/source/cell-templates.ts';
import { chartStart } from '../../../renderer/notebook/source/chart-start.ts';
import { readInput, withInputValue } from '../../../renderer/notebook/source/input-source.ts';
import { inputOf, readParameters } from '../../../renderer/notebook/source/panel-parameters.ts';
import { readLiteral, writeLiteral } from '../../../renderer/notebook/source/python-literal.ts';

const code = (source: string) => readSource({ type: 'code', source });

test('the first line says what a cell is and what it is called', () => {
  expect(code('%%sql --save top\nSELECT 1')).toEqual({
    kind: 'sql',
    lead: '%%sql --save top\n',
    body: 'SELECT 1',
    name: 'top',
  });
  expect(code('%%strata tuning --save clusters\n{}').kind).toBe('tuning');
  expect(code('%%strata nothing\n{}').kind).toBe('foreign');
  expect(code('%%sqlite\nSELECT 1').kind).toBe('foreign');
  expect(code('print(1)').kind).toBe('foreign');
  expect(code('k = 5  # strata: {"kind": "text"}').kind).toBe('input');
  expect(readSource({ type: 'code', source: 'import x' }, 'setup').kind).toBe('setup');
});

test('a name changes alone: other options and the body stay to the byte', () => {
  const named = (source: string, name: string) => withName(code(source), name);
  expect(named('%%sql --no-limit --save old -q\n SELECT 1\n', 'new')).toBe(
    '%%sql --no-limit -q --save new\n SELECT 1\n',
  );
  expect(named('%%sql\nSELECT 1', 'a')).toBe('%%sql --save a\nSELECT 1');
  expect(named('%%sql --save a\nSELECT 1', '')).toBe('%%sql\nSELECT 1');
});

test('a body put back as it was leaves the source as it was', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('%%sql\n', '%%strata chart --save x\r\n'),
      fc.string(),
      (lead, body) => {
        const read = code(lead + body);
        expect(withBody(read, read.body)).toBe(lead + body);
      },
    ),
  );
});

test('an input keeps everything around its value', () => {
  const source = '# how many\nk = 5   # strata: {"kind": "slider", "min": 2, "max": 10}\n';
  expect(readInput(source)).toEqual({
    name: 'k',
    value: 5,
    control: { kind: 'slider', min: 2, max: 10, step: 1 },
  });
  expect(withInputValue(source, 7)).toBe(source.replace('5', '7'));
  const text = `day = '2026-01-01'  # strata: {"kind": "date"}`;
  expect(withInputValue(text, '$& #')).toBe(`day = "$& #"  # strata: {"kind": "date"}`);
  expect(readInput('k = f(5)  # strata: {"kind": "text"}')).toBeNull();
  expect(readInput('k = 5  # strata: {"kind": "knob"}')).toBeNull();
});

test('a value written as a Python literal is read as the same value', () => {
  const values = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  );
  fc.assert(
    fc.property(values, (value) => {
      expect(readLiteral(writeLiteral(value))).toEqual(value);
    }),
  );
  expect(['1_000', '.5', "'it\\'s'", '1e400', '"a" + "b"'].map(readLiteral)).toEqual([
    1000,
    0.5,
    "it's",
    null,
    null,
  ]);
});

test('parameters are an object of JSON, and {{k}} is the name of an input', () => {
  expect(readParameters('[1]')).toBeNull();
  expect(readParameters('{"a": 1')).toBeNull();
  expect(readParameters('{"k": "{{k}}"}')).toEqual({ k: '{{k}}' });
  expect([inputOf('{{ k }}'), inputOf('at {{k}}'), inputOf(5)]).toEqual(['k', null, null]);
});

test('every template is a cell of its kind that does not take a name twice', () => {
  const names = { taken: new Set(['rows', 'k']), tables: ['silver.transactions'], columns: [] };
  const kinds = cellTemplates.flatMap(({ items }) =>
    items.map(({ id, type, source }) => [id, readSource({ type, source: source(names) }).kind]),
  );
  expect(Object.fromEntries(kinds)).toEqual({
    markdown: 'markdown',
    sql: 'sql',
    javascript: 'javascript',
    typescript: 'typescript',
    raw: 'raw',
    chart: 'chart',
    kpis: 'kpis',
    features: 'features',
    tuning: 'tuning',
    slider: 'input',
    select: 'input',
    date: 'input',
    text: 'input',
    checkbox: 'input',
  });
  expect(freeName('rows', names.taken)).toBe('rows_2');
});

test('a new chart draws the first number by the first text, or counts', () => {
  const body = (columns: Parameters<typeof chartStart>[1]) =>
    readParameters(code(chartStart('t', columns)).body);
  const orders = { name: 'orders', type: 'BIGINT' };
  const country = { name: 'country', type: 'VARCHAR' };
  expect(body([orders, country])).toMatchObject({ x: 'country', y: ['orders'], aggregate: 'sum' });
  expect(body([country])).toMatchObject({ x: 'country', y: [], aggregate: 'count' });
});
