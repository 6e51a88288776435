/** The separator that stands most often outside quotes in the header. */
export function detectDelimiter(header: string): string {
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({
    delimiter,
    count: bare.split(delimiter).length - 1,
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

/** Splits a header by RFC 4180. */
export function splitHeader(header: string, delimiter: string): string[] {
  const literal = delimiter === '|' ? '\\|' : delimiter;
  const pattern = new RegExp(`${literal}("(?:[^"]|"")*"|[^${literal}]*)`, 'gs');
  return [...`${delimiter}${header}`.matchAll(pattern)].map(([, field = '']) =>
    field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim(),
  );
}
