/** Pictures that a page may hold: none that can run anything. */
export const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** A picture in Base64 as an address; null for another type, and where it is no Base64. */
export function pictureAddress(mime: string, base64: unknown): string | null {
  if (!pictures.includes(mime) || typeof base64 !== 'string') return null;
  const text = base64.replaceAll(/\s+/g, '');
  return /^[\w+/]+={0,2}$/.test(text) ? `data:${mime};base64,${text}` : null;
}
