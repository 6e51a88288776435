/** Certificates that were given as text, or why they are none. */
export type GivenCertificates =
  | { readonly kind: 'none' }
  | { readonly kind: 'bad'; readonly problem: string }
  | {
      readonly kind: 'good';
      /** The certificates alone, without what stood around them. */
      readonly pem: string;
      readonly ders: readonly Uint8Array<ArrayBuffer>[];
    };

export const LONGEST_AUTHORITY = 100_000;

const block = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

const bad = (problem: string): GivenCertificates => ({ kind: 'bad', problem });

/** One ASN.1 sequence and nothing behind it, which every certificate is. */
function isSequence(der: Uint8Array): boolean {
  const [tag, first = 0] = der;
  if (tag !== 0x30) return false;
  if (first < 0x80) return der.length === 2 + first;
  const digits = first & 0x7f;
  const length = der.slice(2, 2 + digits).reduce((sum, byte) => sum * 256 + byte, 0);
  return der.length === 2 + digits + length;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** PEM of one certificate. */
export function pemOf(der: Uint8Array): string {
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Reads what somebody gave as the authority to trust. Only a host with OpenSSL can tell what is in the certificates. */
export function certificatesIn(text: string): GivenCertificates {
  if (text.trim() === '') return { kind: 'none' };
  if (text.length > LONGEST_AUTHORITY) return bad('it is too long for a few certificates.');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return bad('there is a private key in it, which belongs on the broker and nowhere else.');
  }
  const ders: Uint8Array<ArrayBuffer>[] = [];
  for (const [, label, body = ''] of text.matchAll(block)) {
    if (label !== 'CERTIFICATE') return bad(`there is a ${label?.toLowerCase()} in it.`);
    const der = bytesOf(body);
    if (der === null || !isSequence(der)) return bad('a certificate in it is damaged or cut off.');
    ders.push(der);
  }
  const begun = text.match(/-----BEGIN/g)?.length ?? 0;
  if (ders.length < begun) return bad('a certificate in it is damaged or cut off.');
  if (ders.length === 0) return bad('it has no line “-----BEGIN CERTIFICATE-----”.');
  return { kind: 'good', pem: ders.map(pemOf).join(''), ders };
}

/** SHA-256 of a certificate, in hexadecimal, as OpenSSL and browsers show it but for the colons. */
export async function fingerprintOf(der: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Tells one set of trusted certificates from every other. */
export async function authorityKey(ders: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const fingerprints = await Promise.all(ders.map(fingerprintOf));
  const [only = ''] = fingerprints;
  if (fingerprints.length === 1) return only;
  return fingerprintOf(new TextEncoder().encode(fingerprints.sort().join('\n')));
}
