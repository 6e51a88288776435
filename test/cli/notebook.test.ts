import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandIo } from '../../pipeline/cli/command.ts';
import { notebook } from '../../pipeline/cli/notebook/notebook.ts';
import { cli, type CliResult, told } from '../helpers/cli.ts';
import { type Notebook, notebookOf, NotebookRuns, rowsOf } from '../helpers/notebook-runs.ts';

let runs: NotebookRuns;
/** A slider, two queries and a chart. */
let plain: string;

const input = 'least = 20  # strata: {"kind": "slider", "min": 0, "max": 100}';
const cells = {
  least: input,
  rising: '%%sql --save rising\nselect i from range(50) t(i) where i >= {{least}}',
  total: '%%sql --save total\nselect count(*) as n from rising',
  drawn:
    '%%strata chart\n{"data": "rising", "type": "histogram", "x": "i", "title": "All of them"}',
};

const run = (file: string, ...more: readonly string[]): Promise<CliResult> =>
  cli(['notebook', 'run', file, '--workspace', runs.workspace, ...more]);
const check = (file: string, ...more: readonly string[]): Promise<CliResult> =>
  cli(['notebook', 'check', file, '--workspace', runs.workspace, ...more]);

const problemOf = ({ err }: CliResult): string =>
  (/^strata: [A-Z_]+: (.*)$/m.exec(err)?.[1] ?? err).trim();

beforeAll(async () => {
  runs = await NotebookRuns.make();
  await runs.do('demo', '--customers', '50');
  plain = await runs.write('plain.ipynb', notebookOf(cells));
});

afterAll(() => runs.remove());

