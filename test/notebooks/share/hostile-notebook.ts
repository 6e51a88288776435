import type {
  DocumentCell,
  JsonObject,
  NotebookDocument,
} from '../../../pipeline/notebooks/document/notebook-document.ts';
import { codeCell, markdown, notebookOf } from './sharing-fixture.ts';

/** Texts that become code, or fetch something, wherever one of them is not told from text. */
export const attacks: readonly string[] = [
  '<script>window.pwned = 1; alert(1)</script>',
  '</script><script>window.pwned = 2</script>',
  '</style><script>window.pwned = 3</script><style>',
  '</title><script>window.pwned = 4</script>',
  '<!--<script>window.pwned = 5</script>',
  '--><img src=x onerror="window.pwned = 6">',
  '"><img src=http://evil.example/7.png onerror=window.pwned=7>',
  "'><svg onload=window.pwned=8><animate onbegin=window.pwned=8 attributeName=x dur=1s>",
  '<iframe srcdoc="<script>parent.pwned = 9</script>"></iframe>',
  '<a href="javascript:window.pwned=10">x</a>',
  '[x](javascript:window.pwned=11) ![y](http://evil.example/11.png)',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=12>',
  '<base href="http://evil.example/"><link rel=stylesheet href=//evil.example/13.css>',
  '<meta http-equiv=refresh content="0;url=http://evil.example/14">',
  '<style>@import "http://evil.example/15.css"; *{background:url(//evil.example/15)}</style>',
  '<form action=http://evil.example/16><input autofocus onfocus=window.pwned=16></form>',
  '<object data="data:text/html,<script>parent.pwned=17</script>"></object>',
  '<div style="background:url(http://evil.example/18)" onmouseover="window.pwned=18">x</div>',
  '{{constructor.constructor("window.pwned=19")()}}${window.pwned=19}',
  '\u2028window.pwned=20;\u2029//',
  "$& $` $' $1 $<name>",
  '<noscript><p title="</noscript><img src=x onerror=window.pwned=22>">',
  '<template><script>window.pwned=23</script></template><details open ontoggle=window.pwned=23>',
];

function figure(text: string): JsonObject {
  return {
    data: [
      {
        type: 'bar',
        name: text,
        x: [text, 'b'],
        y: [1, 2],
        marker: { color: `red"/>${text}` },
        texttemplate: `%{y:${text}}`,
      },
      {
        type: 'scatter',
        mode: text,
        name: 'b',
        x: ['b'],
        y: [1],
        line: { color: text, dash: text },
      },
    ],
    layout: {
      title: { text },
      xaxis: { title: { text }, type: 'category', categoryarray: [text] },
      yaxis: { title: { text }, tickformat: text },
      annotations: [{ text, x: 0, y: 1, xref: 'paper', yref: 'paper', xanchor: text }],
      shapes: [
        {
          type: 'line',
          x0: 0,
          x1: 1,
          y0: 0,
          y1: 1,
          xref: 'paper',
          yref: 'paper',
          line: { color: text, dash: text },
        },
      ],
    },
  };
}

function outputs(text: string): JsonObject[] {
  const bundle = (data: JsonObject): JsonObject => ({
    output_type: 'display_data',
    metadata: { [text]: text },
    data,
  });
  return [
    bundle({ 'text/html': text, 'text/plain': text }),
    bundle({ 'text/html': `<table><tr><th title='${text}'>${text}</th></tr></table>` }),
    bundle({ 'application/vnd.plotly.v1+json': figure(text), 'text/plain': `[Chart: ${text}]` }),
    bundle({ 'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>` }),
    bundle({ 'image/png': text }),
    bundle({ 'image/png': 'AAAA"onerror="window.pwned=1' }),
    bundle({ 'application/javascript': 'window.pwned = 30', 'text/latex': text }),
    bundle({ [text]: text }),
    { output_type: 'stream', name: 'stdout', text },
    { output_type: 'error', ename: text, evalue: text, traceback: [text] },
  ];
}

function cellsOf(text: string, at: number): DocumentCell[] {
  return [
    {
      ...markdown(
        `m${at}`,
        `# ${text}\n\n${text}\n\n[${text}](<${text}>)\n\n\`\`\`${text}\n${text}\n\`\`\``,
      ),
      others: {
        attachments: { 'a.svg': { 'image/svg+xml': text }, 'b.png': { 'image/png': text } },
      },
    },
    markdown(
      `i${at}`,
      '![x](attachment:a.svg) ![y](attachment:b.png) ![z](data:image/svg+xml;base64,PHN2Zy8+)',
    ),
    { ...markdown(`r${at}`, text), type: 'raw' },
    codeCell(`s${at}`, `%%sql --save ${text}\nselect 1 as "${text}"`, {
      outputs: outputs(text),
      metadata: { name: text },
    }),
    codeCell(`f${at}`, text, { outputs: outputs(text), metadata: { [text]: text } }),
    codeCell(`k${at}`, `k${at} = 'x'  # strata: ${JSON.stringify({ kind: 'text', label: text })}`),
  ];
}

/** A notebook that is an attack in every place that holds a text. */
export function hostileNotebook(): NotebookDocument {
  return notebookOf(attacks.flatMap(cellsOf), {
    title: attacks.join(' '),
    strata: { [attacks[0] ?? '']: attacks[1] ?? '' },
  });
}
