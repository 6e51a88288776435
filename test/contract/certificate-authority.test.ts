import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import {
  authorityKey,
  certificatesIn,
  fingerprintOf,
  LONGEST_AUTHORITY,
  pemOf,
} from '../../pipeline/contract/certificate-authority.ts';
import { certificateFacts } from '../../pipeline/contract/certificate-facts.ts';
import { trustedAuthority } from '../../pipeline/sources/kafka/trusted-authority.ts';

const [first = '', second = ''] = rootCertificates;

function problemOf(text: string): string {
  const given = certificatesIn(text);
  return 'problem' in given ? given.problem : given.kind;
}

describe('a certificate authority that is given as text', () => {
  test('is read as OpenSSL reads it: every root that Node brings, with its fingerprint', async () => {
    expect(rootCertificates.length).toBeGreaterThan(100);
    for (const pem of rootCertificates) {
      const given = certificatesIn(pem);
      if (given.kind !== 'good') throw new Error(given.kind);
      const [der = new Uint8Array()] = given.ders;
      const known = new X509Certificate(pem);
      expect(Buffer.from(der).equals(known.raw)).toBe(true);
      expect(await fingerprintOf(der)).toBe(known.fingerprint256.replaceAll(':', '').toLowerCase());
      expect(new X509Certificate(pemOf(der)).fingerprint256).toBe(known.fingerprint256);
    }
  });

  test('may be a chain with words and Windows line ends around it, of which only certificates go on', () => {
    const text = `subject=CN = a\n${first}\n\n# next\n${second}\n`.replaceAll('\n', '\r\n');
    const given = certificatesIn(text);
    if (given.kind !== 'good') throw new Error(given.kind);
    const alone = [first, second].map((pem) => new X509Certificate(pem).toString());
    expect(given.pem).toBe(alone.join(''));
    expect(trustedAuthority(text).map(String)).toEqual(alone);
  });

  test('has a key of its own, whatever the order of its certificates', async () => {
    const keyOf = async (text: string): Promise<string> => {
      const given = certificatesIn(text);
      return given.kind === 'good' ? authorityKey(given.ders) : given.kind;
    };
    const keys = await Promise.all([first, second, first + second, second + first].map(keyOf));
    expect(keys[2]).toBe(keys[3]);
    expect(new Set(keys).size).toBe(3);
  });

  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  test.each([
    ['nothing', ' \n', 'none'],
    ['any text', 'my-ca', /no line “-----BEGIN CERTIFICATE-----”/],
    ['one that is cut off', first.slice(0, 400), /damaged or cut off/],
    ['one that lost a line', first.replace(/\n[^\n-]+\n/, '\n'), /damaged or cut off/],
    ['one that is none in Base64', first.replaceAll(/^M/gm, '%'), /damaged or cut off/],
    ['a second that is cut off', `${first}${second.slice(0, 99)}`, /damaged or cut off/],
    ['a public key', key.publicKey.export({ type: 'spki', format: 'pem' }), /a public key in it/],
  ])('%s is none', (_what, text, problem) => {
    expect(problemOf(String(text))).toMatch(problem);
    expect(() => trustedAuthority(String(text))).toThrow(/cannot be used/);
  });

  test('is refused with its private key, which is repeated nowhere', () => {
    const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(problemOf(`${first}\n${pem}`)).toMatch(/private key/);
    expect(problemOf(`${first}\n${pem}`)).not.toContain(pem.slice(40, 60));
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const lock = { cipher: 'aes-256-cbc', passphrase: 'x' };
  test.each([
    ['PKCS #8', key.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['SEC 1', key.privateKey.export({ type: 'sec1', format: 'der' })],
    ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['PKCS #8, encrypted', key.privateKey.export({ type: 'pkcs8', format: 'der', ...lock })],
    [
      'PKCS #8 with a byte behind it',
      Buffer.concat([key.privateKey.export({ type: 'pkcs8', format: 'der' }), Buffer.from('\n')]),
    ],
  ])('is not taken for what the bytes of a private key are: %s', (_what, der) => {
    expect(certificatesIn(pemOf(der)).kind).toBe('secret');
  });

  test('tells whose it is and when it holds, as OpenSSL does', () => {
    for (const pem of rootCertificates) {
      const known = new X509Certificate(pem);
      const facts = certificateFacts(new Uint8Array(known.raw));
      const names = new Map(
        known.subject.split('\n').map((line) => line.split(/=(.*)/s, 2) as [string, string]),
      );
      expect(facts).toEqual({
        subject: names.get('CN') ?? names.get('OU') ?? names.get('O') ?? '',
        from: known.validFromDate.getTime(),
        until: known.validToDate.getTime(),
      });
    }
  });

  test('that is out of date is refused with its name and the day, but not for an old one beside it', () => {
    const { validFromDate, validToDate, subject } = new X509Certificate(first);
    const at = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);
    const name = subject.replaceAll('\n', ', ');
    expect(trustedAuthority(first, at(validToDate, -1))).toHaveLength(1);
    expect(() => trustedAuthority(first, at(validToDate, 1))).toThrow(
      `${name} expired on ${validToDate.toISOString().slice(0, 10)}`,
    );
    expect(() => trustedAuthority(first, at(validFromDate, -1))).toThrow(
      `${name} is valid from ${validFromDate.toISOString().slice(0, 10)} on`,
    );
    const pems = rootCertificates.map((pem) => new X509Certificate(pem));
    const [soonest, ...others] = pems.toSorted(
      (a, b) => Number(a.validToDate) - Number(b.validToDate),
    );
    const between = at(soonest?.validToDate ?? validToDate, 1);
    const last = others.at(-1);
    expect(() => trustedAuthority(String(soonest), between)).toThrow(/expired on/);
    expect(trustedAuthority(String(soonest) + String(last), between).map(String)).toEqual([
      String(soonest),
      String(last),
    ]);
  });

  test('may be all that a system trusts, in a file that is longer than what a page may send', () => {
    const all = rootCertificates.join('\n');
    expect(all.length).toBeGreaterThan(LONGEST_AUTHORITY);
    expect(trustedAuthority(all)).toHaveLength(rootCertificates.length);
  });

  test('that only looks like a certificate is refused where OpenSSL looks into it', () => {
    const sequence = pemOf(new Uint8Array([0x30, 5, 0x30, 3, 2, 1, 5]));
    expect(problemOf(sequence)).toBe('good');
    expect(() => trustedAuthority(sequence)).toThrow(/cannot be read/);
  });
});