describe('strata notebook run', () => {
  it('runs every cell in the order of their names and says how each went', async () => {
    const { code, out, err } = await run(plain);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const rows = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows.slice(2, 6).map(([cell, kind, status]) => [cell, kind, status])).toEqual([
      ['least', 'input', 'done'],
      ['rising', 'sql', 'done'],
      ['total', 'sql', 'done'],
      ['4: All of them', 'chart', 'done'],
    ]);
  });

  it('tells a script what each cell made, and writes only where it is asked to', async () => {
    const before = await readFile(plain, 'utf8');
    const { code, out, text } = await runs.run(plain, '--json', '--set', 'least=45');
    expect(code).toBe(0);
    const told = JSON.parse(out) as { ok: boolean; out: string; cells: Record<string, unknown>[] };
    expect({ ok: told.ok, keys: Object.keys(told) }).toEqual({
      ok: true,
      keys: ['ok', 'out', 'cells'],
    });
    const [rising, total] = told.cells.slice(1, 3).map(({ elapsedMs, ...rest }) => {
      expect(elapsedMs).toEqual(expect.any(Number));
      return rest;
    });
    expect(rising).toEqual({
      id: 'rising',
      kind: 'sql',
      status: 'done',
      defines: ['rising'],
      reads: ['least'],
      rows: 5,
      error: null,
    });
    expect(total).toMatchObject({ id: 'total', reads: ['rising'], rows: 1 });
    expect(await readFile(plain, 'utf8')).toBe(before);
    const written = JSON.parse(text ?? '') as Notebook;
    expect(written.cells[0]?.source).toBe(input.replace('20', '45'));
    expect(JSON.stringify(written.cells[2]?.outputs)).toContain('<td align=\\"right\\">5</td>');
  });

  it.each([
    ['lest=3', 'The notebook has no input "lest". Did you mean "least"?'],
    ['other=3', 'The notebook has no input "other". It has least.'],
    ['least=many', '"least" takes a number, not "many".'],
    ['least=101', '"least" cannot be 101: its value 101 is outside 0 to 100.'],
    ['least', '--set takes NAME=VALUE, not "least".'],
    ['=3', '--set takes NAME=VALUE, not "=3".'],
  ])('refuses --set %s with a sentence', async (set, sentence) => {
    const result = await run(plain, '--set', set);
    expect(told(result)).toEqual({ exit: 2, error: 'BAD_USAGE', next: true, out: '' });
    expect(problemOf(result)).toBe(sentence);
  });

  it('ends with 1 where a cell fails, and still writes what there is', async () => {
    const broken = await runs.write(
      'broken.ipynb',
      notebookOf({
        ...cells,
        wrong: '%%sql --save wrong\nselect no_such from rising',
        after: '%%sql\nfrom wrong',
      }),
    );
    const result = await runs.run(broken);
    expect(told(result)).toMatchObject({ exit: 1, error: 'NOTEBOOK_FAILED', next: true });
    expect(problemOf(result)).toContain(
      'Cells of the notebook that failed: 2. The first is "wrong"',
    );
    const written = JSON.parse(result.text ?? '') as Notebook;
    expect(
      written.cells.map(({ id, outputs }) => [id, outputs?.map(({ ename }) => ename)]),
    ).toEqual([
      ['least', []],
      ['rising', [undefined]],
      ['total', [undefined]],
      ['drawn', [undefined]],
      ['wrong', ['SQL_INVALID']],
      ['after', ['CELL_NEEDS']],
    ]);
  });

  it.each([
    ["copy (select 1) to 'stolen.csv'", 'SQL_FORBIDDEN'],
    ["attach 'other.duckdb' as other", 'SQL_FORBIDDEN'],
    ['drop table silver.transactions', 'SQL_FORBIDDEN'],
    ["select * from read_csv('/etc/passwd')", 'SQL_FORBIDDEN'],
    ["select * from '/etc/passwd'", 'SQL_INVALID'],
    ['select 1; drop table silver.transactions', 'SQL_FORBIDDEN'],
    ["set memory_limit = '1TB'", 'SQL_FORBIDDEN'],
  ])('lets SQL read and nothing else: %s', async (sql, error) => {
    const file = await runs.write('hostile.ipynb', notebookOf({ hostile: `%%sql\n${sql}` }));
    const result = await run(file, '--json');
    expect(told(result)).toMatchObject({ exit: 1, error: 'NOTEBOOK_FAILED' });
    const { cells: ran } = JSON.parse(result.out) as { cells: { error: { code: string } }[] };
    expect(ran.map((cell) => cell.error.code)).toEqual([error]);
    const [{ n } = { n: 0 }] = await runs.rows<{ n: number }>(
      'select count(*)::integer as n from silver.transactions',
    );
    expect(n).toBeGreaterThan(0);
  });

  it('cancels the cell that runs on the first Ctrl-C, and still writes what there is', async () => {
    const old = { output_type: 'stream', name: 'stdout', text: 'from before' };
    const { cells: made, ...file } = notebookOf({
      least: cells.least,
      rising: cells.rising,
      total: cells.total,
      endless:
        '%%sql --save endless\nselect count(*) as n from range(1000000) a, range(1000000) b, total where a.range + b.range = 3',
      after: '%%sql\nfrom endless',
    }) as { cells: object[] };
    const path = await runs.write('endless.ipynb', {
      ...file,
      cells: made.map((cell, at) => (at === 0 ? cell : { ...cell, outputs: [old] })),
    });
    const out = join(runs.folder, 'cancelled.ipynb');
    const abort = new AbortController();
    const printed: string[] = [];
    const io: CommandIo = {
      out: (text) => printed.push(text),
      write: () => Promise.resolve(),
      progress: (text) => {
        if (text.endsWith('endless')) abort.abort();
      },
      signal: abort.signal,
      env: {},
    };
    const args = ['run', path, '--out', out, '--workspace', runs.workspace];
    const failed = await notebook.run(args, io).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'NOTEBOOK_CANCELLED',
      exit: 130,
      message: `The notebook was cancelled when 3 of its 5 cells had run; what they gave is in ${out}.`,
    });
    expect(printed).toEqual([]);
    const written = JSON.parse(await readFile(out, 'utf8')) as Notebook;
    expect(written.cells.slice(3).map(({ id, outputs }) => [id, outputs])).toEqual([
      ['endless', [expect.objectContaining({ output_type: 'error', ename: 'CANCELLED' })]],
      ['after', []],
    ]);
    expect(rowsOf(written, 'total')).toEqual([{ n: '30' }]);
    expect(JSON.stringify(written)).not.toContain('from before');
  });

  it('leaves pinned results in the file that Ctrl-C keeps from running, and does not count them', async () => {
    const old = { output_type: 'stream', name: 'stdout', text: ['from before'] };
    const { cells: made, ...file } = notebookOf({
      least: cells.least,
      kept: '%%sql --save kept\nselect 1 as n',
      unread: '%%sql\nselect 2 as n',
      endless:
        '%%sql --save endless\nselect count(*) as n from range(1000000) a, range(1000000) b where a.range + b.range = 3',
      after: '%%sql\nfrom endless, kept',
    }) as { cells: object[] };
    const pinned = (cell: object) => ({ ...cell, metadata: { strata: { pinned: true } } });
    const path = await runs.write('pinned.ipynb', {
      ...file,
      cells: made.map((cell, at) => ({
        ...(at === 0 || at === 4 ? cell : pinned(cell)),
        outputs: at === 0 ? [] : [old],
      })),
    });
    const abort = new AbortController();
    const io: CommandIo = {
      out: () => {},
      write: () => Promise.resolve(),
      progress: (text) => {
        if (text.endsWith('endless')) abort.abort();
      },
      signal: abort.signal,
      env: {},
    };
    const args = ['run', path, '--out', path, '--workspace', runs.workspace];
    await expect(notebook.run(args, io)).rejects.toMatchObject({
      code: 'NOTEBOOK_CANCELLED',
      message: `The notebook was cancelled when 1 of its 2 cells had run; what they gave is in ${path}.`,
    });
    const written = JSON.parse(await readFile(path, 'utf8')) as Notebook;
    expect(written.cells.map(({ id, outputs }) => [id, outputs])).toEqual([
      ['least', []],
      ['kept', expect.any(Array)],
      ['unread', [old]],
      ['endless', [old]],
      ['after', []],
    ]);
    expect(written.cells[1]?.outputs).toHaveLength(1);
  });

  it('says which file cannot be read, or written', async () => {
    const missing = await run(join(runs.folder, 'nowhere.ipynb'));
    expect(told(missing)).toEqual({ exit: 1, error: 'FILE_NOT_FOUND', next: true, out: '' });
    const nowhere = await run(plain, '--out', join(runs.folder, 'no', 'folder', 'x.ipynb'));
    expect(told(nowhere)).toMatchObject({ error: 'FILE_NOT_FOUND', next: true });
    const folder = join(runs.folder, 'a-folder.ipynb');
    await mkdir(folder);
    expect(told(await run(plain, '--out', folder))).toMatchObject({ next: true, exit: 1 });
    expect(told(await run(folder))).toMatchObject({ next: true, exit: 1 });
    expect(told(await cli(['notebook', 'run']))).toMatchObject({ exit: 2, error: 'BAD_USAGE' });
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'says that a folder cannot be written into (skipped for root and on Windows)',
    async () => {
      const folder = join(runs.folder, 'locked');
      await mkdir(folder);
      await chmod(folder, 0o500);
      const result = await run(plain, '--out', join(folder, 'x.ipynb'));
      expect(told(result)).toMatchObject({ error: 'FILE_FORBIDDEN', next: true });
    },
  );

  it.each([
    ['', 'NOTEBOOK_INVALID'],
    ['{"cells": [', 'NOTEBOOK_INVALID'],
    ['[]', 'NOTEBOOK_INVALID'],
    ['{"cells": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}', 'NOTEBOOK_TOO_OLD'],
    ['{"cells": [], "metadata": {}, "nbformat": 5, "nbformat_minor": 0}', 'NOTEBOOK_TOO_NEW'],
  ])('refuses a damaged file, %j', async (text, error) => {
    const file = await runs.write('damaged.ipynb', text);
    for (const result of [await run(file), await check(file)]) {
      expect(told(result)).toEqual({ exit: 1, error, next: true, out: '' });
    }
  });
});

