import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportFormat, shareChoices } from '../../../pipeline/contract/notebook.ts';
import { readNotebook } from '../../../pipeline/notebooks/document/read-notebook.ts';
import { exportNotebook } from '../../../pipeline/notebooks/share/export-notebook.ts';
import { chromiumPath } from '../../e2e/browser-page.ts';
import { formsIn, formsOf } from './canaries.ts';
import {
  codeCell,
  notebookOf,
  secrets,
  SharingFixture,
  sharedNotebook,
  treatedChoices,
} from './sharing-fixture.ts';

let on: SharingFixture;

beforeAll(async () => {
  on = await SharingFixture.make();
});

afterAll(async () => {
  await on.close();
});

function exported(format: ExportFormat, choices = treatedChoices, document = sharedNotebook()) {
  return exportNotebook({ document, format, choices, name: 'people', trusted: true }, on.ports());
}

const keepAll = shareChoices.parse({});
const canaries = [
  secrets.email,
  'zq.canary77',
  secrets.phone,
  '901820',
  secrets.name,
  'Quarrelsome',
];
const formats: ExportFormat[] = ['ipynb', 'static', 'html', 'bundle'];
const withBrowser: ExportFormat[] = chromiumPath() === null ? [] : ['pdf'];

test('the search finds every form of a text, also within archives', () => {
  const [text = ''] = canaries;
  for (const { name, bytes } of formsOf(text)) {
    const around = Buffer.concat([Buffer.from('..'), bytes, Buffer.from('..')]);
    expect(formsIn(around, text)).toContain(name);
  }
});

describe('what was treated is in no file that leaves, in no form', () => {
  test.each([...formats, ...withBrowser])('%s', async (format) => {
    const { bytes } = await exported(format);
    expect(canaries.flatMap((text) => formsIn(bytes, text))).toEqual([]);
  });

  test.each(formats)('%s without outputs', async (format) => {
    const { bytes } = await exported(format, { ...treatedChoices, outputs: false });
    expect(canaries.flatMap((text) => formsIn(bytes, text))).toEqual([]);
  });

  test('what is kept is found, so that the search would have found the rest', async () => {
    for (const format of formats) {
      const { bytes } = await exported(format, keepAll);
      for (const text of [secrets.email, secrets.phone, secrets.name]) {
        expect(formsIn(bytes, text)).not.toEqual([]);
      }
    }
  });
});

describe('an exported notebook', () => {
  test('has outputs that were made anew of what may leave, and says what was chosen', async () => {
    const { name, bytes } = await exported('ipynb');
    const { cells, metadata } = readNotebook(bytes);
    expect(name).toBe('people.ipynb');
    const outputs = Object.fromEntries(cells.map((cell) => [cell.id, cell.outputs]));
    expect(outputs['python']).toEqual([]);
    expect(JSON.stringify(outputs['people'])).toContain('C0003');
    expect(JSON.stringify(outputs['people'])).not.toContain('email');
    expect(JSON.stringify(outputs['script'])).toContain('three');
    expect(JSON.stringify(outputs['chart'])).toContain('vnd.plotly');
    expect(metadata).toEqual({
      kernelspec: { name: 'python3', display_name: 'Python' },
      strata: {
        shared: {
          choices: treatedChoices,
          tables: [{ name: 'silver.people', rows: 60 }],
        },
      },
    });
    expect(cells.find(({ id }) => id === 'people')?.metadata).toEqual({
      tags: ['x'],
      strata: { pinned: true },
    });
  });

  test('keeps its outputs where everything is kept, and has none where none were wanted', async () => {
    const document = sharedNotebook();
    const kept = readNotebook((await exported('ipynb', keepAll)).bytes);
    expect(kept.cells.map(({ outputs }) => outputs)).toEqual(
      document.cells.map(({ outputs }) => outputs),
    );
    const bare = readNotebook((await exported('ipynb', { ...keepAll, outputs: false })).bytes);
    expect(bare.cells.flatMap(({ outputs }) => outputs)).toEqual([]);
  });

  test('leaves groups of too few people out, also of what its cells count', async () => {
    const cells = [
      codeCell('a', '%%sql\nselect * from gold.groups'),
      codeCell(
        'b',
        '%%sql --save counted\nselect region, count(*) as n from silver.people group by 1',
      ),
      codeCell(
        'c',
        '%%sql\nselect string_agg(region, \',\' order by region) as "all" from counted',
      ),
      codeCell(
        'd',
        '%%strata chart\n{"data": "silver.people", "type": "bar", "x": "region", "aggregate": "count"}',
      ),
    ];
    const choices = shareChoices.parse({ minimumCount: 5 });
    const { bytes } = await exported('ipynb', choices, notebookOf(cells));
    const [a, b, c, d] = readNotebook(bytes).cells.map(({ outputs }) => JSON.stringify(outputs));
    expect(a).toContain('1 row × 2 columns');
    expect(b).not.toContain('tiny');
    expect(c).toContain('north,south');
    expect(d).toContain('north');
    expect(d).not.toContain('tiny');
  });
});

describe('an export that cannot be made says why', () => {
  const failure = async (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
    work.then(
      () => ({ code: 'exported', message: '' }),
      (error: { code: string; message: string }) => error,
    );

  test('cell by cell, where a column is missing that cells read', async () => {
    const cells = [
      codeCell('first', '%%sql --save mails\nselect email from silver.people'),
      codeCell('second', '%%sql\nselect * from mails'),
      codeCell(
        'third',
        '%%strata chart\n{"data": "silver.people", "type": "histogram", "x": "email"}',
      ),
      codeCell('fine', '%%sql\nselect region from silver.people'),
    ];
    const { code, message } = await failure(exported('ipynb', treatedChoices, notebookOf(cells)));
    expect(code).toBe('NOTEBOOK_EXPORT_FAILED');
    expect(message).toMatch(/2 cells fail .*"mails": .*"email".*; ".*": .*no column "email"/);
    expect(message).toMatch(/these wait for it: "select \* from mails"$/);
  });

  test('with the name that a misspelt column or table may mean: it would leave as it is', async () => {
    for (const choices of [
      { columns: { 'silver.people.emial': 'drop' } },
      { columns: { 'silver.poeple.email': 'drop' } },
      { aggregated: ['silver.peple'] },
    ]) {
      const { code, message } = await failure(exported('ipynb', shareChoices.parse(choices)));
      expect(code).toBe('NOTEBOOK_SHARE_INVALID');
      expect(message).toMatch(/Did you mean "silver\.people/);
    }
  });

  test('where it would run what nobody trusts', async () => {
    const request = { document: sharedNotebook(), choices: treatedChoices, name: 'x' };
    const work = exportNotebook({ ...request, format: 'ipynb', trusted: false }, on.ports());
    expect((await failure(work)).code).toBe('NOTEBOOK_UNTRUSTED');
  });

  test('and stops where it is asked to', async () => {
    const request = { document: sharedNotebook(), choices: treatedChoices, name: 'x' };
    const signal = AbortSignal.abort();
    const work = exportNotebook(
      { ...request, format: 'bundle', trusted: true, signal },
      on.ports(),
    );
    expect((await failure(work)).code).toBe('CANCELLED');
  });
});
