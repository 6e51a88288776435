import type { CellOutput } from '../../../pipeline/contract/notebook.ts';
import type { Figure } from '../../charts/figure.ts';

/** An output as the page shows it, the richest of what its bundle has. */
export type ShownOutput =
  | {
      readonly kind: 'figure';
      readonly figure: Figure;
      readonly values: string | null;
      readonly text: string;
    }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'markdown'; readonly source: string }
  | { readonly kind: 'image'; readonly address: string; readonly alt: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly trace: string;
    }
  | { readonly kind: 'unknown'; readonly types: readonly string[] };

type Bag = Readonly<Record<string, unknown>>;

function bagOf(value: unknown): Bag | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return value as Bag;
}

/** nbformat keeps long texts as lists of lines. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  return value.every((line) => typeof line === 'string') ? value.join('') : null;
}

function figureOf(value: unknown): Figure | null {
  const bag = bagOf(value);
  const data = bag?.['data'];
  if (!Array.isArray(data)) return null;
  const traces = data.filter((trace) => bagOf(trace) !== null);
  return { data: traces, layout: bagOf(bag?.['layout']) ?? {} } as Figure;
}

/** Text in UTF-8 as a data address that needs no Base64. */
function svgAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function imageOf(data: Bag, alt: string): ShownOutput | null {
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const bytes = textOf(data[type])?.replaceAll(/\s/g, '');
    if (bytes !== undefined && /^[A-Za-z0-9+/]+=*$/.test(bytes)) {
      return { kind: 'image', address: `data:${type};base64,${bytes}`, alt };
    }
  }
  const svg = textOf(data['image/svg+xml']);
  return svg === null ? null : { kind: 'image', address: svgAddress(svg), alt };
}

function shownBundle(data: Bag): ShownOutput {
  const plain = textOf(data['text/plain']);
  const html = textOf(data['text/html']);
  const figure = figureOf(data['application/vnd.plotly.v1+json']);
  if (figure !== null) return { kind: 'figure', figure, values: html, text: plain ?? '' };
  const image = imageOf(data, plain ?? 'A picture');
  if (image !== null) return image;
  if (html !== null) return { kind: 'html', html };
  const markdown = textOf(data['text/markdown']);
  if (markdown !== null) return { kind: 'markdown', source: markdown };
  if (data['application/json'] !== undefined) {
    return { kind: 'json', text: JSON.stringify(data['application/json'], null, 2) };
  }
  return plain === null
    ? { kind: 'unknown', types: Object.keys(data).slice(0, 5) }
    : { kind: 'text', text: plain };
}

const escape = String.fromCharCode(27);
const colours = new RegExp(`${escape}\\[[0-9;]*[A-Za-z]`, 'g');

/** Terminals' colours are left out. */
function plainText(text: string): string {
  return text.replaceAll(colours, '');
}

/** What to show of one of nbformat's outputs. */
export function shownOutput(output: CellOutput): ShownOutput {
  const type = output['output_type'];
  if (type === 'stream') {
    const name = output['name'] === 'stderr' ? 'stderr' : 'stdout';
    return { kind: 'stream', name, text: plainText(textOf(output['text']) ?? '') };
  }
  if (type === 'error') {
    return {
      kind: 'error',
      name: textOf(output['ename']) ?? 'Error',
      message: textOf(output['evalue']) ?? '',
      trace: plainText(
        Array.isArray(output['traceback'])
          ? output['traceback'].filter((line) => typeof line === 'string').join('\n')
          : '',
      ),
    };
  }
  const data = bagOf(output['data']);
  return data === null ? { kind: 'unknown', types: [] } : shownBundle(data);
}
