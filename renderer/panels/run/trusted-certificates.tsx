import { IconCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import type { CertificateFacts } from '../../../pipeline/contract/certificate-facts.ts';
import { formatDay } from '../../ui/format.ts';
import type { TrustedCertificate } from './authority-state.ts';
import classes from './run.module.css';

const withColons = (fingerprint: string): string =>
  (fingerprint.toUpperCase().match(/../g) ?? []).join(':');

const day = (time: number): string => formatDay(new Date(time).toISOString());

function validity({ from, until }: CertificateFacts, now: number): string {
  if (until < now) return `expired on ${day(until)}`;
  return from > now ? `valid from ${day(from)} on` : `valid until ${day(until)}`;
}

function Facts({ facts }: { readonly facts: CertificateFacts }) {
  const [now] = useState(() => Date.now());
  const holds = facts.from <= now && now <= facts.until;
  return (
    <>
      {facts.subject === '' ? 'Without a name' : facts.subject},{' '}
      <span className={holds ? undefined : classes['lost']}>{validity(facts, now)}</span>
    </>
  );
}

interface TrustedCertificatesProps {
  readonly certificates: readonly TrustedCertificate[];
}

/** What somebody compares before brokers are trusted for it. */
export function TrustedCertificates({ certificates }: TrustedCertificatesProps) {
  return (
    <div className={classes['keptWords']} data-testid="trusted-authority">
      <IconCertificate size={15} aria-hidden="true" />
      <div>
        Only {certificates.length === 1 ? 'this one is' : 'these are'} trusted. By SHA-256:
        {certificates.map(({ fingerprint, facts }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same one may be given twice
          <div key={`${i} ${fingerprint}`}>
            {facts === null ? null : <Facts facts={facts} />}
            <code className={classes['fingerprint']}>{withColons(fingerprint)}</code>
          </div>
        ))}
      </div>
    </div>
  );
}
