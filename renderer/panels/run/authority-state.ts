import { useEffect, useState } from 'react';
import {
  authorityKey,
  certificatesIn,
  fingerprintOf,
} from '../../../pipeline/contract/certificate-authority.ts';

/** Whom the brokers' certificates are trusted by. */
export type Authority =
  | { readonly kind: 'public' }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'private';
      readonly pem: string;
      readonly key: string;
      /** SHA-256 of each certificate. */
      readonly fingerprints: readonly string[];
    };

/** What was typed or chosen, as an authority. */
export async function readAuthority(text: string): Promise<Authority> {
  const given = certificatesIn(text);
  switch (given.kind) {
    case 'none':
      return { kind: 'public' };
    case 'bad':
      return given;
    case 'good': {
      const fingerprints = await Promise.all(given.ders.map(fingerprintOf));
      const key = await authorityKey(given.ders);
      return { kind: 'private', pem: given.pem, key, fingerprints };
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
