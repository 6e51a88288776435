import { readTlv } from './read-tlv.ts';

/** Certificates that were given as text, or why they are none. */
export type GivenCertificates =
  | { readonly kind: 'none' }
  | { readonly kind: 'bad'; readonly problem: string }
  /** What is in it may be a secret, and is not to be kept or shown. */
  | { readonly kind: 'secret'; readonly problem: string }
  | {
      readonly kind: 'good';
      /** The certificates alone, without what stood around them. */
      readonly pem: string;
      readonly ders: readonly Uint8Array<ArrayBuffer>[];
    };

/** What a page may send; whoever has a file on the host's machine may name a longer one. */
export const LONGEST_AUTHORITY = 100_000;

const block = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

const DAMAGED = 'a certificate in it is damaged or cut off.';

const bad = (problem: string): GivenCertificates => ({ kind: 'bad', problem });

const secret = (problem: string): GivenCertificates => ({ kind: 'secret', problem });

/**
 * A certificate is a sequence whose first part is one that begins with a version (A0) or a serial number (02). Keys,
 * requests for nothing but a key, and stores of keys are sequences, too, that begin with something else.
 */
function beginsAsCertificate(der: Uint8Array): boolean {
  const inner = readTlv(der, 0);
  const first = inner === null ? null : readTlv(der, inner.from);
  const begin = first === null ? undefined : der[first.from];
  return inner?.tag === 0x30 && first?.tag === 0x30 && (begin === 0xa0 || begin === 0x02);
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
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return secret('there is a private key in it, which belongs on the broker and nowhere else.');
  }
  const ders: Uint8Array<ArrayBuffer>[] = [];
  for (const [, label, body = ''] of text.matchAll(block)) {
    if (label !== 'CERTIFICATE') return bad(`there is a ${label?.toLowerCase()} in it.`);
    const der = bytesOf(body);
    if (der?.[0] === 0x30 && !beginsAsCertificate(der)) {
      return secret(
        'what is in it is something else. A private key belongs on the broker and nowhere else.',
      );
    }
    if (der === null || readTlv(der, 0)?.end !== der.length) return bad(DAMAGED);
    ders.push(der);
  }
  const begun = text.match(/-----BEGIN/g)?.length ?? 0;
  if (ders.length < begun) return bad(DAMAGED);
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
