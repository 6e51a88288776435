// @vitest-environment jsdom
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { expect, test } from 'vitest';
import { chartTheme } from '../../../renderer/charts/chart-theme.ts';
import { arrowPage } from '../../../renderer/notebook/outputs/arrow-page.ts';
import { cleanHtml, cleanStyle } from '../../../renderer/notebook/outputs/clean-html.ts';
import { shownOutput } from '../../../renderer/notebook/outputs/mime-bundle.ts';
import {
  renderMarkdown,
  type Pictures,
} from '../../../renderer/notebook/outputs/render-markdown.ts';
import { themedFigure } from '../../../renderer/notebook/outputs/themed-figure.ts';

test('nothing of a script, a frame, a form, a style sheet or another host is left', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<img src="https://evil.example/pixel.png">',
    '<img src="data:text/html,<script>alert(1)</script>">',
    '<img srcset="https://evil.example/a 2x">',
    '<svg><script>alert(1)</script><image href="https://evil.example"/></svg>',
    '<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></mglyph></table></mtext></math>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name="a"><button>go</button></form>',
    '<style>body{background:url(https://evil.example)}</style>',
    '<link rel="stylesheet" href="https://evil.example">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="#tables">b</a>',
    '<a href="/files/x">c</a>',
    '<div style="position:fixed;top:0;background:url(https://evil.example);color:red">d</div>',
    '<video src="https://evil.example" poster="https://evil.example"></video>',
    '<p id="root" class="mantine-Modal-root" data-testid="x">e</p>',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
  ].map(cleanHtml);
  expect(hostile.join('\n')).not.toMatch(
    /evil|script|onerror|<(iframe|form|input|button|style|link|svg|math|video|object|embed)|position|url|id=|class=|data-testid/i,
  );
  expect(hostile[14]).toBe('<div style="color: red">d</div>');
});

test('what a table, a picture and a link need is kept', () => {
  const kept =
    '<table border="1"><tbody><tr><td align="right" colspan="2">1</td></tr></tbody></table>';
  expect(cleanHtml(kept)).toBe(kept.replace(' border="1"', ''));
  expect(cleanHtml('<img src="data:image/png;base64,AA==" alt="x">')).toBe(
    '<img src="data:image/png;base64,AA==" alt="x">',
  );
  expect(cleanHtml('<a href="https://example.com/">x</a>')).toBe(
    '<a href="https://example.com/" target="_blank" rel="noopener noreferrer nofollow">x</a>',
  );
  expect(
    cleanStyle('text-align: right; margin: -5px; width: expression(1); color: rgb(1, 2, 3)'),
  ).toBe('text-align: right; color: rgb(1, 2, 3)');
});

test('Markdown may hold HTML, and that is cleaned as all HTML', () => {
  const html = renderMarkdown(
    '**a** <b onclick="x()">c</b> [d](javascript:alert(1)) ![e](https://evil.example/e.png)',
  );
  expect(html).toBe(
    '<p><strong>a</strong> <b>c</b> [d](javascript:alert(1)) <em>[e: picture from elsewhere, not fetched: https://evil.example/e.png]</em></p>\n',
  );
});

test('attached pictures are shown, and one that is not there says so', () => {
  const pictures = new Map([
    ['my logo.png', 'data:image/png;base64,AA=='],
    ['"><script>', 'data:text/html,<script>alert(1)</script>'],
  ]);
  const shown = (text: string, known: Pictures = pictures): string =>
    renderMarkdown(text, known).trim();
  expect(shown('![a *b*](attachment:my%20logo.png)')).toBe(
    '<p><img src="data:image/png;base64,AA==" alt="a b"></p>',
  );
  expect(shown('![](attachment:gone.png)')).toBe(
    '<p><em>[gone.png is not attached to this cell]</em></p>',
  );
  expect(shown('![x](attachment:my%20logo.png)', null)).toBe('<p><em>[x: my logo.png …]</em></p>');
  expect(shown('![x](attachment:my%20logo.png)', 'failed')).toBe(
    '<p><em>[x: my logo.png could not be fetched]</em></p>',
  );
  expect(shown('![x](attachment:%22%3E%3Cscript%3E)')).toBe('<p><img alt="x"></p>');
});

const bundle = (data: Record<string, unknown>) =>
  shownOutput({ output_type: 'display_data', data });

