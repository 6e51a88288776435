import MarkdownIt from 'markdown-it';
import { isJsonObject, member } from '../document/json-object.ts';
import type { DocumentCell } from '../document/notebook-document.ts';
import { escapeHtml } from '../outputs/html-table.ts';
import { pictureAddress, pictures } from './picture-address.ts';

/** Longer texts are no prose, and some of markdown-it's rules are slow on them. */
const longest = 500_000;

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

/** A name as an address spells it; as it stands where that is none. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function addressOf(cell: DocumentCell, source: string): string | null {
  if (source.startsWith('attachment:')) {
    return attachment(cell, decoded(source.slice('attachment:'.length)));
  }
  const found = /^data:(image\/[a-z]+);base64,([\w+/=\s]*)$/.exec(source);
  return found === null ? null : pictureAddress(found[1] ?? '', found[2]);
}

/** Why a picture is not shown. */
function missing(cell: DocumentCell, source: string, text: string): string {
  const named = /^attachment:(.*)$/s.exec(source)?.[1];
  if (named === undefined) return `[picture: ${text}]`;
  const name = escapeHtml(decoded(named));
  const files = member(cell.others ?? {}, 'attachments');
  return isJsonObject(files) && member(files, decoded(named)) !== undefined
    ? `[${name} is attached, but not a PNG, JPEG, GIF or WebP picture]`
    : `[${name} is not attached to this cell]`;
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
    const source = String(token?.attrGet('src') ?? '');
    const address = addressOf(cell, source);
    return address === null
      ? `<span class="picture">${missing(cell, source, text)}</span>`
      : `<img src="${address}" alt="${text}">`;
  };
  markdown.renderer.rules['link_open'] = (tokens, at) => {
    const address = String(tokens[at]?.attrGet('href') ?? '');
    const isAway = /^(https?:|mailto:)/i.test(address);
    return isAway ? `<a href="${escapeHtml(address)}" rel="noopener noreferrer nofollow">` : '<a>';
  };
  return markdown.render(cell.source);
}
