import MarkdownIt from 'markdown-it';
import { cleanHtml } from './clean-html.ts';

/** Pictures that a cell brings along, by name; null while they are on their way, `failed` where they did not come. */
export type Pictures = ReadonlyMap<string, string> | 'failed' | null;

const none: ReadonlyMap<string, string> = new Map();

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });

// Addresses of attachments are none that markdown-it lets pass.
const isHarmless = markdown.validateLink.bind(markdown);
markdown.validateLink = (address) => address.startsWith('attachment:') || isHarmless(address);

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The words that stand where a picture does not; null where it is shown. */
function instead(address: string, pictures: Pictures): string | null {
  const attached = /^attachment:(.*)$/s.exec(address)?.[1];
  if (attached === undefined) {
    return address.startsWith('data:') ? null : `picture from elsewhere, not fetched: ${address}`;
  }
  if (pictures === null) return `${decoded(attached)} …`;
  if (pictures === 'failed') return `${decoded(attached)} could not be fetched`;
  return pictures.has(decoded(attached))
    ? null
    : `${decoded(attached)} is not attached to this cell`;
}

markdown.renderer.rules['image'] = (tokens, at, options, env, self) => {
  const token = tokens[at];
  if (token === undefined) return '';
  const { escapeHtml } = markdown.utils;
  const address = String(token.attrGet('src') ?? '');
  const pictures = (env?.['pictures'] ?? null) as Pictures;
  const words = instead(address, pictures);
  const alt = self.renderInlineAsText(token.children ?? [], options, env);
  if (words !== null) {
    return `<em>[${alt === '' ? '' : `${escapeHtml(alt)}: `}${escapeHtml(words)}]</em>`;
  }
  const name = decoded(address.replace(/^attachment:/, ''));
  const brought = pictures instanceof Map ? pictures : none;
  const shown = address.startsWith('attachment:') ? (brought.get(name) ?? '') : address;
  return `<img src="${escapeHtml(shown)}" alt="${escapeHtml(alt)}">`;
};

/** Markdown as clean HTML; HTML within it is kept as far as it is harmless. */
export function renderMarkdown(source: string, pictures: Pictures = none): string {
  return cleanHtml(markdown.render(source, { pictures }));
}
