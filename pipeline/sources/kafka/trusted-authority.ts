import { X509Certificate } from 'node:crypto';
import { certificatesIn } from '../../contract/certificate-authority.ts';
import { AppError } from '../../contract/errors.ts';

const invalid = (problem: string, cause?: unknown): AppError =>
  new AppError('KAFKA_CA_INVALID', { problem }, { cause });

/** The certificates of an authority. TLS itself would pass over what it cannot read, and trust nobody. */
export function trustedAuthority(text: string): X509Certificate[] {
  const given = certificatesIn(text);
  if (given.kind === 'none') throw invalid('it is empty.');
  if (given.kind === 'bad') throw invalid(given.problem);
  return given.ders.map((der) => {
    try {
      return new X509Certificate(der);
    } catch (error) {
      throw invalid('a certificate in it cannot be read.', error);
    }
  });
}
