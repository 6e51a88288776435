import { X509Certificate } from 'node:crypto';
import { certificatesIn } from '../../contract/certificate-authority.ts';
import { AppError } from '../../contract/errors.ts';

const invalid = (problem: string, cause?: unknown): AppError =>
  new AppError('KAFKA_CA_INVALID', { problem }, { cause });

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Of a bundle some may be long expired: one that holds is enough. */
function refuseOutdated(certificates: readonly X509Certificate[], now: Date): void {
  const isOpen = certificates.some(
    ({ validFromDate, validToDate }) => validFromDate <= now && now <= validToDate,
  );
  const [newest] = certificates.toSorted((a, b) => Number(b.validToDate) - Number(a.validToDate));
  if (isOpen || newest === undefined) return;
  const { subject, validFromDate, validToDate } = newest;
  const whose = `the certificate of ${subject.replaceAll('\n', ', ')}`;
  const [from, to] = [dayOf(validFromDate), dayOf(validToDate)];
  throw invalid(
    validToDate < now
      ? `${whose} expired on ${to}; ask for the one that took its place.`
      : `${whose} is valid from ${from} on; is the clock of this machine right?`,
  );
}

/** The certificates of an authority. TLS itself would pass over what it cannot read, and trust nobody. */
export function trustedAuthority(text: string, now = new Date()): X509Certificate[] {
  const given = certificatesIn(text);
  if (given.kind === 'none') throw invalid('it is empty.');
  if (given.kind !== 'good') throw invalid(given.problem);
  const certificates = given.ders.map((der) => {
    try {
      return new X509Certificate(der);
    } catch (error) {
      throw invalid('a certificate in it cannot be read.', error);
    }
  });
  refuseOutdated(certificates, now);
  return certificates;
}
