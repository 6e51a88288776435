import MarkdownIt from 'markdown-it';
import { isJsonObject, member } from '../document/json-object.ts';
import type { DocumentCell } from '../document/notebook-document.ts';
import { escapeHtml } from '../outputs/html-table.ts';

/** Pictures that a page may hold: none that can run anything. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Longer texts are no prose, and some of markdown-it's rules are slow on them. */
const longest = 500_000;

export function pictureAddress(mime: string, base64: unknown): string | null {
  if (!pictures.includes(mime) || typeof base64 !== 'string') return null;
  const text = base64.replaceAll(/\s+/g, '');
  return /^[\w+/]+={0,2}$/.test(text) ? `data:${mime};base64,${text}` : null;
}

function attachment({ others = {} }: DocumentCell, name: string): string | null {
  const files = member(others, 'attachments');
  const bundle = isJsonObject(files) ? member(files, name) : undefined;
  if (!isJsonObject(bundle)) return null;
  for (const mime of pictures) {
    const address = pictureAddress(mime, member(bundle, mime));
    if (address !== null) return address;
  }
  return null;
}

function addressOf(cell: DocumentCell, source: string): string | null {
  if (source.startsWith('attachment:')) {
    const name = source.slice('attachment:'.length);
    try {
      return attachment(cell, decodeURIComponent(name));
    } catch {
      return attachment(cell, name);
    }
  }
  const found = /^data:(image\/[a-z]+);base64,([\w+/=\s]*)$/.exec(source);
  return found === null ? null : pictureAddress(found[1] ?? '', found[2]);
}

/** A Markdown cell as HTML: tags within it are text, and pictures are those that it brings itself. */
export function safeMarkdown(cell: DocumentCell): string {
  if (cell.source.length > longest) return `<pre>${escapeHtml(cell.source)}</pre>`;
  const markdown = new MarkdownIt({ html: false, linkify: false });
  // Addresses of attachments are none that markdown-it lets pass.
  const validate = markdown.validateLink.bind(markdown);
  markdown.validateLink = (address) => address.startsWith('attachment:') || validate(address);
  markdown.renderer.rules['image'] = (tokens, at) => {
    const token = tokens[at];
    const text = escapeHtml(token?.content ?? '');
    const address = addressOf(cell, String(token?.attrGet('src') ?? ''));
    return address === null
      ? `<span class="picture">[picture: ${text}]</span>`
      : `<img src="${address}" alt="${text}">`;
  };
  markdown.renderer.rules['link_open'] = (tokens, at) => {
    const address = String(tokens[at]?.attrGet('href') ?? '');
    const isAway = /^(https?:|mailto:)/i.test(address);
    return isAway ? `<a href="${escapeHtml(address)}" rel="noopener noreferrer nofollow">` : '<a>';
  };
  return markdown.render(cell.source);
}