describe('strata notebook check', () => {
  it('finds nothing wrong where nothing is, and runs nothing', async () => {
    const forever = await runs.write(
      'forever.ipynb',
      notebookOf({ ...cells, forever: '%%strata javascript\nfor (;;) {}' }),
    );
    const { code, out, err } = await check(forever);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: `${forever}: 5 cells, nothing wrong\n`,
      err: '',
    });
  });

  it('tells names that are there twice, cycles, and parameters that cannot be', async () => {
    const faulty = await runs.write(
      'faulty.ipynb',
      notebookOf({
        one: '%%sql --save twice\nselect 1',
        other: '%%sql --save twice\nselect 2',
        there: '%%sql --save there\nfrom back',
        back: '%%sql --save back\nfrom there',
        chart: '%%strata chart\n{"data": "there", "type": "pie", "x": "a"}',
      }),
    );
    const { code, out, err } = await check(faulty, '--json');
    expect({ code, error: /^strata: ([A-Z_]+)/.exec(err)?.[1] }).toEqual({
      code: 1,
      error: 'NOTEBOOK_FAILED',
    });
    const found = JSON.parse(out) as { file: string; cells: number; problems: { cell: string }[] };
    expect({ file: found.file, cells: found.cells }).toEqual({ file: faulty, cells: 5 });
    expect(found.problems.map(({ cell }) => cell)).toEqual([
      'one',
      'other',
      'there',
      'back',
      'chart',
    ]);
    expect(Object.keys(found.problems[0] ?? {})).toEqual(['cell', 'title', 'code', 'problem']);
    const words = await check(faulty);
    expect(words.out).toMatch(/^twice: .*\ntwice: .*\nthere: .*\nback: .*\n5: pie chart: .*\n$/);
  });
});