test('the richest type of a bundle is shown, text where there is nothing else', () => {
  const plotly = { data: [{ type: 'bar' }, 'nonsense'], layout: { height: 200 } };
  expect(
    bundle({
      'text/plain': ['[', 'x]'],
      'application/vnd.plotly.v1+json': plotly,
      'text/html': '<p>',
    }),
  ).toEqual({
    kind: 'figure',
    figure: { data: [{ type: 'bar' }], layout: { height: 200 } },
    values: '<p>',
    text: '[x]',
  });
  expect(bundle({ 'image/svg+xml': '<svg/>' })).toEqual({
    kind: 'image',
    address: 'data:image/svg+xml,%3Csvg%2F%3E',
    alt: 'A picture',
  });
  expect(bundle({ 'image/png': '"><script>', 'text/plain': 'p' })).toEqual({
    kind: 'text',
    text: 'p',
  });
  expect(bundle({ 'application/json': { a: 1 } })).toEqual({
    kind: 'json',
    text: '{\n  "a": 1\n}',
  });
  expect(bundle({ 'application/x-widget': {} })).toEqual({
    kind: 'unknown',
    types: ['application/x-widget'],
  });
  expect(shownOutput({ output_type: 'display_data' })).toEqual({ kind: 'unknown', types: [] });
});

test('streams and errors lose the colours of a terminal', () => {
  expect(
    shownOutput({ output_type: 'stream', name: 'stderr', text: ['\u001b[31mred\u001b[0m', '\n'] }),
  ).toEqual({ kind: 'stream', name: 'stderr', text: 'red\n' });
  expect(
    shownOutput({
      output_type: 'error',
      ename: 'E',
      evalue: 'v',
      traceback: ['\u001b[1ma', 'b', 7],
    }),
  ).toEqual({ kind: 'error', name: 'E', message: 'v', trace: 'a\nb' });
});

test('a figure takes the colours of the page and fetches no picture', () => {
  const themed = themedFigure(
    {
      data: [],
      layout: {
        template: { layout: { paper_bgcolor: 'white' } },
        paper_bgcolor: '#fff',
        xaxis2: { title: { text: 'x' } },
        images: [{ source: 'https://evil.example/a.png' }, { source: 'data:image/png;base64,AA' }],
      },
    },
    chartTheme('dark'),
  );
  expect(themed.layout).toMatchObject({
    paper_bgcolor: 'rgba(0,0,0,0)',
    xaxis2: { gridcolor: '#2e353e', title: { text: 'x', font: { color: '#e8ecf0' } } },
    images: [{ source: 'data:image/png;base64,AA' }],
  });
  expect(themed.layout).not.toHaveProperty('template');
});

test('on a dark page our colours are those that its own charts have; others stay', () => {
  const data = [
    { type: 'bar', marker: { color: ['#0072b2', '#123456', '#7b8592'] } },
    { type: 'scatter', line: { color: '#C47F00', width: 2 }, marker: { color: [1, 2] } },
  ];
  const annotations = [
    { text: 'a', xref: 'x' },
    { text: 'b', xref: 'paper' },
  ];
  const figure = { data, layout: { annotations } };
  const dark = themedFigure(figure, chartTheme('dark'));
  expect(dark.data).toEqual([
    { type: 'bar', marker: { color: ['#4aa8e8', '#123456', '#8f9aa8'] } },
    { type: 'scatter', line: { color: '#f0b13c', width: 2 }, marker: { color: [1, 2] } },
  ]);
  expect(dark.layout['annotations']).toEqual([
    { text: 'a', xref: 'x', bgcolor: '#1a1f26', font: { color: '#e8ecf0' } },
    { text: 'b', xref: 'paper', font: { color: '#e8ecf0' } },
  ]);
  expect(themedFigure(figure, chartTheme('light')).data).toBe(data);
});

test('rows of Arrow become cells: days as days, large numbers exact, lists as JSON', () => {
  const table = tableFromArrays({
    name: ['a', null],
    big: [9_007_199_254_740_993n, 5n],
    share: [0.5, Number.NaN],
    at: [new Date('2026-03-01T10:20:30Z'), new Date(0)],
    list: [[1, 2], [3]],
  });
  const bytes = tableToIPC(table, { format: 'stream' }) ?? new Uint8Array();
  const page = arrowPage(bytes, { table: 't', total: 2 });
  expect(page.rows).toEqual([
    ['a', '9007199254740993', 0.5, '2026-03-01 10:20:30', '[1,2]'],
    [null, 5, 'NaN', '1970-01-01 00:00:00', '[3]'],
  ]);
  expect(page.columns.map(({ type }) => type)).toEqual([
    'varchar',
    'bigint',
    'double',
    'timestamp',
    'other',
  ]);
});
