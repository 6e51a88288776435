import { isJsonMime } from '../document/join-lines.ts';
import { isJsonObject, member } from '../document/json-object.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { escapeHtml } from '../outputs/html-table.ts';
import { pictureAddress } from './picture-address.ts';
import { safeHtml } from './safe-html.ts';
import { svgFigure } from './svg-figure.ts';

const longest = 400_000;

/** What terminals take for colours. */
// oxlint-disable-next-line no-control-regex -- the escape itself is what is looked for
const escapes = /\u001b\[[\d;]{0,40}[A-Za-z]/g;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}\n…`;
}

function plain(text: string, name = 'text'): string {
  return `<pre class="${name}">${escapeHtml(shortened(text).replaceAll(escapes, ''))}</pre>`;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.join('') : '';

const plotly = 'application/vnd.plotly.v1+json';

function figure(data: JsonObject): string | null {
  const json = member(data, plotly);
  if (json === undefined) return null;
  const label = /^\[Chart: (.*)\]/.exec(textOf(member(data, 'text/plain')))?.[1] ?? 'Chart';
  const drawn = svgFigure(json, label);
  return drawn === null ? null : `<figure>${drawn}</figure>`;
}

function picture(data: JsonObject): string | null {
  for (const [mime, value] of Object.entries(data)) {
    const address = pictureAddress(mime, textOf(value));
    if (address !== null) return `<figure><img src="${address}" alt="output"></figure>`;
  }
  return null;
}

/** The best of what an output offers that a page without scripts can show. */
function bundle(data: JsonObject): string {
  const drawn = figure(data) ?? picture(data);
  if (drawn !== null) return drawn;
  const html = textOf(member(data, 'text/html'));
  // A text is shown in place of what sanitising leaves nothing of.
  const safe = html === '' || html.length > longest * 10 ? '' : safeHtml(html);
  if (safe.trim() !== '') return `<div class="table">${safe}</div>`;
  const text = textOf(member(data, 'text/plain'));
  if (text !== '') return plain(text);
  const names = Object.keys(data).map((mime) => (isJsonMime(mime) ? mime : mime.slice(0, 80)));
  return names.length === 0 ? '' : plain(`[${names.join(', ')}]`);
}

/** An output of nbformat, whoever made it, as HTML that runs and fetches nothing. */
export function staticOutput(output: JsonObject): string {
  switch (textOf(member(output, 'output_type'))) {
    case 'stream':
      return plain(textOf(member(output, 'text')));
    case 'error': {
      const name = textOf(member(output, 'ename'));
      return plain(`${name}: ${textOf(member(output, 'evalue'))}`, 'error');
    }
    case 'display_data':
    case 'execute_result': {
      const data = member(output, 'data');
      return isJsonObject(data) ? bundle(data) : '';
    }
    default:
      return '';
  }
}
