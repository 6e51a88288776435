import sanitize from 'sanitize-html';

const tags =
  `table thead tbody tfoot tr th td caption p br hr pre h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote
  b i em strong s del ins code sub sup small span div a details summary`.split(/\s+/);

const sides = { align: ['left', 'right', 'center'] };

/**
 * HTML of which only structure and text are left: no script, style, frame, form, picture, handler, id or class. A link
 * leads out only where somebody follows it.
 */
export function safeHtml(html: string): string {
  return sanitize(html, {
    allowedTags: tags,
    allowedAttributes: {
      a: ['href', 'rel'],
      th: [{ name: 'align', values: sides.align }, 'colspan', 'rowspan', 'scope'],
      td: [{ name: 'align', values: sides.align }, 'colspan', 'rowspan'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nestingLimit: 100,
    transformTags: {
      a: (tagName, { href = '' }) => ({
        tagName,
        attribs: { href, rel: 'noopener noreferrer nofollow' },
      }),
    },
  });
}
