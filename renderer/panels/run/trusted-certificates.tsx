import { IconCertificate } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { CertificateFacts } from '../../../pipeline/contract/certificate-facts.ts';
import { formatDay } from '../../ui/format.ts';
import type { TrustedCertificate } from './authority-state.ts';
import classes from './run.module.css';

/** As others print it; a line may end after any byte. */
function Fingerprint({ hex }: { readonly hex: string }) {
  const bytes = hex.toUpperCase().match(/../g) ?? [];
  return (
    <code className={classes['fingerprint']}>
      {bytes.map((byte, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- bytes have no other name than their place
        <Fragment key={i}>
          {i === 0 ? '' : ':'}
          <wbr />
          {byte}
        </Fragment>
      ))}
    </code>
  );
}

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
      <strong>{facts.subject === '' ? 'Without a name' : facts.subject}</strong>
      <div className={holds ? undefined : classes['lost']}>{validity(facts, now)}</div>
    </>
  );
}

interface TrustedCertificatesProps {
  readonly certificates: readonly TrustedCertificate[];
}

/** What somebody compares before brokers are trusted for it. */
export function TrustedCertificates({ certificates }: TrustedCertificatesProps) {
  return (
    <div
      className={`${classes['keptWords']} ${classes['authorities']}`}
      data-testid="trusted-authority"
    >
      <IconCertificate size={15} aria-hidden="true" />
      <div>
        Only {certificates.length === 1 ? 'this one is' : 'these are'} trusted:
        {certificates.map(({ fingerprint, facts }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same one may be given twice
          <div key={`${i} ${fingerprint}`} className={classes['authority']}>
            {facts === null ? null : <Facts facts={facts} />}
            <div>SHA-256</div>
            <Fingerprint hex={fingerprint} />
          </div>
        ))}
      </div>
    </div>
  );
}
