import createDomPurify from 'dompurify';

const tags =
  'a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr';
const attributes =
  'align alt colspan dir headers height href lang open reversed rowspan scope span src start style title valign width';

/** Styles that colour, weigh and align what stands in place; nothing that moves it over the page or fetches. */
const styles = new Set(
  'background-color border border-bottom border-collapse border-left border-right border-top color font-family font-size font-style font-weight height line-height margin margin-bottom margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top text-align text-decoration text-transform vertical-align white-space width'.split(
    ' ',
  ),
);

const picture = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;

/** The declarations of a style that may stay. A value that could fetch or compute is no value. */
export function cleanStyle(style: string): string {
  return style
    .split(';')
    .flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      const property = declaration.slice(0, colon).trim().toLowerCase();
      const value = declaration.slice(colon + 1).trim();
      const plain = /^[\w\s#%.,()'"+-]*$/.test(value) && !/url|expression|image|var\(/i.test(value);
      const still = !/margin/.test(property) || !value.includes('-');
      return colon > 0 && styles.has(property) && plain && still ? `${property}: ${value}` : [];
    })
    .join('; ');
}

let purifier: ReturnType<typeof createDomPurify> | null = null;

function made(): ReturnType<typeof createDomPurify> {
  const purify = createDomPurify(window);
  purify.addHook('uponSanitizeAttribute', (node, data) => {
    const { attrName, attrValue } = data;
    if (attrName === 'style') {
      data.attrValue = cleanStyle(attrValue);
      data.keepAttr = data.attrValue !== '';
    } else if (attrName === 'src')
      data.keepAttr = node.nodeName === 'IMG' && picture.test(attrValue.trim());
    // An address within the page would change the view, and one of the host would be asked with our rights.
    else if (attrName === 'href') data.keepAttr = /^(?:https?:|mailto:)/i.test(attrValue.trim());
  });
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName === 'A' && node.hasAttribute('href')) {
      node.setAttribute('target', '_blank');
      node.setAttribute('rel', 'noopener noreferrer nofollow');
    }
    if (node.nodeName === 'IMG' && !node.hasAttribute('alt')) node.setAttribute('alt', '');
    if (node.nodeName === 'TABLE') node.removeAttribute('width');
  });
  return purify;
}

/**
 * Handlers within tags under a name that does nothing. They would be taken out all the same; but a browser complains of
 * each that it parses against the page's policy, also in a document that never runs.
 */
function withoutHandlers(html: string): string {
  return html.replaceAll(/<[a-z][^>]*>/gi, (tag) =>
    tag.replaceAll(/([\s/"'])on\w+\s*=/gi, '$1data-on='),
  );
}

/** HTML of a cell or an output as it may stand in this page: no scripts, nothing fetched, nothing beside its place. */
export function cleanHtml(html: string): string {
  purifier ??= made();
  return purifier.sanitize(withoutHandlers(html), {
    ALLOWED_TAGS: tags.split(' '),
    ALLOWED_ATTR: attributes.split(' '),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
