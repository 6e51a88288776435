import MarkdownIt from 'markdown-it';
import { cleanHtml } from './clean-html.ts';

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });

/** Markdown as clean HTML; HTML within it is kept as far as it is harmless. */
export function renderMarkdown(source: string): string {
  return cleanHtml(markdown.render(source));
}
