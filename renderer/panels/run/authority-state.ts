import { useEffect, useState } from 'react';
import {
  authorityKey,
  certificatesIn,
  fingerprintOf,
  LONGEST_AUTHORITY,
} from '../../../pipeline/contract/certificate-authority.ts';
import {
  type CertificateFacts,
  certificateFacts,
} from '../../../pipeline/contract/certificate-facts.ts';

export interface TrustedCertificate {
  /** SHA-256. */
  readonly fingerprint: string;
  readonly facts: CertificateFacts | null;
}

/** Whom the brokers' certificates are trusted by. */
export type Authority =
  | { readonly kind: 'public' }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'private';
      readonly pem: string;
      readonly key: string;
      readonly certificates: readonly TrustedCertificate[];
    };

/** What was typed or chosen, as an authority. */
export async function readAuthority(text: string): Promise<Authority> {
  if (text.length > LONGEST_AUTHORITY) {
    return { kind: 'bad', problem: 'it is too long for a few certificates.' };
  }
  const given = certificatesIn(text);
  switch (given.kind) {
    case 'none':
      return { kind: 'public' };
    case 'bad':
    case 'secret':
      return { kind: 'bad', problem: given.problem };
    case 'good': {
      const certificates = given.ders.map(async (der) => ({
        fingerprint: await fingerprintOf(der),
        facts: certificateFacts(der),
      }));
      const key = await authorityKey(given.ders);
      return {
        kind: 'private',
        pem: given.pem,
        key,
        certificates: await Promise.all(certificates),
      };
    }
  }
}

/** What a kept password is named by, too. */
export const keyOf = (authority: Authority): string | undefined =>
  authority.kind === 'private' ? authority.key : undefined;

export function useAuthority(text: string): Authority {
  const [read, setRead] = useState<{ text: string; authority: Authority } | null>(null);
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      const authority = await readAuthority(text);
      if (current) setRead({ text, authority });
    };
    void load();
    return () => {
      current = false;
    };
  }, [text]);
  if (text.trim() === '') return { kind: 'public' };
  return read?.text === text ? read.authority : { kind: 'reading' };
}
