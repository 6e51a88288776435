import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeLiteral, readLiteral } from '../../../pipeline/notebooks/cells/python-literal.ts';
import { toNotebookCell } from '../../../pipeline/notebooks/document/cell-view.ts';
import { applyUpdate, withOutputs } from '../../../pipeline/notebooks/document/edit-document.ts';
import { newNotebook } from '../../../pipeline/notebooks/document/new-notebook.ts';
import type { NotebookDocument } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { readNotebook } from '../../../pipeline/notebooks/document/read-notebook.ts';
import { writeNotebook } from '../../../pipeline/notebooks/document/write-notebook.ts';
import { foreignNotebooks } from '../../helpers/foreign-notebooks.ts';
import { jupyter, type Jupyter } from '../../helpers/jupyter.ts';
import { oddNotebook } from '../../helpers/odd-notebooks.ts';

const found = await jupyter();
const skipped = 'skipped' in found ? found.skipped : null;
const python = found as Jupyter;
const read = (text: string): NotebookDocument => readNotebook(new TextEncoder().encode(text));
const samples = <T>(made: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(made, { numRuns: count, seed: 6 });

const ours = (): NotebookDocument => {
  const document = newNotebook({ title: 'Umsätze *2025*' });
  return withOutputs(
    document,
    'first-query',
    [
      { output_type: 'stream', name: 'stdout', text: 'a\nb\u2028c\u0085d\r\ne\u001cf\vg' },
      {
        output_type: 'execute_result',
        execution_count: 3,
        metadata: {},
        data: {
          'application/vnd.plotly.v1+json': {
            data: [{ x: [1, 0.5, -2e21], type: 'bar' }],
            layout: {},
          },
          'text/html': '<table>\n<td>\u{1F680} é</td></table>',
          'text/plain': ' \u007f"\\',
        },
      },
      { output_type: 'error', ename: 'E', evalue: 'e', traceback: ['a\n', 'b'] },
    ],
    3,
  );
};

describe.skipIf(skipped !== null)(
  `what Python's nbformat says${skipped === null ? '' : ` (skipped: ${skipped})`}`,
  () => {
    test('a new notebook is valid, and nbformat itself writes the same bytes', async () => {
      const texts = [newNotebook({ title: 'Empty' }), ours()].map(writeNotebook);
      expect(await python.judge(texts)).toEqual(texts.map((text) => ({ fault: null, text })));
    });

    test('what came from elsewhere is valid when it is edited, in the version that it had', async () => {
      const texts = Object.values(foreignNotebooks).flatMap((text) => {
        const document = read(text.replace(String.raw`\ud800`, ''));
        const [first] = document.cells.map(toNotebookCell);
        if (first === undefined) return [];
        const fresh = { ...first, id: 'fresh', source: 'k = 1  # strata: {"kind": "text"}' };
        const order = ['fresh', ...document.cells.map(({ id }) => id).toReversed()];
        const changed = [
          fresh,
          ...document.cells.map((cell) => ({
            ...toNotebookCell(cell),
            type: 'code' as const,
            pinned: true,
            folded: { source: true, outputs: true },
          })),
        ];
        const edited = applyUpdate(document, { changed, order, mode: 'manual' });
        return [writeNotebook(edited), writeNotebook({ ...edited, text: null })];
      });
      const judged = await python.judge(texts.map((text) => text.replace(/^\uFEFF/, '')));
      expect(judged.map(({ fault }) => fault)).toEqual(texts.map(() => null));
      expect(texts).toHaveLength(10);
    });

    test('any notebook written anew is what nbformat writes', async () => {
      const texts = samples(oddNotebook, 150).map(({ text }) =>
        writeNotebook({ ...read(text), text: null }),
      );
      // Python keeps 1e-7 and -0.0 in spellings of its own, and half letters do not cross a pipe.
      const plain = texts.filter((text) => !/e-|-0\.0|\\ud[89a-f]/.test(text));
      expect(plain.length).toBeGreaterThan(40);
      expect(await python.judge(plain)).toEqual(plain.map((text) => ({ fault: null, text })));
    });

    test('nbconvert shows ours as a page', async () => {
      const html = await python.html(writeNotebook(ours()));
      expect(html).toContain('<h1 id="Ums');
      expect(html).toContain('<td>\u{1F680} é</td>');
      expect(html).toContain('customers_by_value');
    });

    test('Python reads literals as we do, and reads what we write', async () => {
      const written = samples(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          fc.maxSafeInteger(),
        ),
        300,
      ).filter((value) => typeof value !== 'string' || value.isWellFormed());
      const answers = await python.literals(written.map(writeLiteral));
      expect(answers).toEqual(
        written.map((value) => ({ kind: 'value', value: Object.is(value, -0) ? 0 : value })),
      );
      const sources = [
        '0',
        '00',
        '-5',
        '+5',
        '- 5',
        '0x1F',
        '0b11',
        '0o17',
        '1_000',
        '5.',
        '.5',
        '-1.5e-3',
        '1_0.0_1',
        '1e5',
        "''",
        '"a\'b"',
        String.raw`'\n\t\\\'\"\x41\u00e9\U0001F680\101\0'`,
        String.raw`'\d'`,
        String.raw`r'\d\''`,
        "u'a'",
        'True',
        'False',
        '"\u2028"',
      ];
      const read = sources.map((source) => {
        const literal = readLiteral(source, 0);
        return literal.kind === 'value' && literal.end === source.length
          ? { kind: 'value', value: literal.value }
          : { kind: 'problem' };
      });
      expect(read).toEqual(await python.literals(sources));
      const refused = [
        'true',
        'None',
        '05',
        '[1]',
        "f'a'",
        "b'a'",
        "'''a'''",
        "'a",
        'x',
        '',
        '1__0',
        String.raw`'\xg'`,
        String.raw`'\u12'`,
        '"a\nb"',
      ];
      expect(
        refused
          .map((source) => readLiteral(source, 0))
          .filter((literal) => literal.kind === 'value' && literal.end === 0),
      ).toEqual([]);
      for (const source of refused) {
        const literal = readLiteral(source, 0);
        expect([source, literal.kind === 'value' && literal.end === source.length]).toEqual([
          source,
          false,
        ]);
      }
    });
  },
);
