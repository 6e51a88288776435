import { expect, test } from 'vitest';
import type { DocumentCell } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { attachedPictures } from '../../../pipeline/notebooks/share/attachments.ts';
import { cleanDocument } from '../../../pipeline/notebooks/share/clean-document.ts';
import { inspectNotebook } from '../../../pipeline/notebooks/share/inspect.ts';
import { staticHtml } from '../../../pipeline/notebooks/share/static-html.ts';
import { markdown, notebookOf } from './sharing-fixture.ts';

const png = 'iVBORw0KGgo=';
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>anna@secret.example</text></svg>';
const base64 = Buffer.from(svg).toString('base64');

function cell(source: string): DocumentCell {
  const attachments = {
    'my logo.png': { 'image/png': png },
    'a.svg': { 'image/svg+xml': base64 },
    'b.svg': { 'image/svg+xml': svg },
    'page.html': { 'text/html': '<script>alert(1)</script>' },
  };
  return { ...markdown('text', source), others: { attachments } };
}

const noTables = null as never;

test('pictures are addresses that run nothing, and nothing else is one', () => {
  expect(attachedPictures(cell(''))).toEqual({
    'my logo.png': `data:image/png;base64,${png}`,
    'a.svg': `data:image/svg+xml;base64,${base64}`,
    'b.svg': `data:image/svg+xml;base64,${base64}`,
  });
  expect(attachedPictures(markdown('none', '![x](attachment:x.png)'))).toEqual({});
});

test('a still page shows them, and says which are not there', () => {
  const source =
    '![Logo](attachment:my%20logo.png) ![](attachment:a.svg) ![](attachment:gone.png) ![x](https://elsewhere.example/x.png)';
  const html = staticHtml(notebookOf([cell(source)]), { title: 't' });
  expect(html).toContain(`<img src="data:image/png;base64,${png}" alt="Logo">`);
  expect(html).toContain('[a.svg is attached, but not a PNG, JPEG, GIF or WebP picture]');
  expect(html).toContain('[gone.png is not attached to this cell]');
  expect(html).toContain('[picture: x]');
});

test('what the text shows leaves as it is and is told before; what it does not show stays here', async () => {
  const document = notebookOf([cell('![](attachment:my%20logo.png)\n![](attachment:a.svg)')]);
  const [clean] = cleanDocument(document).cells;
  expect(clean?.others).toEqual({
    attachments: { 'my logo.png': { 'image/png': png }, 'a.svg': { 'image/svg+xml': base64 } },
  });
  expect(await inspectNotebook(document, noTables)).toEqual({
    tables: [],
    texts: [{ cell: 'text', kind: 'e-mail', count: 1 }],
    attachments: [
      { cell: 'text', name: 'my logo.png', type: 'image/png', bytes: 8 },
      { cell: 'text', name: 'a.svg', type: 'image/svg+xml', bytes: svg.length },
    ],
  });
  const [none] = cleanDocument(notebookOf([cell('no picture')])).cells;
  expect(none?.others).toBeUndefined();
});

test('a file of any type is told before it leaves, of a raw cell as well, and read for persons', async () => {
  const raw: DocumentCell = {
    ...markdown('raw', 'attachment:j attachment:call attachment:lines'),
    type: 'raw',
    others: {
      attachments: {
        j: { 'application/json': { mail: 'anna@secret.example' }, 'application/x-odd': [1, null] },
        call: { 'text/plain': '+49 30 12345678\n', 'application/x-yaml': 'to: b@secret.example' },
        lines: { 'image/png': 'c@secret.example' },
        empty: {},
      },
    },
  };
  const document = notebookOf([raw]);
  const told = await inspectNotebook(document, noTables);
  expect(told.attachments.map(({ name, type }) => [name, type])).toEqual([
    ['j', 'application/json'],
    ['j', 'application/x-odd'],
    ['call', 'text/plain'],
    ['call', 'application/x-yaml'],
    ['lines', 'image/png'],
  ]);
  expect(told.attachments[0]?.bytes).toBe('{"mail":"anna@secret.example"}'.length);
  expect(told.texts).toEqual([
    { cell: 'raw', kind: 'e-mail', count: 3 },
    { cell: 'raw', kind: 'phone', count: 1 },
  ]);
  const left = cleanDocument(document).cells[0]?.others?.['attachments'] ?? {};
  const files = Object.entries(left).flatMap(([name, bundle]) =>
    Object.keys(bundle).map((type) => [name, type]),
  );
  expect(files).toEqual(told.attachments.map(({ name, type }) => [name, type]));
});
